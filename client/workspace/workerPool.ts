/**
 * A few workers and the jobs that wait for them. All workers start at once, so that they are there when the network is
 * not. A worker that dies is replaced, and its job tried once more; one that does not stop when its job is cancelled is
 * ended and replaced. Only as many jobs run at once as the memory allows.
 */
import type { Job, Reply, Request } from '../worker/messages.ts';
import { type PoolLimits, patienceMs, usualLimits } from './poolLimits.ts';

export type JobKind = Job['kind'];

/** What the pool needs of a Worker. */
export interface PoolWorker {
  postMessage(request: Request, transfer: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Reply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface Task {
  kind: JobKind;
  /** The request to send; asked again when the job is tried a second time. */
  request: (id: number) => Job;
  /** What the job needs in memory, in MB. */
  costMb: number | Promise<number>;
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
  /** null until it is known: the job waits for it. */
  mb: number | null;
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

/** Jobs that are ended with their worker; the others are over soon. */
const longKinds: ReadonlySet<JobKind> = new Set<JobKind>(['decode', 'export']);

/**
 * `desks`: for each worker the kinds of job that it takes, the preferred ones first. A desk that takes no long job does not
 * wait for memory: what it does is counted, but looking at photos never waits for an export.
 */
export function startWorkerPool(
  desks: readonly (readonly JobKind[])[],
  makeWorker: () => PoolWorker,
  limits: PoolLimits = usualLimits,
): WorkerPool {
  let queue: Waiting[] = [];
  let lastId = 0;
  let isStopped = false;
  const places: Desk[] = desks.map((takes) => ({ takes, worker: null, job: null }));
  for (const desk of places) hire(desk);

  function run(task: Task): Promise<void> {
    return new Promise((resolve, reject) => {
      if (task.signal.aborted) return reject(task.signal.reason);
      if (isStopped) return reject(stopped());
      const giveUp = () => abandon(waiting);
      const waiting: Waiting = {
        ...task,
        id: ++lastId,
        mb: null,
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
      void weigh(waiting);
    });
  }

  async function weigh(job: Waiting): Promise<void> {
    job.mb = typeof job.costMb === 'number' ? job.costMb : await job.costMb;
    assign();
  }

  function assign(): void {
    for (const desk of places) {
      if (desk.job) continue;
      const job = nextFor(desk);
      if (!job) continue;
      queue = queue.filter((other) => other !== job);
      desk.job = job;
      job.tries++;
      const request = job.request(job.id);
      (desk.worker ?? hire(desk)).postMessage(request, imagesOf(request));
    }
  }

  /** The oldest of the preferred kind that fits: none of a kind overtakes another that waits for memory. */
  function nextFor(desk: Desk): Waiting | null {
    const inUse = places.reduce((sum, { job }) => sum + (job?.mb ?? 0), 0);
    const isLooking = !desk.takes.some((kind) => longKinds.has(kind));
    for (const kind of desk.takes) {
      const job = queue.find((one) => one.kind === kind && (isLooking || one.mb !== null));
      if (job && (isLooking || inUse === 0 || !job.mb || inUse + job.mb <= limits.budgetMb)) return job;
    }
    return null;
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
    if (!job || job.id !== reply.id || job.isSettled) closeImages(reply);
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
    const desk = places.find((place) => place.job === job);
    desk?.worker?.postMessage({ kind: 'cancel', id: job.id }, []);
    job.settle(job.signal.reason);
    assign();
    if (!desk || !longKinds.has(job.kind)) return;
    limits.wait(() => {
      if (desk.job === job) replace(desk);
    }, patienceMs);
  }

  function stop(): void {
    isStopped = true;
    for (const desk of places) {
      desk.worker?.terminate();
      desk.job?.settle(stopped());
    }
    for (const job of queue) job.settle(stopped());
    queue = [];
  }

  return { run, stop };
}

/** Frees what came for nobody. */
export function closeImages(reply: Reply): void {
  if (reply.kind === 'decoded') reply.frame?.image.close();
  if (reply.kind !== 'opened') return;
  reply.preview.close();
  reply.thumbnail.close();
}

function stopped(): DOMException {
  return new DOMException('The workers were stopped.', 'AbortError');
}

/** What goes over to the worker with the request. */
function imagesOf(request: Job): Transferable[] {
  return request.kind === 'export' && request.frame ? [request.frame.image] : [];
}
