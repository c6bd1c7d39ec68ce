import { describe, expect, it } from 'vitest';
import type { FileResult } from '../../../client/workspace/pixelWorkers.ts';
import { fakeBitmap, made, never, openedReply, orders, photo, soon, start, stateOf } from './fakeWorkers.ts';

describe('starting', () => {
  it('starts all workers at once: one that looks, and as many that export as asked for', () => {
    expect(start(3).workers.length).toBe(4);
    expect(start(0).workers.length).toBe(2);
  });
});

describe('opening a photo', () => {
  it('gives size, preview and thumbnail first, the focal point when it is found', async () => {
    const { pixels, looker } = start(1);
    const { opened, focal } = pixels.openPhoto(photo, 'automatic', never());
    expect(looker.job).toMatchObject({ kind: 'open', file: photo, detection: 'automatic' });
    looker.say(openedReply());
    expect(await opened).toMatchObject({ photo: { width: 40, height: 30 } });
    expect(await stateOf(focal)).toBe('pending');
    looker.say({ kind: 'focused', focal: { x: 0.2, y: 0.3 } });
    looker.say({ kind: 'done' });
    expect(await focal).toEqual({ x: 0.2, y: 0.3 });
  });

  it('has no focal point when none is looked for', async () => {
    const { pixels, looker } = start(1);
    const { focal } = pixels.openPhoto(photo, 'centre', never());
    looker.say(openedReply());
    looker.say({ kind: 'done' });
    expect(await focal).toBeNull();
  });

  it("rejects with the worker's own sentence", async () => {
    const { pixels, looker } = start(1);
    const { opened, focal } = pixels.openPhoto(photo, 'automatic', never());
    looker.say({ kind: 'failed', reason: 'beach.jpg is damaged.' });
    await expect(opened).rejects.toThrow('beach.jpg is damaged.');
    await expect(focal).rejects.toThrow('beach.jpg is damaged.');
  });

  it('is shared out over all idle workers, one photo each, and the rest waits in order', async () => {
    const { pixels, workers } = start(1);
    const names = ['a', 'b', 'c', 'd'].map((name) => new File(['x'], name));
    for (const file of names) pixels.openPhoto(file, 'centre', never()).opened.catch(() => {});
    expect(workers.map((worker) => worker.sent.length)).toEqual([1, 1]);
    workers[1]?.say({ kind: 'done' });
    workers[0]?.say({ kind: 'done' });
    expect(workers.map((worker) => worker.job.file)).toEqual([names[3], names[2]]);
  });

  it('still goes on while every export worker is busy', async () => {
    const { pixels, looker, exporters } = start(2);
    for (let i = 0; i < 4; i++) pixels.exportFiles(photo, orders, { signal: never(), onFile() {} });
    await soon();
    void pixels.findFocus(photo, 'automatic', never());
    expect(looker.job.kind).toBe('focus');
    expect(exporters.map((worker) => worker.job.kind)).toEqual(['export', 'export']);
  });
});

describe('finding the focal point again', () => {
  it('gives the new point, before photos that wait to be opened', async () => {
    const { pixels, looker, exporters } = start(1);
    for (let i = 0; i < 3; i++) pixels.openPhoto(photo, 'centre', never());
    const focal = pixels.findFocus(photo, 'automatic', never());
    exporters[0]?.say({ kind: 'done' });
    expect(exporters[0]?.job.kind).toBe('focus');
    exporters[0]?.say({ kind: 'focused', focal: { x: 1, y: 0 } });
    exporters[0]?.say({ kind: 'done' });
    expect(await focal).toEqual({ x: 1, y: 0 });
    expect(looker.job.kind).toBe('open');
  });
});

describe('exporting', () => {
  async function startExport() {
    const started = start(1);
    const results = new Map<number, FileResult>();
    const controller = new AbortController();
    const ended = started.pixels.exportFiles(photo, orders, {
      signal: controller.signal,
      onFile: (key, result) => results.set(key, result),
    });
    const exporter = started.exporters[0];
    if (!exporter) throw new Error('No export worker was started.');
    await soon();
    return { ...started, exporter, results, controller, ended };
  }

  it('delivers each file as it is made, and failures among them with their reason', async () => {
    const { exporter, results, ended } = await startExport();
    const blob = new Blob(['file']);
    exporter.say({ kind: 'exported', key: 7, blob, made });
    expect(results.get(7)).toEqual({ ok: true, blob, made });
    exporter.say({ kind: 'exportFailed', key: 8, reason: 'too large' });
    exporter.say({ kind: 'exported', key: 9, blob, made });
    exporter.say({ kind: 'done' });
    await ended;
    expect(results.get(8)).toEqual({ ok: false, reason: 'too large' });
    expect(results.size).toBe(3);
  });

  it('cancels at once for the caller, tells the worker, and drops what still comes', async () => {
    const { exporter, results, controller, ended, pixels } = await startExport();
    exporter.say({ kind: 'exported', key: 7, blob: new Blob(), made });
    const { id } = exporter.job;
    controller.abort();
    expect(await stateOf(ended)).toMatch(/^AbortError/);
    expect(exporter.sent.at(-1)).toEqual({ kind: 'cancel', id });
    exporter.say({ kind: 'exported', key: 8, blob: new Blob(), made }, id);
    expect([...results.keys()]).toEqual([7]);
    // The worker is free again only when it says so.
    void pixels.exportFiles(photo, orders, { signal: never(), onFile() {} });
    await soon();
    expect(exporter.sent.length).toBe(2);
    exporter.say({ kind: 'stopped' }, id);
    expect(exporter.job.id).not.toBe(id);
  });

  it('is never sent when it was cancelled while it waited, or before it began', async () => {
    const { exporter, pixels } = await startExport();
    const controller = new AbortController();
    const waiting = pixels.exportFiles(photo, orders, { signal: controller.signal, onFile() {} });
    controller.abort();
    const late = pixels.exportFiles(photo, orders, { signal: controller.signal, onFile() {} });
    expect(await stateOf(waiting)).toMatch(/^AbortError/);
    expect(await stateOf(late)).toMatch(/^AbortError/);
    exporter.say({ kind: 'done' });
    await soon();
    expect(exporter.sent.length).toBe(1);
  });
});

describe('a photo that comes late for an aborted opening', () => {
  it('has its bitmaps closed', async () => {
    const { pixels, looker } = start(1);
    const controller = new AbortController();
    const { opened } = pixels.openPhoto(photo, 'automatic', controller.signal);
    controller.abort();
    await expect(opened).rejects.toThrow();
    const [preview, thumbnail] = [fakeBitmap(), fakeBitmap()];
    looker.say(openedReply(preview, thumbnail));
    expect(preview.close).toHaveBeenCalledOnce();
    expect(thumbnail.close).toHaveBeenCalledOnce();
  });
});

describe('a worker that dies', () => {
  it('is replaced, and its job is tried once more with the files that are still missing', async () => {
    const { pixels, workers } = start(1);
    const results: number[] = [];
    const ended = pixels.exportFiles(photo, orders, { signal: never(), onFile: (key) => results.push(key) });
    await soon();
    workers[1]?.say({ kind: 'exported', key: 7, blob: new Blob(), made });
    workers[1]?.crash();
    expect(workers[1]?.isEnded).toBe(true);
    expect(workers.length).toBe(3);
    const { job } = workers[2] ?? start(1).looker;
    expect(job.kind === 'export' && job.orders.map((order) => order.key)).toEqual([8, 9]);
    workers[2]?.say({ kind: 'exported', key: 8, blob: new Blob(), made });
    workers[2]?.say({ kind: 'exported', key: 9, blob: new Blob(), made });
    workers[2]?.say({ kind: 'done' });
    await ended;
    expect(results).toEqual([7, 8, 9]);
  });

  it('fails its job with a sentence when it dies again, and goes on with the next', async () => {
    const { pixels, workers } = start(1);
    const ended = pixels.exportFiles(photo, orders, { signal: never(), onFile() {} });
    const next = pixels.exportFiles(photo, orders, { signal: never(), onFile() {} });
    await soon();
    workers[1]?.crash();
    workers[2]?.crash();
    await expect(ended).rejects.toThrow(/stopped the work on beach\.jpg twice/);
    expect(workers.length).toBe(4);
    workers[3]?.say({ kind: 'done' });
    await next;
  });

  it('is not replaced while there is nothing to do, so that a page without network does not try for ever', () => {
    const { workers } = start(1);
    for (const worker of [...workers]) worker.crash();
    expect(workers.length).toBe(2);
  });

  it('closes the bitmaps of a photo that is opened a second time', async () => {
    const { pixels, workers, looker } = start(1);
    const { opened, focal } = pixels.openPhoto(photo, 'automatic', never());
    const first = fakeBitmap();
    looker.say(openedReply(first));
    await opened;
    looker.crash();
    const second = fakeBitmap();
    workers[2]?.say(openedReply(second));
    workers[2]?.say({ kind: 'focused', focal: { x: 0, y: 0 } });
    workers[2]?.say({ kind: 'done' });
    expect(await focal).toEqual({ x: 0, y: 0 });
    expect(first.close).not.toHaveBeenCalled();
    expect(second.close).toHaveBeenCalledOnce();
  });
});

it('stopping ends all workers and rejects what runs and what waits', async () => {
  const { pixels, workers } = start(1);
  const running = pixels.exportFiles(photo, orders, { signal: never(), onFile() {} });
  const waiting = pixels.exportFiles(photo, orders, { signal: never(), onFile() {} });
  await soon();
  pixels.stop();
  expect(workers.every((worker) => worker.isEnded)).toBe(true);
  expect(await stateOf(running)).toMatch(/^AbortError/);
  expect(await stateOf(waiting)).toMatch(/^AbortError/);
});
