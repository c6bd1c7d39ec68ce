/** What becomes of looks when workers wait, die or are missing. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Findings } from '../../../client/engine/focus/findings.ts';
import type { Look, Reply, Request, Stage } from '../../../client/worker/focus/messages.ts';
import { type FocusWorker, type LookOptions, startFocusLooks } from '../../../client/workspace/focusLooks.ts';

class FakeWorker implements FocusWorker {
  looks: Look[] = [];
  cancelled: number[] = [];
  isEnded = false;
  onmessage: FocusWorker['onmessage'] = null;
  onerror: FocusWorker['onerror'] = null;
  postMessage(request: Request): void {
    if (request.kind === 'look') this.looks.push(request);
    else this.cancelled.push(request.id);
  }
  terminate(): void {
    this.isEnded = true;
  }
  reply(reply: Reply): void {
    this.onmessage?.({ data: reply } as MessageEvent<Reply>);
  }
  tell(id: number, stage: Stage): void {
    this.reply({ kind: 'looked', id, stage, findings, ms: 1 });
  }
  die(): void {
    this.onerror?.({} as ErrorEvent);
  }
}

const findings: Findings = {
  size: { width: 3, height: 2 },
  boxes: [],
  marks: {},
  saliency: { width: 0, height: 0, data: new Uint8Array() },
  scores: { width: 0, height: 0, values: new Float32Array(), searched: { width: 3, height: 2 }, cell: 8 },
  focal: { x: 0.5, y: 0.5 },
};
const file = new Blob(['a photo']);
const noReason = 'This browser lets no script work aside, so faces and things are not looked for.';
const deadReason = 'The browser stopped what finds faces and things; it may be short of memory.';

let workers: FakeWorker[];
let here: number;
const hands = {
  makeWorker: (): FocusWorker => {
    workers.push(new FakeWorker());
    return workerAt(-1);
  },
  lookHere: async () => {
    here += 1;
    return findings;
  },
};

beforeEach(() => {
  workers = [];
  here = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a look', () => {
  it('tells each stage and what was skipped, and ends', async () => {
    const { told, options } = listen();
    const look = startFocusLooks(hands).look(file, options);
    await settle();
    const worker = workerAt(0);
    expect(worker.looks).toMatchObject([
      { id: 1, aim: 'automatic', stages: ['instant', 'faces', 'objects'] },
    ]);
    worker.tell(1, 'instant');
    worker.tell(1, 'faces');
    worker.reply({ kind: 'skipped', id: 1, stage: 'objects', reason: 'No network.' });
    worker.reply({ kind: 'done', id: 1 });
    await look;
    expect(told).toEqual(['instant', 'faces', 'objects: No network.']);
  });

  it('of a photo that cannot be read rejects with the sentence, and the next one goes on', async () => {
    const { options } = listen();
    const looks = startFocusLooks(hands);
    const first = looks.look(file, options);
    const refused = expect(first).rejects.toThrow('a.jpg is no photo.');
    await settle();
    workerAt(0).reply({ kind: 'failed', id: 1, reason: 'a.jpg is no photo.' });
    await refused;
    const second = looks.look(file, options);
    await settle();
    workerAt(0).reply({ kind: 'done', id: 2 });
    await second;
    expect(workers).toHaveLength(1);
  });

  it('waits while two others are under way; of those that wait the newest goes first', async () => {
    const looks = startFocusLooks(hands);
    for (let i = 0; i < 5; i++) void looks.look(file, listen().options);
    await settle();
    expect(workerAt(0).looks.map(({ id }) => id)).toEqual([1, 2]);
    workerAt(0).reply({ kind: 'done', id: 1 });
    await settle();
    expect(workerAt(0).looks.map(({ id }) => id)).toEqual([1, 2, 5]);
  });

  it('that is given up rejects at once, is cancelled in the worker, and lets the next one in', async () => {
    const looks = startFocusLooks(hands);
    const stop = new AbortController();
    const first = looks.look(file, { ...listen().options, signal: stop.signal });
    const refused = expect(first).rejects.toThrow('gone');
    for (let i = 0; i < 2; i++) void looks.look(file, listen().options);
    await settle();
    stop.abort(new Error('gone'));
    await refused;
    await settle();
    expect(workerAt(0).cancelled).toEqual([1]);
    expect(workerAt(0).looks.map(({ id }) => id)).toEqual([1, 2, 3]);
  });
});

describe('without a worker', () => {
  it('the page does the first stage and says why there is no more', async () => {
    const { told, options } = listen();
    const makeWorker = (): FocusWorker => {
      throw new ReferenceError('Worker is not defined');
    };
    await startFocusLooks({ ...hands, makeWorker }).look(file, options);
    expect(told).toEqual(['instant', `faces: ${noReason}`, `objects: ${noReason}`]);
  });

  it('nor with one that cannot draw, which is asked only once', async () => {
    const looks = startFocusLooks(hands);
    const first = listen();
    const look = looks.look(file, first.options);
    await settle();
    workerAt(0).reply({ kind: 'unable', id: 1 });
    await look;
    expect(first.told).toEqual(['instant', `faces: ${noReason}`, `objects: ${noReason}`]);
    await looks.look(file, listen().options);
    expect(workerAt(0).looks).toHaveLength(1);
    expect(here).toBe(2);
  });

  it('and with a photo that the page cannot read, either, the look rejects', async () => {
    const makeWorker = (): FocusWorker => {
      throw new Error('no');
    };
    const lookHere = () => Promise.reject(new Error('It is no photo.'));
    await expect(startFocusLooks({ makeWorker, lookHere }).look(file, listen().options)).rejects.toThrow(
      /no photo/,
    );
  });
});

describe('a worker that dies', () => {
  it('is followed by a new one, which is asked again', async () => {
    const { told, options } = listen();
    const look = startFocusLooks(hands).look(file, options);
    await settle();
    workerAt(0).die();
    await settle();
    expect(workerAt(0).isEnded).toBe(true);
    workerAt(1).tell(1, 'instant');
    workerAt(1).reply({ kind: 'done', id: 1 });
    await look;
    expect(told).toEqual(['instant']);
  });

  it('twice leaves what was told, does the first stage on the page if it was not, and says so', async () => {
    const [untold, half] = [listen(), listen()];
    const looks = startFocusLooks(hands);
    const both = [looks.look(file, untold.options), looks.look(file, half.options)];
    await settle();
    workerAt(0).tell(2, 'instant');
    workerAt(0).die();
    await settle();
    workerAt(1).die();
    await Promise.all(both);
    expect(untold.told).toEqual(['instant', `faces: ${deadReason}`, `objects: ${deadReason}`]);
    expect(half.told).toEqual(untold.told);
    expect(here).toBe(1);
    void looks.look(file, listen().options);
    await settle();
    expect(workers).toHaveLength(3);
  });
});

it('a worker that says nothing for long does not keep the first stage back, and may still answer', async () => {
  const { told, options } = listen();
  const look = startFocusLooks(hands).look(file, options);
  await settle();
  await vi.advanceTimersByTimeAsync(14_000);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(told).toEqual(['instant']);
  workerAt(0).tell(1, 'faces');
  workerAt(0).reply({ kind: 'done', id: 1 });
  await look;
  expect(told).toEqual(['instant', 'faces']);
});

function workerAt(index: number): FakeWorker {
  const worker = workers.at(index);
  if (!worker) throw new Error(`There are ${workers.length} workers.`);
  return worker;
}

function listen(): { told: string[]; options: LookOptions } {
  const told: string[] = [];
  return {
    told,
    options: {
      aim: 'automatic',
      stages: ['instant', 'faces', 'objects'],
      signal: new AbortController().signal,
      onLooked: (stage) => told.push(stage),
      onSkipped: (stage, reason) => told.push(`${stage}: ${reason}`),
    },
  };
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}
