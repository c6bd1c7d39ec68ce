/** Runs in the browser: asks the real workers as the workspace would, and says how long it took. */

import { shareOut } from '../../client/engine/shareOut.ts';
import type { FileOrder, Job, Reply, SharedFrame } from '../../client/worker/messages.ts';

const workers = new Map<string, Worker>();
const photos = new Map<string, Blob>();
let lastId = 0;

export interface Run {
  photo: string;
  orders: FileOrder[];
  /** The worker's address, with the paths that it may go. */
  worker: string;
  /** Over how many workers the orders are shared out. `isFrameShared`: decoded once for all, else once by each. */
  workers: number;
  isFrameShared: boolean;
}

/** Loads a photo into memory before anything is measured. */
export async function load(photo: string): Promise<void> {
  photos.set(photo, await (await fetch(photo)).blob());
}

export async function run({ photo, orders, worker, workers: count, isFrameShared }: Run) {
  const file = photos.get(photo);
  if (!file) throw new Error(`${photo} is not loaded`);
  const start = performance.now();
  const frame = isFrameShared ? await decode(file, `${worker}#0`) : null;
  const lists = shareOut(orders, count);
  const blobs = await Promise.all(
    lists.map((list, i) => {
      const image = frame && (i === lists.length - 1 ? frame.image : frame.image.clone());
      return exportBy(`${worker}#${i}`, file, list, frame && image && { ...frame, image });
    }),
  );
  return { wallMs: performance.now() - start, bytes: blobs.flat().reduce((sum, blob) => sum + blob.size, 0) };
}

async function decode(file: Blob, worker: string): Promise<SharedFrame | null> {
  let frame: SharedFrame | null = null;
  await ask(
    worker,
    (id) => ({ kind: 'decode', id, file }),
    [],
    (reply) => {
      if (reply.kind === 'decoded') frame = reply.frame;
    },
  );
  return frame;
}

async function exportBy(
  worker: string,
  file: Blob,
  orders: FileOrder[],
  frame: SharedFrame | null,
): Promise<Blob[]> {
  const blobs: Blob[] = [];
  const transfer = frame ? [frame.image] : [];
  await ask(
    worker,
    (id) => ({ kind: 'export', id, file, orders, ...(frame && { frame }) }),
    transfer,
    (reply) => {
      if (reply.kind === 'exported') blobs.push(reply.blob);
      if (reply.kind === 'exportFailed') throw new Error(reply.reason);
    },
  );
  return blobs;
}

function ask(
  address: string,
  job: (id: number) => Job,
  transfer: Transferable[],
  onReply: (reply: Reply) => void,
) {
  const worker = workers.get(address) ?? new Worker(address.replace(/#.*/, ''), { type: 'module' });
  workers.set(address, worker);
  return new Promise<void>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if (data.kind === 'done') resolve();
      else if (data.kind === 'failed') reject(new Error(data.reason));
      else onReply(data);
    };
    worker.onerror = () => reject(new Error('The worker died.'));
    worker.postMessage(job(++lastId), transfer);
  });
}

/** Ends all workers, so that the next run starts with fresh memory. */
export function endWorkers(): void {
  for (const worker of workers.values()) worker.terminate();
  workers.clear();
}

/** One file, in base64. */
export async function fileOf(photo: string, worker: string, order: FileOrder): Promise<string> {
  if (!photos.has(photo)) await load(photo);
  const file = photos.get(photo);
  if (!file) throw new Error(`${photo} is not loaded`);
  const [blob] = await exportBy(worker, file, [order], null);
  if (!blob) throw new Error('No file came.');
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
