/** How photos come in: dropped anywhere, pasted, chosen, whole folders. Each is looked at by its first bytes, then opened. */
import { sniffImage, sniffLength } from '../engine/sniff.ts';
import { announce } from './announce.ts';
import { addPhoto, refuse } from './changes.ts';
import { type Dropped, readDropped } from './droppedFiles.ts';
import { byId } from './elements.ts';
import { rasteriseSvg } from './rasteriseSvg.ts';
import type { Photo } from './state.ts';
import type { Store } from './store.ts';

let lastId = 0;

export interface Adding {
  add(files: readonly File[]): Promise<void>;
}

/** `open` decodes a photo that was added and finds its focal point. */
export function listenForPhotos(store: Store, open: (photo: Photo) => void): Adding {
  const input = byId('file-input', HTMLInputElement);
  const veil = byId('drop-veil', HTMLElement);
  let depth = 0;

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
    for (const name of unreadable) {
      const reason = `${name} could not be read: the browser was not allowed to, or it was moved meanwhile.`;
      store.change((state) => refuse(state, ++lastId, name, reason));
    }
    await add(files);
  }

  async function add(files: readonly File[]): Promise<void> {
    const before = store.get();
    for (const file of files) await addOne(file);
    const added = store.get().photos.length - before.photos.length;
    const refused = store.get().refused.length - before.refused.length;
    const words = [`${added} ${added === 1 ? 'photo' : 'photos'} added`];
    if (refused > 0) words.push(`${refused} could not be read`);
    if (files.length > 0) announce(words.join(', '));
  }

  async function addOne(file: File): Promise<void> {
    const id = ++lastId;
    const name = file.name || `pasted-${id}`;
    try {
      const head = new Uint8Array(await file.slice(0, sniffLength).arrayBuffer());
      const verdict = sniffImage(head, file.size, name);
      if (verdict.kind === 'refused') return store.change((state) => refuse(state, id, name, verdict.reason));
      const source = verdict.format === 'svg' ? await rasteriseSvg(file) : file;
      const photo: Photo = {
        id,
        name,
        bytes: file.size,
        source,
        note: verdict.note ?? null,
        status: 'reading',
        size: null,
        found: null,
        thumbnail: null,
      };
      store.change((state) => addPhoto(state, photo));
      open(photo);
    } catch {
      const reason = `${name} could not be read: it is damaged, or it was moved or deleted meanwhile.`;
      store.change((state) => refuse(state, id, name, reason));
    }
  }

  return { add };
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
