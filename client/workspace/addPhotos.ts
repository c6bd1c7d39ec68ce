/** How photos come in: dropped anywhere, pasted, chosen, whole folders. Each is looked at by its first bytes, then opened. */
import { sniffImage, sniffLength } from '../engine/sniff.ts';
import { addedWords } from './addedWords.ts';
import { announce } from './announce.ts';
import { addPhoto, refuse } from './changes.ts';
import { keepDrawing } from './drawings.ts';
import { type Dropped, readDropped } from './droppedFiles.ts';
import { byId } from './elements.ts';
import type { Sorted } from './reopen/receiptsAmong.ts';
import type { Photo } from './state.ts';
import { type Store, until } from './store.ts';

let lastId = 0;

export interface Adding {
  /** Resolves when it is known what became of all, with the id that each file got. */
  add(files: readonly File[]): Promise<number[]>;
}

export interface AddingParts {
  store: Store;
  /** Decodes a photo that was added and finds its focal point. */
  open(photo: Photo): void;
  /** Takes out what is no photo: receipts, which open a job again. */
  sortOut(files: readonly File[]): Promise<Sorted>;
}

export function listenForPhotos({ store, open, sortOut }: AddingParts): Adding {
  const input = byId('file-input', HTMLInputElement);
  const veil = byId('drop-veil', HTMLElement);
  let depth = 0;
  /** Ids of files that came in and were not spoken of yet. */
  const pending = new Set<number>();

  for (const id of ['choose-photos', 'add-photos']) {
    byId(id, HTMLButtonElement).addEventListener('click', () => input.click());
  }
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    input.value = '';
    void add(files);
  });
  document.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void add(files);
  });
  document.addEventListener('dragenter', (event) => {
    if (!hasFiles(event)) return;
    depth += 1;
    veil.hidden = false;
  });
  document.addEventListener('dragleave', (event) => {
    if (!hasFiles(event)) return;
    depth = Math.max(0, depth - 1);
    veil.hidden = depth === 0;
  });
  document.addEventListener('dragover', (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    depth = 0;
    veil.hidden = true;
    if (!hasFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    void readDropped(event.dataTransfer).then(addDropped);
  });

  async function addDropped({ files, unreadable }: Dropped): Promise<void> {
    const refused = unreadable.map((name) => {
      const id = nextId();
      const reason = `${name} could not be read: the browser was not allowed to, or it was moved meanwhile.`;
      store.change((state) => refuse(state, id, name, reason));
      return id;
    });
    await add(files, refused);
  }

  /** `refused`: ids of files that came with these and are refused already. Speaks once it is known what became of all. */
  async function add(files: readonly File[], refused: readonly number[] = []): Promise<number[]> {
    const mine = new Set(refused);
    const ids: number[] = [];
    const sorted = await sortOut(files);
    for (const { name, reason } of sorted.refused) {
      const id = nextId();
      mine.add(id);
      store.change((state) => refuse(state, id, name, reason));
    }
    for (const file of sorted.photos) {
      const id = nextId();
      mine.add(id);
      ids.push(id);
      await addOne(id, file);
    }
    const isMine = ({ id }: { id: number }): boolean => mine.has(id);
    const state = await until(store, ({ photos }) =>
      photos.every((photo) => !isMine(photo) || photo.status === 'ready'),
    );
    const reasons = state.refused.filter(isMine).map(({ reason }) => reason);
    const words = addedWords(state.photos.filter(isMine).length, reasons);
    for (const id of mine) pending.delete(id);
    if (words) announce(words);
    return ids;
  }

  function nextId(): number {
    pending.add(++lastId);
    return lastId;
  }

  // A file that is refused later (its photo is gone when it is opened again) is told of on its own.
  store.listen((state, before) => {
    if (state.refused === before.refused) return;
    const late = state.refused.filter(
      (refusal) => !before.refused.includes(refusal) && !pending.has(refusal.id),
    );
    if (late.length > 0) announce(late.map(({ reason }) => reason).join(' '));
  });

  async function addOne(id: number, file: File): Promise<void> {
    const name = file.name || `pasted-${id}`;
    try {
      const head = new Uint8Array(await file.slice(0, sniffLength).arrayBuffer());
      const verdict = sniffImage(head, file.size, name);
      if (verdict.kind === 'refused') return store.change((state) => refuse(state, id, name, verdict.reason));
      const source = verdict.format === 'svg' ? await pictureOfSvg(file) : file;
      const photo: Photo = {
        id,
        name,
        bytes: file.size,
        source,
        note: verdict.note ?? null,
        status: 'reading',
        size: null,
        found: null,
        sight: null,
        isLooking: false,
        thumbnail: null,
      };
      store.change((state) => addPhoto(state, photo));
      open(photo);
    } catch (error) {
      const reason =
        error instanceof NotLoaded
          ? `${name} is an SVG, and what draws it could not be loaded. Connect once, then add it again.`
          : `${name} could not be read: it is damaged, or it was moved or deleted meanwhile.`;
      store.change((state) => refuse(state, id, name, reason));
    }
  }

  return { add };
}

class NotLoaded extends Error {}

/** What draws SVGs is loaded with the first one. */
async function pictureOfSvg(file: File): Promise<File> {
  const { rasteriseSvg } = await import('./rasteriseSvg.ts').catch(() => {
    throw new NotLoaded();
  });
  const { picture, drawing } = await rasteriseSvg(file);
  keepDrawing(picture, drawing);
  return picture;
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
