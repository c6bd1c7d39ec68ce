/**
 * Keeps an export in the browser while it runs, so that it can go on after a reload or in another tab: what was asked for, copies
 * of the photos and each finished file. Delivered, cancelled or discarded, nothing of it stays.
 */

import { fileBehind } from '../drawings.ts';
import type { PixelWorkers } from '../pixelWorkers.ts';
import type { Photo, State } from '../state.ts';
import { type ExportStore, type KeptExport, openExportStore } from './exportStore.ts';
import { keepFiles } from './keepingWorkers.ts';

/** Why an export is not kept. */
const whys = {
  otherTab: 'another tab keeps an export already',
  undecided: 'the export that stopped is still kept',
  noRoom: 'this browser has no room for it',
  storageOff: 'this browser keeps nothing here',
};

export interface KeptRun {
  workers: PixelWorkers;
  /** The export is over. What was handed over may still be read for a moment. */
  end(isDelivered: boolean): Promise<void>;
}

export interface RunParts {
  workers: PixelWorkers;
  state: State;
  specIds: readonly string[];
  photos: readonly Photo[];
  /** How many files it is of. */
  files: number;
  account: string | null;
  /** Of an export that goes on: the place that each of its photos had. */
  places: ReadonlyMap<number, number> | null;
  /** Told once at the most, in a sentence for the person. */
  onNotKept: (words: string) => void;
}

/** One export is kept at a time: the tab that has this lock keeps it (https://w3c.github.io/web-locks). */
const lockName = 'allimgfit.export';

/** As long as the address of a saved file is good (zip.ts): the browser reads it from the kept files. */
const keptAfterMs = 60_000;

/** The name of the script that runs: it holds a hash of its content. */
export const build = import.meta.url;

export async function keepRun(parts: RunParts): Promise<KeptRun> {
  const { workers } = parts;
  const onNotKept = (why: keyof typeof whys): void => parts.onNotKept(notKeptWords(why));
  const unkept = { workers, end: async () => {} };
  const release = await takeLock();
  if (!release) {
    onNotKept(release === null ? 'otherTab' : 'storageOff');
    return unkept;
  }
  let store: ExportStore;
  try {
    store = await openExportStore();
  } catch {
    release();
    onNotKept('storageOff');
    return unkept;
  }
  try {
    if (!parts.places && (await store.read())) {
      store.close();
      release();
      onNotKept('undecided');
      return unkept;
    }
    return await begin(parts, store, release);
  } catch {
    await store
      .forget()
      .catch(() => {})
      .finally(release);
    onNotKept('noRoom');
    return unkept;
  }
}

async function begin(parts: RunParts, store: ExportStore, release: () => void): Promise<KeptRun> {
  const { workers, photos, places } = parts;
  const placeOf = ({ id }: Photo, index: number): number => places?.get(id) ?? index;
  const placeBySource = new Map(photos.map((photo, index) => [photo.source, placeOf(photo, index)]));
  let isOver = false;

  const lose = (): void => {
    if (isOver) return;
    isOver = true;
    parts.onNotKept(notKeptWords('noRoom'));
  };
  if (!places) {
    if (!(await hasRoom(photos))) throw new Error('There is no room.');
    await store.begin(jobOf(parts));
  }
  const keys = new Set(places ? await store.fileKeys() : []);

  async function copyPhotos(): Promise<void> {
    for (const [place, { name, source }] of photos.entries()) {
      if (isOver) return;
      // What is decoded may be a picture that was made of the file; that is made again.
      const file = fileBehind(source);
      await store.putPhoto(place, new File([file], name, { type: file.type }));
    }
  }
  const copied = places ? Promise.resolve() : copyPhotos().catch(lose);

  return {
    workers: keepFiles(workers, {
      store,
      keys,
      placeOf: (source) => placeBySource.get(source) ?? -1,
      onLost: lose,
    }),
    async end(isDelivered) {
      isOver = true;
      await copied;
      // What can't be cleared now is cleared by the next export; this one is over all the same.
      await (isDelivered ? store.finish() : store.forget()).catch(() => {});
      release();
      if (isDelivered) setTimeout(() => void forgetUnlessBusy(store), keptAfterMs);
    },
  };
}

function notKeptWords(why: keyof typeof whys): string {
  return `Stay on this page until it is done: it could not go on later, since ${whys[why]}.`;
}

/** Another export, here or in another tab, has cleared what was there and needs the database now. */
async function forgetUnlessBusy(store: ExportStore): Promise<void> {
  const release = await takeLock();
  if (!release) return store.close();
  await store
    .forget()
    .catch(() => {})
    .finally(release);
}

function jobOf({ state, specIds, photos, files, account }: RunParts): KeptExport {
  const { edits, exportSettings, borrowedSizes } = state;
  return {
    build,
    account,
    specIds,
    photos: photos.map(({ name, id }) => ({ name, id })),
    files,
    edits,
    wall: { exportSettings, borrowedSizes },
  };
}

/** Photos and files need some twice as much as the photos; a third of what is free stays free. */
async function hasRoom(photos: readonly Photo[]): Promise<boolean> {
  const { quota, usage } = await navigator.storage.estimate();
  if (quota === undefined || usage === undefined) return true;
  const bytes = photos.reduce((sum, { source }) => sum + source.size, 0);
  return bytes * 3 < quota - usage;
}

/** The way to give it back; null: another tab has it; undefined: this browser has none (a page that is not on https). */
export async function takeLock(): Promise<(() => void) | null | undefined> {
  const { locks } = navigator as { locks?: LockManager };
  if (!locks) return undefined;
  return new Promise((resolve) => {
    void locks.request(lockName, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null);
      return new Promise<void>((release) => resolve(() => release()));
    });
  });
}
