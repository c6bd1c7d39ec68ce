import zlib from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from './request.ts';
import { type ServedApp, serveApp } from './servedApp.ts';

let app: ServedApp;

beforeAll(async () => {
  app = await serveApp();
});

afterAll(() => app.stop());

const pages = ['/', '/generate', '/specs', '/privacy', '/terms'];
/** The catalogue is the same for everybody, so shared caches may keep it too; like browsers, they ask each time. */
const isForAnybody = (address: string) => address.startsWith('/specs');

test.each([...pages, '/specs/x-post'])('%s is a page that browsers keep and ask about', async (address) => {
  const { status, headers, body } = await request(app.url, address);
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['cache-control']).toBe(isForAnybody(address) ? 'public, no-cache' : 'no-cache');
  expect(headers.etag).toMatch(/^W\//);
  expect(body.toString()).toMatch(/^<!doctype html>/i);
  expect(body.toString()).toMatch(/<title>[^<]+<\/title>/);
  expect(body.toString().match(/<h1/g)).toHaveLength(1);
});

test.each(pages)(
  '%s has no inline script, style or handler, and names nothing of another origin to load',
  async (address) => {
    const html = (await request(app.url, address)).body.toString();
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)(?![^>]*type="application\/json")/);
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
    for (const [, url] of html.matchAll(/<(?:script|img|source|use)\b[^>]*\b(?:src|href)="([^"]*)"/g)) {
      expect(url).toMatch(/^(\/|#|data:|blob:)/);
    }
    for (const [, url] of html.matchAll(/<link\b[^>]*\bhref="([^"]*)"/g)) expect(url).toMatch(/^\//);
  },
);

test.each(['br', 'gzip'])('a page is compressed as %s on the way', async (encoding) => {
  const plain = await request(app.url, '/specs');
  const packed = await request(app.url, '/specs', { headers: { 'Accept-Encoding': encoding } });
  expect(packed.headers['content-encoding']).toBe(encoding);
  expect(packed.headers.vary).toMatch(/accept-encoding/i);
  const unpack = encoding === 'br' ? zlib.brotliDecompressSync : zlib.gunzipSync;
  expect(unpack(packed.body).equals(plain.body)).toBe(true);
});

test('readiness and health are never kept', async () => {
  for (const address of ['/healthz', '/readyz']) {
    expect((await request(app.url, address)).headers['cache-control']).toBe('no-store');
  }
});

test('a server that is not ready says so with 503 and one word', async () => {
  const starting = await serveApp({ readiness: 'starting' });
  const { status, body } = await request(starting.url, '/readyz');
  expect([status, body.toString()]).toEqual([503, 'starting\n']);
  expect((await request(starting.url, '/healthz')).status).toBe(200);
  await starting.stop();
});
