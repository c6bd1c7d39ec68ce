import { describe, expect, it, vi } from 'vitest';
import { workingMemory } from '../../../client/engine/photoMemory.ts';
import { startWorkerPool } from '../../../client/workspace/workerPool.ts';
import { FakeWorker, made, never, orders, photo, soon, start, stateOf } from './fakeWorkers.ts';

class FakeFrame {
  close = vi.fn();
  clones: FakeFrame[] = [];

  clone(): FakeFrame {
    const clone = new FakeFrame();
    this.clones.push(clone);
    return clone;
  }
}

const sharedFrame = (frame: FakeFrame) => ({
  image: frame as unknown as VideoFrame,
  planes: 'srgb' as const,
});

describe('a photo that is exported alone', () => {
  async function startLone() {
    const started = start(2);
    const controller = new AbortController();
    const files: number[] = [];
    const ended = started.pixels.exportFiles(photo, orders, {
      signal: controller.signal,
      onFile: (key) => files.push(key),
    });
    await soon();
    const [first, second] = started.exporters;
    if (!first || !second) throw new Error('No workers were started.');
    return { ...started, controller, files, ended, first, second };
  }

  it('is decoded once, and each worker gets the frame and some of the orders', async () => {
    const { ended, first, second, files } = await startLone();
    expect([first.job.kind, second.sent.length]).toEqual(['decode', 0]);
    const frame = new FakeFrame();
    first.say({ kind: 'decoded', frame: sharedFrame(frame) });
    first.say({ kind: 'done' });
    await soon();
    const keys = [first, second].map(({ job }) =>
      job.kind === 'export' ? job.orders.map(({ key }) => key) : [],
    );
    expect(keys.flat().sort()).toEqual([7, 8, 9]);
    expect(keys.every((list) => list.length > 0)).toBe(true);
    expect([first.received, second.received]).toEqual([[frame], [frame.clones[0]]]);
    for (const [i, worker] of [first, second].entries()) {
      for (const key of keys[i] ?? []) worker.say({ kind: 'exported', key, blob: new Blob(), made });
      worker.say({ kind: 'done' });
    }
    await ended;
    expect(files.sort()).toEqual([7, 8, 9]);
    expect(frame.close, 'it is the worker’s').not.toHaveBeenCalled();
  });

  it('is made by one worker where its frame can’t be shared', async () => {
    const { first, second } = await startLone();
    first.say({ kind: 'decoded', frame: null });
    first.say({ kind: 'done' });
    await soon();
    expect(first.job.kind === 'export' && first.job.orders.length).toBe(3);
    expect(second.sent.length).toBe(0);
  });

  it('is decoded again by the worker that follows one that died with its frame', async () => {
    const { workers, first } = await startLone();
    first.say({ kind: 'decoded', frame: sharedFrame(new FakeFrame()) });
    first.say({ kind: 'done' });
    await soon();
    first.crash();
    const next = workers.at(-1);
    expect(next?.job.kind === 'export' && next.job.frame).toBeUndefined();
    expect(next?.received).toEqual([]);
  });

  it('leaves no frame open when it is cancelled before a worker took it', async () => {
    const { controller, ended, first, pixels } = await startLone();
    const frame = new FakeFrame();
    // Another photo came first to the second worker, and the frame's clone waits.
    void pixels.exportFiles(photo, orders, { signal: never(), onFile() {} });
    await soon();
    first.say({ kind: 'decoded', frame: sharedFrame(frame) });
    first.say({ kind: 'done' });
    await soon();
    controller.abort();
    expect(await stateOf(ended)).toMatch(/^AbortError/);
    expect(frame.clones[0]?.close).toHaveBeenCalledOnce();
  });

  it('closes a frame that comes when nobody waits for it any more', async () => {
    const { controller, ended, first } = await startLone();
    controller.abort();
    expect(await stateOf(ended)).toMatch(/^AbortError/);
    const frame = new FakeFrame();
    first.say({ kind: 'decoded', frame: sharedFrame(frame) });
    expect(frame.close).toHaveBeenCalledOnce();
  });
});

it('of several photos each has a worker of its own: none is decoded for two', async () => {
  const { pixels, exporters } = start(2);
  for (let i = 0; i < 3; i++) void pixels.exportFiles(photo, orders, { signal: never(), onFile() {} });
  await soon();
  expect(exporters.map(({ job }) => job.kind)).toEqual(['export', 'export']);
});

describe('memory', () => {
  const files = ['a', 'b', 'c', 'd'].map((name) => new File(['x'], name));
  const workingOn = (workers: FakeWorker[]) =>
    workers.flatMap(({ sent, job }) => (sent.length > 0 ? [(job.file as File).name] : []));

  function startExports(weigh: (file: Blob) => number) {
    const started = start(4, (file) => weigh(file));
    for (const file of files) void started.pixels.exportFiles(file, orders, { signal: never(), onFile() {} });
    return soon().then(() => started);
  }

  it('bounds how many photos are in flight, whatever the number of workers', async () => {
    const { exporters } = await startExports(() => 100);
    expect(workingOn(exporters.filter(({ sent }) => sent.length > 0))).toEqual(['a', 'b']);
    exporters[0]?.say({ kind: 'done' });
    expect(exporters.filter(({ sent }) => sent.length > 0).length).toBeLessThanOrEqual(3);
    expect(exporters.flatMap(({ sent }) => sent).length).toBe(3);
  });

  it('lets a photo that needs more than there is be worked on alone, and none overtakes it', async () => {
    const { exporters } = await startExports((file) => ((file as File).name === 'b' ? 900 : 10));
    const sent = () => exporters.flatMap((worker) => worker.sent.map((one) => 'file' in one && one.file));
    expect(sent()).toEqual([files[0]]);
    exporters[0]?.say({ kind: 'done' });
    expect(sent().at(-1)).toBe(files[1]);
    expect(sent().length).toBe(2);
    exporters[0]?.say({ kind: 'done' });
    expect(sent().length).toBe(4);
  });

  it('never keeps a photo from being looked at', async () => {
    const { pixels, looker } = await startExports(() => 200);
    void pixels.openPhoto(photo, 'automatic', never()).opened.catch(() => {});
    expect(looker.job.kind).toBe('open');
  });

  it('is counted by the header’s size: more for what is not a JPEG’s own planes, alone where it is unknown', () => {
    const size = { width: 6000, height: 4000 };
    const jpeg = workingMemory('export', { size, format: 'jpeg' }, true);
    expect(jpeg).toBeGreaterThan(120);
    expect(jpeg).toBeLessThan(140);
    expect(workingMemory('export', { size, format: 'png' }, true)).toBeGreaterThan(290);
    expect(workingMemory('export', { size, format: 'jpeg' }, false)).toBeGreaterThan(290);
    expect(workingMemory('open', null, true)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a worker that does not stop', () => {
  function startOne() {
    const workers: FakeWorker[] = [];
    const due: { act: () => void; ms: number }[] = [];
    const makeWorker = () => {
      workers.push(new FakeWorker());
      return workers.at(-1) as FakeWorker;
    };
    const wait = (act: () => void, ms: number) => void due.push({ act, ms });
    const pool = startWorkerPool([['export', 'focus']], makeWorker, { budgetMb: 100, wait });
    const run = (kind: 'export' | 'focus', signal: AbortSignal) =>
      pool.run({
        kind,
        request: (id) =>
          kind === 'export'
            ? { kind, id, file: photo, orders }
            : { kind, id, file: photo, detection: 'automatic' },
        costMb: 1,
        onReply() {},
        signal,
        crashed: 'It crashed.',
      });
    return { workers, due, run };
  }

  it('is ended within 100 ms, and the next job gets a new one', async () => {
    const { workers, due, run } = startOne();
    const controller = new AbortController();
    const ended = run('export', controller.signal);
    const next = run('export', never());
    controller.abort();
    expect(await stateOf(ended)).toMatch(/^AbortError/);
    expect(workers.map(({ isEnded }) => isEnded)).toEqual([false]);
    expect(due.map(({ ms }) => ms <= 100)).toEqual([true]);
    due[0]?.act();
    expect(workers.map(({ isEnded, sent }) => [isEnded, sent.length])).toEqual([
      [true, 2],
      [false, 1],
    ]);
    workers[1]?.say({ kind: 'done' });
    await next;
  });

  it('is left alone when it stopped by itself, though it has the next job by then', async () => {
    const { workers, due, run } = startOne();
    const controller = new AbortController();
    const ended = run('export', controller.signal);
    const { id } = workers[0]?.job ?? { id: 0 };
    controller.abort();
    await expect(ended).rejects.toThrow();
    workers[0]?.say({ kind: 'stopped' }, id);
    const next = run('export', never());
    due[0]?.act();
    expect(workers.map(({ isEnded }) => isEnded)).toEqual([false]);
    workers[0]?.say({ kind: 'done' });
    await next;
  });

  it('is not ended for what is over soon', async () => {
    const { due, run } = startOne();
    const controller = new AbortController();
    const ended = run('focus', controller.signal);
    controller.abort();
    await expect(ended).rejects.toThrow();
    expect(due).toEqual([]);
  });
});
