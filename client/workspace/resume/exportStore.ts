/**
 * An export that is under way, in the browser's database: what was asked for, copies of its photos, and the files that are made.
 * The only file that touches IndexedDB beside kept/exportDatabase.ts. Every promise rejects with the browser's own error.
 */
import { exportDatabase, forgetExport } from '../../kept/exportDatabase.ts';
import type { FileResult } from '../pixelWorkers.ts';
import type { Edits, State } from '../state.ts';

export type KeptFile = Extract<FileResult, { ok: true }>;

export interface KeptExport {
  /** The script that wrote it: another one may not understand it. */
  build: string;
  /** Stands for the account that was signed in; null: none. */
  account: string | null;
  specIds: readonly string[];
  /** Of each photo by its place. */
  photos: readonly { name: string; id: number }[];
  /** How many files it is of. */
  files: number;
  edits: Edits;
  wall: Pick<State, 'exportSettings' | 'borrowedSizes'>;
}

export interface ExportStore {
  read(): Promise<KeptExport | null>;
  /** Clears what was there. */
  begin(job: KeptExport): Promise<void>;
  /** Nothing can go on any more; the files stay until they are forgotten, since a zip may be made of them. */
  finish(): Promise<void>;
  putPhoto(place: number, photo: File): Promise<void>;
  /** By their places; those that were not copied in time are not among them. */
  photos(): Promise<ReadonlyMap<number, File>>;
  fileKeys(): Promise<string[]>;
  /** All of them or none. */
  putFiles(files: readonly (readonly [string, KeptFile])[]): Promise<void>;
  /** In the order of `keys`; their bytes are on the disk. */
  files(keys: readonly string[]): Promise<(KeptFile | undefined)[]>;
  close(): void;
  /** Closes it, and nothing stays. */
  forget(): Promise<void>;
}

export async function openExportStore(): Promise<ExportStore> {
  const database = await open();
  // Another tab signs out: it may delete everything.
  database.onversionchange = () => database.close();

  async function write(
    names: StoreName | readonly StoreName[],
    act: (of: (name: StoreName) => IDBObjectStore) => void,
  ): Promise<void> {
    const transaction = database.transaction(names, 'readwrite');
    act((name) => transaction.objectStore(name));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  }

  function readStore(name: StoreName): IDBObjectStore {
    return database.transaction(name, 'readonly').objectStore(name);
  }

  return {
    read: async () => ((await answerOf(readStore('job').get(0))) as KeptExport | undefined) ?? null,
    begin: (job) =>
      write(storeNames, (of) => {
        for (const name of storeNames) of(name).clear();
        of('job').put(job, 0);
      }),
    finish: () =>
      write(['job', 'photos'], (of) => {
        of('job').clear();
        of('photos').clear();
      }),
    putPhoto: (place, photo) => write('photos', (of) => of('photos').put(photo, place)),
    async photos() {
      const store = readStore('photos');
      const [places, photos] = await Promise.all([answerOf(store.getAllKeys()), answerOf(store.getAll())]);
      return new Map(places.map((place, i) => [Number(place), photos[i] as File]));
    },
    fileKeys: async () => (await answerOf(readStore('files').getAllKeys())).map(String),
    putFiles: (files) =>
      write('files', (of) => {
        for (const [key, file] of files) of('files').put(file, key);
      }),
    files(keys) {
      const store = readStore('files');
      return Promise.all(keys.map((key) => answerOf(store.get(key)) as Promise<KeptFile | undefined>));
    },
    close: () => database.close(),
    forget() {
      database.close();
      return forgetExport();
    },
  };
}

const storeNames = ['job', 'photos', 'files'] as const;
type StoreName = (typeof storeNames)[number];

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(exportDatabase, 1);
  request.onupgradeneeded = () => {
    for (const name of storeNames) request.result.createObjectStore(name);
  };
  return answerOf(request);
}

function answerOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
