/** The pixel worker: takes requests from the page and hands each to the room that does it. */
import { decodePhoto, openForFocus, openPhoto } from './decode.ts';
import { findFocus } from './focus.ts';
import type { Job, Reply, Request } from './messages.ts';
import { exportOrders } from './render.ts';

declare const self: DedicatedWorkerGlobalScope;

/** One per request being worked on, by its id. */
const running = new Map<number, AbortController>();

self.onmessage = ({ data }: MessageEvent<Request>) => {
  if (data.kind === 'cancel') running.get(data.id)?.abort();
  else void answer(data);
};

async function answer(job: Job): Promise<void> {
  const { id } = job;
  const controller = new AbortController();
  running.set(id, controller);
  try {
    await work(job, controller.signal);
    reply({ kind: controller.signal.aborted ? 'stopped' : 'done', id });
  } catch (error) {
    reply({ kind: 'failed', id, reason: error instanceof Error ? error.message : String(error) });
  } finally {
    running.delete(id);
  }
}

async function work(job: Job, signal: AbortSignal): Promise<void> {
  const { id, file } = job;
  switch (job.kind) {
    case 'open': {
      const { photo, preview, thumbnail, lookFor } = await openPhoto(file);
      reply({ kind: 'opened', id, photo, preview, thumbnail }, [preview, thumbnail]);
      if (job.detection === 'centre' || signal.aborted) return;
      reply({ kind: 'focused', id, focal: await findFocus(lookFor, job.detection) });
      return;
    }
    case 'focus': {
      reply({ kind: 'focused', id, focal: await findFocus(await openForFocus(file), job.detection) });
      return;
    }
    case 'export': {
      const photo = await decodePhoto(file);
      await exportOrders(photo, job.orders, {
        signal,
        onFile: (key, blob) => reply({ kind: 'exported', id, key, blob }),
        onFailure: (key, reason) => reply({ kind: 'exportFailed', id, key, reason }),
      }).finally(() => photo.close());
    }
  }
}

function reply(message: Reply, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}
