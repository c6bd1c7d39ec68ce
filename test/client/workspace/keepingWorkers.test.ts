import { describe, expect, it } from 'vitest';
import type { FileOrder } from '../../../client/worker/messages.ts';
import type { FileResult, PixelWorkers } from '../../../client/workspace/pixelWorkers.ts';
import type { KeptFile } from '../../../client/workspace/resume/exportStore.ts';
import { keepFiles, keyOf } from '../../../client/workspace/resume/keepingWorkers.ts';
import { orders as alike, made, photo } from '../worker/fakeWorkers.ts';

const orders = alike.map((order) => ({ ...order, quality: order.key }));

/** A database in memory, which gives back other Blobs than it got, as a real one does. */
class FakeStore {
  kept = new Map<string, KeptFile>();
  transactions: number[] = [];
  fails = false;

  async putFiles(files: readonly (readonly [string, KeptFile])[]): Promise<void> {
    if (this.fails) throw new DOMException('Full.', 'QuotaExceededError');
    this.transactions.push(files.length);
    for (const [key, file] of files) this.kept.set(key, { ...file, blob: new Blob([file.blob, '!']) });
  }
  async files(keys: readonly string[]): Promise<(KeptFile | undefined)[]> {
    return keys.map((key) => this.kept.get(key));
  }
}

const blobOf = (key: number) => new Blob([`file ${key}`]);
const place = 4;

/** Makes all orders at once; `asked` are those that it was asked for. */
function fakeWorkers() {
  const asked: number[] = [];
  const workers: PixelWorkers = {
    openPhoto: () => {
      throw new Error('Not asked for.');
    },
    findFocus: () => Promise.reject(new Error('Not asked for.')),
    async exportFiles(_, given: readonly FileOrder[], { onFile }) {
      for (const { key } of given) {
        asked.push(key);
        onFile(key, key === 9 ? { ok: false, reason: 'Too large.' } : { ok: true, blob: blobOf(key), made });
      }
    },
    stop() {},
  } as PixelWorkers;
  return { workers, asked };
}

async function run(store: FakeStore, signal = new AbortController().signal) {
  const { workers, asked } = fakeWorkers();
  const lost: unknown[] = [];
  const results = new Map<number, FileResult>();
  const keys = new Set(store.kept.keys());
  const keeping = keepFiles(workers, {
    store,
    keys,
    placeOf: () => place,
    onLost: (error) => lost.push(error),
  });
  await keeping.exportFiles(photo, orders, { signal, onFile: (key, result) => results.set(key, result) });
  const texts = await Promise.all(
    [...results].map(async ([key, result]) => [key, result.ok ? await result.blob.text() : result.reason]),
  );
  return { asked, lost, texts: Object.fromEntries(texts) };
}

describe('a file that is made', () => {
  it('is kept, and what goes on is the kept copy; a failure is told and not kept', async () => {
    const store = new FakeStore();
    const { texts, lost } = await run(store);
    expect(texts).toEqual({ 7: 'file 7!', 8: 'file 8!', 9: 'Too large.' });
    expect([...store.kept.keys()]).toEqual(orders.slice(0, 2).map((order) => keyOf(place, order)));
    expect(lost).toEqual([]);
  });

  it('that comes while another is written is written with the next ones', async () => {
    const store = new FakeStore();
    await run(store);
    expect(store.transactions).toEqual([1, 1]);
  });
});

it('what is kept already is delivered again and not made again', async () => {
  const store = new FakeStore();
  await run(store);
  const again = await run(store);
  expect(again.asked).toEqual([9]);
  expect(again.texts).toEqual({ 7: 'file 7!', 8: 'file 8!', 9: 'Too large.' });
});

it('a file of another photo, crop or quality is another file', () => {
  const [order] = orders;
  if (!order) throw new Error('There are no orders.');
  expect(keyOf(1, order)).not.toBe(keyOf(2, order));
  expect(keyOf(1, { ...order, quality: 12 })).not.toBe(keyOf(1, order));
  expect(keyOf(1, { ...order, key: 99 }), 'its number in the export does not matter').toBe(keyOf(1, order));
});

it('where there is no room, it is told once and every file is delivered', async () => {
  const store = new FakeStore();
  store.fails = true;
  const { texts, lost } = await run(store);
  expect(lost).toHaveLength(1);
  expect(texts).toEqual({ 7: 'file 7', 8: 'file 8', 9: 'Too large.' });
});

it('nothing is delivered once it is cancelled', async () => {
  const stop = new AbortController();
  stop.abort(new Error('Cancelled.'));
  await expect(run(new FakeStore(), stop.signal)).rejects.toThrow('Cancelled.');
});

describe('a photo that fails half-way', () => {
  /** One file is made, and being written, when the photo fails. */
  function failing(store: Pick<FakeStore, 'putFiles' | 'files'>, signal: AbortSignal) {
    const { workers } = fakeWorkers();
    const told: number[] = [];
    const keeping = keepFiles(
      {
        ...workers,
        async exportFiles(_, [first], { onFile }) {
          if (first) onFile(first.key, { ok: true, blob: blobOf(first.key), made });
          throw new Error('The worker died.');
        },
      },
      { store, keys: new Set(), placeOf: () => place, onLost: () => {} },
    );
    const done = keeping.exportFiles(photo, orders, { signal, onFile: (key) => told.push(key) });
    return { done, told };
  }

  it('is over only when its files that were made are written and told', async () => {
    let finishWrite = (): void => {};
    const written = new Promise<void>((resolve) => {
      finishWrite = resolve;
    });
    const store = { putFiles: () => written, files: async () => [] };
    const { done, told } = failing(store, new AbortController().signal);
    const toldAtEnd = done.then(
      () => null,
      () => [...told],
    );
    setTimeout(finishWrite);
    await expect(done).rejects.toThrow('The worker died.');
    expect(await toldAtEnd).toEqual([7]);
  });

  it('is cancelled though a write hangs', async () => {
    const stop = new AbortController();
    const store = { putFiles: () => new Promise<void>(() => {}), files: async () => [] };
    const { done, told } = failing(store, stop.signal);
    setTimeout(() => stop.abort(new Error('Cancelled.')));
    await expect(done).rejects.toThrow('Cancelled.');
    expect(told).toEqual([]);
  });
});
