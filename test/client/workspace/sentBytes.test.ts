import { afterEach, expect, test, vi } from 'vitest';
import { countSentBytes, type SentBytes } from '../../../client/workspace/sentBytes.ts';

afterEach(() => vi.unstubAllGlobals());

/** A page whose requests go nowhere. */
function startCounting(): SentBytes {
  vi.stubGlobal('window', { fetch: async () => new Response() });
  vi.stubGlobal('navigator', { sendBeacon: () => true });
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      send(): void {}
    },
  );
  const sent = countSentBytes(null);
  sent.start();
  return sent;
}

const url = 'http://127.0.0.1/';
const thousand = new Uint8Array(1000);

test.each([
  ['fetch with a body', () => window.fetch(url, { method: 'POST', body: thousand })],
  ['fetch of a Request', () => window.fetch(new Request(url, { method: 'POST', body: thousand }))],
  ['sendBeacon', () => navigator.sendBeacon(url, new Blob([thousand]))],
  ['XMLHttpRequest', () => new XMLHttpRequest().send('x'.repeat(1000))],
])('%s of 1000 bytes counts 1000', async (_, send) => {
  const sent = startCounting();
  await send();
  await expect.poll(() => sent.total()).toBe(1000);
});

test('a body of unknown size is not nothing', async () => {
  const sent = startCounting();
  await window.fetch(url, { method: 'POST', body: new FormData() });
  expect(sent.total()).toBeGreaterThan(0);
});

test('what somebody saves is counted like everything else, and said by name', async () => {
  const sent = startCounting();
  const body = new URLSearchParams({ name: 'Shop' });
  sent.name(body, 'your preset');
  await window.fetch(url, { method: 'POST', body });
  expect(sent.total()).toBe('name=Shop'.length);
});

test('a plain read counts nothing', async () => {
  const sent = startCounting();
  await window.fetch(url);
  await window.fetch(new Request(url));
  await new Promise((done) => setTimeout(done, 20));
  expect(sent.total()).toBe(0);
});
