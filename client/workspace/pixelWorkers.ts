/** What the page asks of the pixel workers, as promises. */
import type { Point, Size } from '../engine/geometry.ts';
import { shareOut } from '../engine/shareOut.ts';
import type { Detection, FileOrder, MadeFile, Reply, SharedFrame } from '../worker/messages.ts';
import { createWeigh, type Weigh } from './photoWeight.ts';
import { budgetMb } from './poolLimits.ts';
import {
  closeImages,
  type JobKind,
  type PoolWorker,
  startWorkerPool,
  type WorkerPool,
} from './workerPool.ts';

export interface OpenedPhoto {
  /** Full size after orientation. */
  photo: Size;
  preview: ImageBitmap;
  thumbnail: ImageBitmap;
  /** A sentence that a person should know of the photo, or null. */
  note: string | null;
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
  /**
   * Resolves when every order was answered by `onFile`; rejects if the photo itself could not be decoded. A photo that is exported
   * alone is decoded once and its orders are shared out over the workers; of several, each has a worker of its own.
   */
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
  weighBy: (pool: WorkerPool) => Weigh = createWeigh,
): PixelWorkers {
  const looking: JobKind[] = ['focus', 'open', 'weigh'];
  const exporting: JobKind[] = ['decode', 'export', ...looking];
  const exporters = Array.from({ length: Math.max(1, count) }, () => exporting);
  const pool = startWorkerPool([looking, ...exporters], () => makeWorker(workerUrl));
  const weigh = weighBy(pool);
  /** Photos whose files are asked for and not all made. */
  let underWay = 0;

  async function decodeOnce(file: Blob, mb: number, signal: AbortSignal): Promise<SharedFrame | null> {
    const got: { frame: SharedFrame | null } = { frame: null };
    try {
      await pool.run({
        kind: 'decode',
        request: (id) => ({ kind: 'decode', id, file }),
        costMb: mb,
        onReply(reply) {
          if (reply.kind === 'decoded') got.frame = reply.frame;
        },
        signal,
        crashed: crashSentence(file),
      });
    } catch (error) {
      got.frame?.image.close();
      throw error;
    }
    return got.frame;
  }

  return {
    openPhoto(file, detection, signal) {
      const opened = later<OpenedPhoto>();
      const focal = later<Point | null>();
      let isOpened = false;
      const deliver = (reply: Opened) => {
        // A second try after a crash opens the photo again; the page already has it.
        if (isOpened) closeImages(reply);
        isOpened = true;
        opened.resolve(reply);
      };
      pool
        .run({
          kind: 'open',
          request: (id) => ({ kind: 'open', id, file, detection }),
          costMb: weigh(file, 'open'),
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
        costMb: weigh(file, 'open'),
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
      const run = (list: readonly FileOrder[], frames: SharedFrame[], mb: number) =>
        pool.run({
          kind: 'export',
          // Tried again after a crash, the worker decodes for itself: the frame went with the first.
          request(id) {
            const [frame] = frames.splice(0, 1);
            const missing = list.filter(({ key }) => open.has(key));
            return { kind: 'export', id, file, orders: missing, ...(frame && { frame }) };
          },
          costMb: mb,
          onReply(reply) {
            if (reply.kind === 'exported') {
              deliver(reply.key, { ok: true, blob: reply.blob, made: reply.made });
            }
            if (reply.kind === 'exportFailed') deliver(reply.key, { ok: false, reason: reply.reason });
          },
          signal,
          crashed: crashSentence(file),
        });
      underWay += 1;
      const unclaimed: SharedFrame[][] = [];
      try {
        // Meanwhile the other photos of a batch are asked for too.
        const mb = await weigh(file, 'export');
        const parts = underWay > 1 ? 1 : Math.min(exporters.length, orders.length, Math.floor(budgetMb / mb));
        const frame = parts > 1 ? await decodeOnce(file, mb, signal) : null;
        if (!frame) return await run(orders, [], mb);
        const lists = shareOut(orders, parts);
        unclaimed.push(...framesFor(lists.length, frame));
        const ends = await Promise.allSettled(lists.map((list, i) => run(list, unclaimed[i] ?? [], mb)));
        const failed = ends.find((end) => end.status === 'rejected');
        if (failed) throw failed.reason;
      } finally {
        for (const { image } of unclaimed.flat()) image.close();
        underWay -= 1;
      }
    },

    stop: pool.stop,
  };
}

/** One for each worker, in a list that is emptied when the worker has it. */
function framesFor(workers: number, frame: SharedFrame): SharedFrame[][] {
  const clones = Array.from({ length: workers - 1 }, () => ({ ...frame, image: frame.image.clone() }));
  return [frame, ...clones].map((one) => [one]);
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
