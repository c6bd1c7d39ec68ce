import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fetchWhole } from '../../../client/worker/focus/fetchWhole.ts';

/** What the pretended server sends next. */
let send: ReadableStreamDefaultController<Uint8Array>;
let status: number;

beforeEach(() => {
  vi.useFakeTimers();
  status = 200;
  vi.stubGlobal('fetch', async (_url: string, { signal }: RequestInit) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        send = controller;
      },
    });
    signal?.addEventListener('abort', () => send.error(signal.reason));
    return new Response(body, { status });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('puts the pieces together, however long the whole takes', async () => {
  const whole = fetchWhole('/a.bin');
  for (const piece of [[1, 2], [3], [4, 5, 6]]) {
    await vi.advanceTimersByTimeAsync(19_000);
    send.enqueue(Uint8Array.from(piece));
  }
  send.close();
  expect([...(await whole)]).toEqual([1, 2, 3, 4, 5, 6]);
});

it('gives up on a file of which nothing comes any more', async () => {
  const whole = fetchWhole('/a.bin');
  const refused = expect(whole).rejects.toThrow('The server sends nothing any more.');
  await vi.advanceTimersByTimeAsync(100);
  send.enqueue(Uint8Array.from([1]));
  await vi.advanceTimersByTimeAsync(21_000);
  await refused;
});

it('refuses what the server refuses', async () => {
  status = 404;
  await expect(fetchWhole('/a.bin')).rejects.toThrow('The server answers 404.');
});
