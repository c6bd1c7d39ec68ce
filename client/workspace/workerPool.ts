/**
 * A few workers and the jobs that wait for them. All workers start at once, so that they are there when the network is
 * not. A worker that dies is replaced, and its job tried once more.
 */
import type { Job, Reply, Request } from '../worker/messages.ts';

export type JobKind = Job['kind'];

/** What the pool needs of a Worker. */
export interface PoolWorker {
  postMessage(request: Request): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Reply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface Task {
  kind: JobKind;
  /** The request to send; asked again when the job is tried a second time. */
  request: (id: number) => Job;
  onReply: (reply: Reply) => void;
  signal: AbortSignal;
  /** The sentence for a job whose worker died twice. */
  crashed: string;
}

export interface WorkerPool {
  /** Resolves when the worker is done; rejects with its reason, or at once with the signal's reason. */
  run(task: Task): Promise<void>;
  /** Ends all workers; what runs or waits is rejected. */
  stop(): void;
}

interface Waiting extends Task {
  id: number;
  tries: number;
  /** Set once the promise of `run` is settled. */
  isSettled: boolean;
  settle: (error?: unknown) => void;
}

interface Desk {
  /** The kinds of job that this worker takes, the preferred first. */
  takes: readonly JobKind[];
  worker: PoolWorker | null;
  job: Waiting | null;
}

const mostTries = 2;

/** `desks`: for each worker the kinds of job that it takes, the preferred ones first. */
export function startWorkerPool(
  desks: readonly (readonly JobKind[])[],
  makeWorker: () => PoolWorker,
): WorkerPool {
  let queue: Waiting[] = [];
  let lastId = 0;
  const places: Desk[] = desks.map((takes) => ({ takes, worker: null, job: null }));
  for (const desk of places) hire(desk);

  function run(task: Task): Promise<void> {
    return new Promise((resolve, reject) => {
      if (task.signal.aborted) return reject(task.signal.reason);
      const giveUp = () => abandon(waiting);
      const waiting: Waiting = {
        ...task,
        id: ++lastId,
        tries: 0,
        isSettled: false,
        settle(error) {
          if (waiting.isSettled) return;
          waiting.isSettled = true;
          task.signal.removeEventListener('abort', giveUp);
          error === undefined ? resolve() : reject(error);
        },
      };
      task.signal.addEventListener('abort', giveUp, { once: true });
      queue.push(waiting);
      assign();
    });
  }

  function assign(): void {
    for (const desk of places) {
      if (desk.job) continue;
      const kind = desk.takes.find((kind) => queue.some((job) => job.kind === kind));
      const job = queue.find((job) => job.kind === kind);
      if (!job) continue;
      queue = queue.filter((other) => other !== job);
      desk.job = job;
      job.tries++;
      (desk.worker ?? hire(desk)).postMessage(job.request(job.id));
    }
  }

  function hire(desk: Desk): PoolWorker {
    const worker = makeWorker();
    desk.worker = worker;
    worker.onmessage = ({ data }) => receive(desk, data);
    worker.onerror = () => replace(desk);
    return worker;
  }

  function receive(desk: Desk, reply: Reply): void {
    const { job } = desk;
    if (!job || job.id !== reply.id || job.isSettled) closeBitmaps(reply);
    if (!job || job.id !== reply.id) return;
    if (reply.kind === 'done' || reply.kind === 'stopped' || reply.kind === 'failed') {
      desk.job = null;
      job.settle(reply.kind === 'failed' ? new Error(reply.reason) : undefined);
      assign();
    } else if (!job.isSettled) job.onReply(reply);
  }

  /** The next job for this desk starts a new worker: none is started for nothing while the network is off. */
  function replace(desk: Desk): void {
    desk.worker?.terminate();
    desk.worker = null;
    const { job } = desk;
    desk.job = null;
    if (job && !job.isSettled) {
      if (job.tries < mostTries) queue.unshift(job);
      else job.settle(new Error(job.crashed));
    }
    assign();
  }

  function abandon(job: Waiting): void {
    queue = queue.filter((other) => other !== job);
    places.find((desk) => desk.job === job)?.worker?.postMessage({ kind: 'cancel', id: job.id });
    job.settle(job.signal.reason);
  }

  function stop(): void {
    const ended = new DOMException('The workers were stopped.', 'AbortError');
    for (const desk of places) {
      desk.worker?.terminate();
      desk.job?.settle(ended);
    }
    for (const job of queue) job.settle(ended);
    queue = [];
  }

  return { run, stop };
}

/** Frees what came for nobody. */
export function closeBitmaps(reply: Reply): void {
  if (reply.kind !== 'opened') return;
  reply.preview.close();
  reply.thumbnail.close();
}
