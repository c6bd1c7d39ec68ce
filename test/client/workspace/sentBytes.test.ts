import { afterEach, expect, test, vi } from 'vitest';
import { countSentBytes, type SentBytes } from '../../../client/workspace/sentBytes.ts';

afterEach(() => vi.unstubAllGlobals());

/** As much of an element as is written to. */
class Line {
  textContent = '';
  dataset: Record<string, string> = {};
  append(...parts: (string | Line)[]): void {
    this.textContent += parts.map((part) => (typeof part === 'string' ? part : part.textContent)).join('');
  }
  replaceChildren(...parts: (string | Line)[]): void {
    this.textContent = '';
    this.append(...parts);
  }
}

/** A page whose requests go nowhere; `said` is what it shows. */
function startCounting(): SentBytes & { said(): string } {
  vi.stubGlobal('document', { createElement: () => new Line() });
  vi.stubGlobal('window', { fetch: async () => new Response() });
  vi.stubGlobal('navigator', { sendBeacon: () => true });
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      send(): void {}
    },
  );
  const label = new Line();
  const sent = countSentBytes(label as unknown as HTMLElement);
  sent.start();
  return { ...sent, said: () => label.textContent };
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
  await expect.poll(() => sent.said()).toBe('1,000 bytes sent');
});

test('a body of unknown size is not nothing', async () => {
  const sent = startCounting();
  await window.fetch(url, { method: 'POST', body: new FormData() });
  expect(sent.said()).not.toBe('0 bytes sent');
});

test('what somebody saves is counted like everything else, and said by name', async () => {
  const sent = startCounting();
  const body = new URLSearchParams({ name: 'Shop' });
  sent.name(body, 'your preset');
  await window.fetch(url, { method: 'POST', body });
  expect(sent.said()).toBe('9 bytes sent: your preset');
});

test('a plain read counts nothing', async () => {
  const sent = startCounting();
  await window.fetch(url);
  await window.fetch(new Request(url));
  await new Promise((done) => setTimeout(done, 20));
  expect(sent.said()).toBe('0 bytes sent');
});
