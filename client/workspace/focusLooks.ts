/**
 * What the page asks of the focus worker. A look always ends, and its first stage is always told unless the photo itself cannot
 * be read: by the worker, by a new one where it dies, or on the page where there is none.
 */
import type { Findings } from '../engine/focus/findings.ts';
import type { Aim, Look, Reply, Request, Stage } from '../worker/focus/messages.ts';

export interface LookOptions {
  aim: Aim;
  stages: readonly Stage[];
  /** The photo upright, decoded already and in any size; asked for when the look begins, and closed by it. */
  image?: () => Promise<ImageBitmap | undefined>;
  signal: AbortSignal;
  /** Everything known so far. The first stage may be told twice. */
  onLooked(stage: Stage, findings: Findings): void;
  /** `reason` is a sentence for the person. */
  onSkipped?(stage: Stage, reason: string): void;
}

export interface FocusLooks {
  /**
   * Resolves when every stage was told or skipped. Rejects with a sentence where the photo cannot be read, and with the signal's
   * reason at once when it is aborted. Looks wait for each other; the newest goes first.
   */
  look(file: Blob, options: LookOptions): Promise<void>;
  stop(): void;
}

/** What is needed of a Worker. */
export interface FocusWorker {
  postMessage(request: Request, transfer?: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Reply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface Hands {
  /** Throws, or calls `onerror`, where there are no workers. */
  makeWorker(): FocusWorker;
  /** The first stage on the page. */
  lookHere(file: Blob): Promise<Findings>;
}

interface Waiting extends LookOptions {
  id: number;
  file: Blob;
  tries: number;
  hasAnswer: boolean;
  resolve(): void;
  reject(reason: unknown): void;
}

/** Two, so that one is decoded while the models work on the other. */
const mostAtOnce = 2;

/** A worker that dies with a look in its hands gets one more chance. */
const mostTries = 2;

/** Milliseconds without the first stage, after which the page does it itself; the worker may still answer. */
const patienceMs = 15_000;

const noWorker = 'This browser lets no script work aside, so faces and things are not looked for.';
const died = 'The browser stopped what finds faces and things; it may be short of memory.';

export function startFocusLooks({ makeWorker, lookHere }: Hands): FocusLooks {
  let queue: Waiting[] = [];
  const running = new Map<number, Waiting>();
  let worker: FocusWorker | null = null;
  /** No worker is tried any more. */
  let isUnable = false;
  let lastId = 0;

  function look(file: Blob, options: LookOptions): Promise<void> {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const giveUp = () => {
        queue = queue.filter((other) => other !== waiting);
        if (running.delete(waiting.id)) worker?.postMessage({ kind: 'cancel', id: waiting.id });
        reject(signal.reason);
        startNext();
      };
      const settled = <T>(settle: (value: T) => void) => {
        return (value: T) => {
          signal.removeEventListener('abort', giveUp);
          settle(value);
        };
      };
      const waiting: Waiting = {
        ...options,
        id: ++lastId,
        file,
        tries: 0,
        hasAnswer: false,
        resolve: settled(resolve),
        reject: settled(reject),
      };
      signal.addEventListener('abort', giveUp, { once: true });
      queue.push(waiting);
      startNext();
    });
  }

  function startNext(): void {
    while (running.size < mostAtOnce) {
      const next = queue.pop();
      if (!next) return;
      running.set(next.id, next);
      void begin(next);
    }
  }

  async function begin(look: Waiting): Promise<void> {
    look.tries++;
    const image = await look.image?.().catch(() => undefined);
    const hired = running.has(look.id) ? hire() : null;
    if (!hired) {
      image?.close();
      if (running.has(look.id)) await finishHere(look, noWorker);
      return;
    }
    const { id, file, aim, stages } = look;
    const request: Look = { kind: 'look', id, file, aim, stages, ...(image && { image }) };
    hired.postMessage(request, image ? [image] : []);
    setTimeout(() => {
      if (running.get(id) === look && !look.hasAnswer) void tellFirstStage(look).catch(() => {});
    }, patienceMs);
  }

  /** null where no worker can be had. */
  function hire(): FocusWorker | null {
    if (isUnable) return null;
    if (worker) return worker;
    try {
      worker = makeWorker();
    } catch {
      isUnable = true;
      return null;
    }
    worker.onmessage = ({ data }) => receive(data);
    worker.onerror = mourn;
    return worker;
  }

  function receive(reply: Reply): void {
    const look = running.get(reply.id);
    if (!look) return;
    switch (reply.kind) {
      case 'looked':
        look.hasAnswer = true;
        look.onLooked(reply.stage, reply.findings);
        return;
      case 'skipped':
        look.onSkipped?.(reply.stage, reply.reason);
        return;
      case 'unable':
        isUnable = true;
        void finishHere(look, noWorker);
        return;
      case 'failed':
        look.reject(new Error(reply.reason));
        break;
      default:
        look.resolve();
    }
    running.delete(look.id);
    startNext();
  }

  /** The worker is dead: its looks are asked of a new one, and done here if that one dies as well. */
  function mourn(): void {
    worker?.terminate();
    worker = null;
    for (const look of running.values()) void (look.tries < mostTries ? begin(look) : finishHere(look, died));
  }

  async function finishHere(look: Waiting, reason: string): Promise<void> {
    try {
      if (!look.hasAnswer) await tellFirstStage(look);
      if (!running.delete(look.id)) return;
      for (const stage of look.stages) if (stage !== 'instant') look.onSkipped?.(stage, reason);
      look.resolve();
    } catch (error) {
      running.delete(look.id);
      look.reject(error);
    }
    startNext();
  }

  async function tellFirstStage(look: Waiting): Promise<void> {
    const findings = await lookHere(look.file);
    if (running.get(look.id) === look && !look.hasAnswer) look.onLooked('instant', findings);
  }

  function stop(): void {
    worker?.terminate();
    worker = null;
    const ended = new DOMException('The looks were stopped.', 'AbortError');
    for (const look of [...running.values(), ...queue]) look.reject(ended);
    running.clear();
    queue = [];
  }

  return { look, stop };
}
