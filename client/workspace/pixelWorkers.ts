/** What the page asks of the pixel workers, as promises. */
import type { Point, Size } from '../engine/geometry.ts';
import type { Detection, FileOrder, MadeFile, Reply } from '../worker/messages.ts';
import { closeBitmaps, type JobKind, type PoolWorker, startWorkerPool } from './workerPool.ts';

export interface OpenedPhoto {
  /** Full size after orientation. */
  photo: Size;
  preview: ImageBitmap;
  thumbnail: ImageBitmap;
}

export type FileResult = { ok: true; blob: Blob; made: MadeFile } | { ok: false; reason: string };

export interface ExportOptions {
  signal: AbortSignal;
  /** Called once per order, in no fixed order between photos; `key` is the order's own. */
  onFile: (key: number, result: FileResult) => void;
}

/**
 * Every promise rejects with an Error whose message is a sentence for the person, or at once with the signal's reason
 * when it is aborted.
 */
export interface PixelWorkers {
  /** `focal` is null when `detection` is `centre`; it rejects when `opened` does. The bitmaps are the caller's to close. */
  openPhoto(
    file: Blob,
    detection: Detection,
    signal: AbortSignal,
  ): { opened: Promise<OpenedPhoto>; focal: Promise<Point | null> };
  findFocus(file: Blob, detection: Detection, signal: AbortSignal): Promise<Point>;
  /** Resolves when every order was answered by `onFile`; rejects if the photo itself could not be decoded. */
  exportFiles(file: Blob, orders: readonly FileOrder[], options: ExportOptions): Promise<void>;
  stop(): void;
}

/**
 * Starts one worker that only opens photos and finds focal points, so that these never wait for an export, and `count`
 * that export, each one photo at a time, and help with opening when there is nothing to export.
 */
export function startPixelWorkers(
  workerUrl: string,
  count: number,
  makeWorker: (url: string) => PoolWorker = (url) => new Worker(url, { type: 'module' }),
): PixelWorkers {
  const looking: JobKind[] = ['focus', 'open'];
  const exporting: JobKind[] = ['export', ...looking];
  const desks = [looking, ...Array.from({ length: Math.max(1, count) }, () => exporting)];
  const pool = startWorkerPool(desks, () => makeWorker(workerUrl));

  return {
    openPhoto(file, detection, signal) {
      const opened = later<OpenedPhoto>();
      const focal = later<Point | null>();
      let isOpened = false;
      const deliver = (reply: Opened) => {
        // A second try after a crash opens the photo again; the page already has it.
        if (isOpened) closeBitmaps(reply);
        isOpened = true;
        opened.resolve(reply);
      };
      pool
        .run({
          kind: 'open',
          request: (id) => ({ kind: 'open', id, file, detection }),
          onReply(reply) {
            if (reply.kind === 'opened') deliver(reply);
            if (reply.kind === 'focused') focal.resolve(reply.focal);
          },
          signal,
          crashed: crashSentence(file),
        })
        .then(() => focal.resolve(null))
        .catch((error: unknown) => {
          opened.reject(error);
          focal.reject(error);
        });
      // A caller that only waits for `opened` hears of the failure there.
      focal.promise.catch(() => {});
      return { opened: opened.promise, focal: focal.promise };
    },

    async findFocus(file, detection, signal) {
      let focal: Point | null = null;
      await pool.run({
        kind: 'focus',
        request: (id) => ({ kind: 'focus', id, file, detection }),
        onReply(reply) {
          if (reply.kind === 'focused') focal = reply.focal;
        },
        signal,
        crashed: crashSentence(file),
      });
      if (!focal) throw new Error(crashSentence(file));
      return focal;
    },

    async exportFiles(file, orders, { signal, onFile }) {
      const open = new Map(orders.map((order) => [order.key, order]));
      const deliver = (key: number, result: FileResult) => {
        if (open.delete(key)) onFile(key, result);
      };
      await pool.run({
        kind: 'export',
        request: (id) => ({ kind: 'export', id, file, orders: [...open.values()] }),
        onReply(reply) {
          if (reply.kind === 'exported') {
            deliver(reply.key, { ok: true, blob: reply.blob, made: reply.made });
          }
          if (reply.kind === 'exportFailed') deliver(reply.key, { ok: false, reason: reply.reason });
        },
        signal,
        crashed: crashSentence(file),
      });
    },

    stop: pool.stop,
  };
}

type Opened = Extract<Reply, { kind: 'opened' }>;

interface Later<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (reason: unknown) => void;
}

/** A promise and the two ways to settle it, outside of each other. */
function later<T>(): Later<T> {
  const parts: Partial<Later<T>> = {};
  const promise = new Promise<T>((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return { promise, resolve: (value) => parts.resolve?.(value), reject: (reason) => parts.reject?.(reason) };
}

function crashSentence(file: Blob): string {
  const name = file instanceof File ? file.name : 'the photo';
  return `The browser stopped the work on ${name} twice; it may be too large for this device's memory.`;
}
