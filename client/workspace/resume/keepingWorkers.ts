/** Workers that keep each file they make until the export is delivered, and don't make again what is kept already. */
import type { FileOrder } from '../../worker/messages.ts';
import type { PixelWorkers } from '../pixelWorkers.ts';
import type { ExportStore, KeptFile } from './exportStore.ts';

export interface KeepingParts {
  store: Pick<ExportStore, 'putFiles' | 'files'>;
  /** Of the files that are kept from before. */
  keys: ReadonlySet<string>;
  /** The photo's place in the export. */
  placeOf: (source: Blob) => number;
  /** Called once when something can't be kept; from then on nothing is, and the export goes on. */
  onLost: (error: unknown) => void;
}

/** Alike for orders that give the same file: the same photo, drawn and encoded alike. */
export function keyOf(place: number, { key: _, ...order }: FileOrder): string {
  return `${place} ${JSON.stringify(order)}`;
}

interface Waiting {
  key: string;
  file: KeptFile;
  deliver: (file: KeptFile) => void;
}

export function keepFiles(workers: PixelWorkers, parts: KeepingParts): PixelWorkers {
  const { store, keys, placeOf, onLost } = parts;
  let waiting: Waiting[] = [];
  let isLost = false;
  let isWriting = false;

  /** Files that come while others are written are written together next. */
  async function write(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const now = waiting;
      waiting = [];
      const kept = isLost ? [] : await swap(now);
      for (const [i, { file, deliver }] of now.entries()) deliver(kept[i] ?? file);
    }
    isWriting = false;
  }

  /** The same files on the disk in place of those in memory; none when they can't be kept. */
  async function swap(files: readonly Waiting[]): Promise<(KeptFile | undefined)[]> {
    try {
      await store.putFiles(files.map(({ key, file }) => [key, file]));
      return await store.files(files.map(({ key }) => key));
    } catch (error) {
      isLost = true;
      onLost(error);
      return [];
    }
  }

  return {
    ...workers,
    async exportFiles(source, orders, { signal, onFile }) {
      const place = placeOf(source);
      const made = orders.filter((order) => keys.has(keyOf(place, order)));
      const kept = await store.files(made.map((order) => keyOf(place, order))).catch(() => []);
      const delivered = new Set<number>();
      for (const [i, { key }] of made.entries()) {
        const file = kept[i];
        if (!file || signal.aborted) continue;
        delivered.add(key);
        onFile(key, file);
      }
      const missing = orders.filter(({ key }) => !delivered.has(key));
      if (missing.length === 0) return signal.throwIfAborted();
      const keyByNumber = new Map(missing.map((order) => [order.key, keyOf(place, order)]));
      const pending: Promise<void>[] = [];
      const failures: unknown[] = [];
      const making = workers.exportFiles(source, missing, {
        signal,
        onFile(key, result) {
          if (!result.ok || isLost) return onFile(key, result);
          pending.push(
            new Promise((resolve) => {
              const deliver = (file: KeptFile): void => {
                if (!signal.aborted) onFile(key, file);
                resolve();
              };
              waiting.push({ key: keyByNumber.get(key) ?? '', file: result, deliver });
            }),
          );
          if (!isWriting) void write();
        },
      });
      await making.catch((error: unknown) => failures.push(error));
      // Also of a photo that failed half-way, no file may come once it is told to be over. A write may hang: a cancel doesn't wait.
      await Promise.race([Promise.all(pending), whenAborted(signal)]);
      signal.throwIfAborted();
      if (failures.length > 0) throw failures[0];
    },
  };
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
