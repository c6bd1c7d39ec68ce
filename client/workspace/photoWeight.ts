/** How much memory a photo will take, asked of a worker that reads its header before anything is decoded. */
import { type ClaimedPhoto, type PixelWork, workingMemory } from '../engine/photoMemory.ts';
import type { WorkerPool } from './workerPool.ts';

/** How many MB it takes to work on that file. Never rejects. */
export type Weigh = (file: Blob, work: PixelWork) => number | Promise<number>;

const readsPlanes = typeof ImageDecoder !== 'undefined';

export function createWeigh(pool: WorkerPool): Weigh {
  const headers = new WeakMap<Blob, Promise<ClaimedPhoto | null>>();

  async function readHeader(file: Blob): Promise<ClaimedPhoto | null> {
    const got: { photo: ClaimedPhoto | null } = { photo: null };
    await pool.run({
      kind: 'weigh',
      request: (id) => ({ kind: 'weigh', id, file }),
      costMb: 0,
      onReply(reply) {
        if (reply.kind === 'weighed') got.photo = reply.photo;
      },
      // Whoever cancels may ask again, and it takes a millisecond.
      signal: new AbortController().signal,
      crashed: 'The header could not be read.',
    });
    return got.photo;
  }

  return async (file, work) => {
    const header = headers.get(file) ?? readHeader(file).catch(() => null);
    headers.set(file, header);
    return workingMemory(work, await header, readsPlanes);
  };
}
