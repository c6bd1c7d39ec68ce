/** Workers that do nothing by themselves, and what a test of the pool asks of them. */
import { vi } from 'vitest';
import { planDraw } from '../../../client/engine/drawPlan.ts';
import type { Job, MadeFile, Reply, Request } from '../../../client/worker/messages.ts';
import type { Weigh } from '../../../client/workspace/photoWeight.ts';
import { startPixelWorkers } from '../../../client/workspace/pixelWorkers.ts';
import type { PoolWorker } from '../../../client/workspace/workerPool.ts';
import { plainOrder } from './plainOrder.ts';

/** A worker that does nothing by itself: the test reads what it was sent and answers for it. */
export class FakeWorker implements PoolWorker {
  onmessage: ((event: MessageEvent<Reply>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  sent: Request[] = [];
  received: Transferable[] = [];
  isEnded = false;

  postMessage(request: Request, transfer: Transferable[]): void {
    this.sent.push(request);
    this.received.push(...transfer);
  }
  terminate(): void {
    this.isEnded = true;
  }
  get job(): Job {
    const job = this.sent.findLast((request) => request.kind !== 'cancel');
    if (!job) throw new Error('This worker got no job.');
    return job;
  }
  say(reply: DistributiveOmit<Reply, 'id'>, id = this.job.id): void {
    this.onmessage?.(new MessageEvent('message', { data: { ...reply, id } as Reply }));
  }
  crash(): void {
    this.onerror?.(new Event('error') as ErrorEvent);
  }
}

type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never;

export function start(count: number, weigh: Weigh = () => 1) {
  const workers: FakeWorker[] = [];
  const makeWorker = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  const pixels = startPixelWorkers('/pixels.js', count, makeWorker, () => weigh);
  const [looker, ...exporters] = workers;
  if (!looker) throw new Error('No worker was started.');
  return { pixels, workers, looker, exporters };
}

export function fakeBitmap() {
  return { width: 1, height: 1, close: vi.fn() };
}

export function openedReply(preview = fakeBitmap(), thumbnail = fakeBitmap()) {
  return {
    kind: 'opened' as const,
    note: null,
    photo: { width: 40, height: 30 },
    preview: preview as unknown as ImageBitmap,
    thumbnail: thumbnail as unknown as ImageBitmap,
  };
}

export const photo = new File(['x'], 'beach.jpg');
const plan = planDraw({
  photo: { width: 40, height: 30 },
  spec: { width: 10, height: 10 },
  fit: { mode: 'cover', enlarge: false, background: { kind: 'transparent' } },
  focal: { x: 0.5, y: 0.5 },
  pinned: null,
  format: 'jpeg',
});
export const orders = [7, 8, 9].map((key) => plainOrder({ key, plan, format: 'jpeg' }));
export const made: MadeFile = {
  facts: null,
  encoder: 'browser',
  quality: 90,
  output: plan.output,
  measures: [],
  missed: null,
  encodes: 1,
  sha256: '',
  crc32: 0,
};
/** A signal of its own for each job: Node warns of a signal with many listeners. */
export const never = () => new AbortController().signal;

/** Lets promises that are already settled run on. */
export const soon = () => new Promise((resolve) => setTimeout(resolve, 0));

/** What became of a promise so far. */
export async function stateOf(promise: Promise<unknown>): Promise<string> {
  const pending = Symbol();
  try {
    return (await Promise.race([promise, soon().then(() => pending)])) === pending ? 'pending' : 'fulfilled';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}
