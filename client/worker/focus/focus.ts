/** The focus worker: takes looks from the page and answers stage by stage. Apart from the pixel worker, which stays small. */
import { look } from './look.ts';
import type { Look, Reply, Request } from './messages.ts';

declare const self: DedicatedWorkerGlobalScope;

/** One per look under way, by its id. */
const running = new Map<number, AbortController>();

self.onmessage = ({ data }: MessageEvent<Request>) => {
  if (data.kind === 'cancel') running.get(data.id)?.abort();
  else void answer(data);
};

async function answer(job: Look): Promise<void> {
  const { id } = job;
  if (typeof OffscreenCanvas === 'undefined') {
    job.image?.close();
    return reply({ kind: 'unable', id });
  }
  const controller = new AbortController();
  running.set(id, controller);
  try {
    await look(job, {
      signal: controller.signal,
      onLooked: (stage, findings, ms) => reply({ kind: 'looked', id, stage, findings, ms }),
      onSkipped: (stage, reason) => reply({ kind: 'skipped', id, stage, reason }),
    });
    reply({ kind: controller.signal.aborted ? 'stopped' : 'done', id });
  } catch (error) {
    reply({ kind: 'failed', id, reason: error instanceof Error ? error.message : String(error) });
  } finally {
    running.delete(id);
  }
}

function reply(message: Reply): void {
  self.postMessage(message);
}
