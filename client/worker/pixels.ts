/** The pixel worker: takes requests from the page and hands each to the room that does it. */
import type { SourceMetadata } from '../engine/fileMetadata/sourceMetadata.ts';
import { openForFocus, openPhoto, readClaimed } from './decode.ts';
import { findFocus } from './focus.ts';
import { compileKernel, type Kernel, type KernelBuilds, openKernel } from './kernel.ts';
import type { Job, Reply, Request } from './messages.ts';
import { decodeFrame, openPixels } from './openPixels.ts';
import { findPaths } from './paths.ts';
import { readPhotoMetadata } from './photoMetadata.ts';
import { exportOrders, levelsFor } from './render.ts';

declare const self: DedicatedWorkerGlobalScope;
/** Put in by the build. */
declare const KERNEL_BUILDS: KernelBuilds;

const kernelModule = compileKernel(KERNEL_BUILDS);
kernelModule.catch(() => {}); // an export hears of it
/** Tests and benches ask for a path by the worker's address: `?paths=bitmap`. */
const paths = findPaths(new URLSearchParams(self.location.search).get('paths')?.split(','));
let kernel: Kernel | null = null;

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
    case 'weigh': {
      reply({ kind: 'weighed', id, photo: await readClaimed(file) });
      return;
    }
    case 'open': {
      const { photo, preview, thumbnail, lookFor, note } = await openPhoto(file);
      reply({ kind: 'opened', id, photo, preview, thumbnail, note }, [preview, thumbnail]);
      if (job.detection === 'centre' || signal.aborted) return;
      reply({ kind: 'focused', id, focal: await findFocus(lookFor, job.detection) });
      return;
    }
    case 'focus': {
      reply({ kind: 'focused', id, focal: await findFocus(await openForFocus(file), job.detection) });
      return;
    }
    case 'decode': {
      const frame = await decodeFrame(file, await paths);
      reply({ kind: 'decoded', id, frame }, frame ? [frame.image] : []);
      return;
    }
    case 'export': {
      kernel ??= await kernelModule
        .then((module) => openKernel(module))
        .catch((error: unknown) => {
          job.frame?.image.close();
          throw error;
        });
      const mark = kernel.taken();
      const options = {
        paths: await paths,
        levels: levelsFor(job.orders),
        isLinear: job.orders.some(({ isLinear }) => isLinear),
        frame: job.frame,
      };
      let metadata: Promise<SourceMetadata> | undefined;
      try {
        await exportOrders(await openPixels(kernel, file, options), job.orders, {
          signal,
          readMetadata: () => (metadata ??= readPhotoMetadata(file)),
          onFile: (key, blob, made) => reply({ kind: 'exported', id, key, blob, made }),
          onFailure: (key, reason) => reply({ kind: 'exportFailed', id, key, reason }),
        });
      } finally {
        kernel.release(mark);
        // The memory of WebAssembly never shrinks: after a very large photo it is given back as a whole.
        if (kernel.view().length > mostKept) kernel = null;
      }
    }
  }
}

/** Bytes; three photos of 24 megapixels fit. */
const mostKept = 256 * 1024 * 1024;

function reply(message: Reply, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}
