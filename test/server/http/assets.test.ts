import fs from 'node:fs';
import net from 'node:net';
import zlib from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from './request.ts';
import { type ServedApp, serveApp } from './servedApp.ts';

let app: ServedApp;

beforeAll(async () => {
  app = await serveApp();
});

afterAll(() => app.stop());

const logicalNames: string[] = Object.keys(JSON.parse(fs.readFileSync('dist/assets.json', 'utf8')));

test.each([
  ['br', 'gzip, deflate, br', zlib.brotliDecompressSync],
  ['gzip', 'gzip', zlib.gunzipSync],
  ['gzip', 'gzip, br;q=0', zlib.gunzipSync],
  [undefined, 'identity', (body: Buffer) => body],
] as const)('an asset comes as %s for Accept-Encoding: %s', async (encoding, accepted, decode) => {
  const address = app.assets.url('site.css');
  const { status, headers, body } = await request(app.url, address, {
    headers: { 'Accept-Encoding': accepted },
  });
  expect(status).toBe(200);
  expect(headers['content-encoding']).toBe(encoding);
  expect(headers.vary).toMatch(/accept-encoding/i);
  expect(headers['content-length']).toBe(String(body.length));
  expect(decode(body).equals(fs.readFileSync(`dist/public${address}`))).toBe(true);
});

test('every asset of the build is served under a hashed name, for a year, with its type', async () => {
  expect(logicalNames.length).toBeGreaterThan(5);
  for (const name of logicalNames) {
    const address = app.assets.url(name);
    expect(address).toMatch(/^\/assets\/.+-\w{8,}\.\w+$/);
    const { status, headers } = await request(app.url, address, { method: 'HEAD' });
    expect([name, status]).toEqual([name, 200]);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect([name, headers['content-type']]).toEqual([name, typeOf(name)]);
  }
});

test('HEAD has the headers of GET and no body', async () => {
  const address = app.assets.url('site.js');
  const head = await request(app.url, address, { method: 'HEAD' });
  const get = await request(app.url, address);
  expect(head.body).toHaveLength(0);
  expect(head.headers['content-length']).toBe(get.headers['content-length']);
  expect(head.headers.etag).toBe(get.headers.etag);
});

test('an asset that the browser has is answered with 304 and no body', async () => {
  const address = app.assets.url('workspace.js');
  const { headers } = await request(app.url, address);
  const again = await request(app.url, address, { headers: { 'If-None-Match': headers.etag ?? '' } });
  expect(again.status).toBe(304);
  expect(again.body).toHaveLength(0);
  expect(again.headers['cache-control']).toBe(headers['cache-control']);
});

test.each([
  '/assets/',
  '/assets/nothing.js',
  '/assets/../server/main.js',
  '/assets/%2e%2e/assets.json',
  '/assets/..%2f..%2fserver/main.js',
  '/assets/..%5c..%5cassets.json',
  '/assets//etc/passwd',
  '/assets/%00',
  '/assets/%zz',
  '/assets.json',
  '/root/robots.txt',
  '/server/main.js',
  '/server/main.js.map',
  '/package.json',
  '/.env',
  '/.git/config',
  '/data/postgres/PG_VERSION',
])('%s is no page and no file', async (address) => {
  const { status, body } = await request(app.url, address);
  expect([400, 404]).toContain(status);
  expect(body.toString()).not.toMatch(/import |dependencies|\[core\]|root:/);
});

test('neither source maps nor the compressed copies are reachable by a name of their own', async () => {
  for (const name of logicalNames) {
    for (const suffix of ['.map', '.br', '.gz']) {
      expect((await request(app.url, app.assets.url(name) + suffix)).status).toBe(404);
    }
  }
});

test('the sprite holds every icon that a view shows, and no other', () => {
  const views = fs.readdirSync('views').map((name) => fs.readFileSync(`views/${name}`, 'utf8'));
  const shown = views.flatMap((view) =>
    [...view.matchAll(/icons\.svg'\) %>#([\w-]+)/g)].map(([, name]) => name),
  );
  const sprite = fs.readFileSync(`dist/public${app.assets.url('icons.svg')}`, 'utf8');
  const held = [...sprite.matchAll(/<symbol id="([\w-]+)"/g)].map(([, name]) => name);
  expect(held.sort()).toEqual([...new Set(shown)].sort());
});

test('a name that the build does not know is a mistake in a view, not an empty url', () => {
  expect(() => app.assets.url('nothing.css')).toThrow('No asset is named nothing.css');
});

function typeOf(name: string): string | undefined {
  const types: Record<string, string> = {
    avif: 'image/avif',
    bin: 'application/octet-stream',
    css: 'text/css; charset=utf-8',
    jpg: 'image/jpeg',
    js: 'text/javascript; charset=utf-8',
    json: 'application/json; charset=utf-8',
    png: 'image/png',
    svg: 'image/svg+xml; charset=utf-8',
    txt: 'text/plain; charset=utf-8',
    wasm: 'application/wasm',
    webp: 'image/webp',
    woff2: 'font/woff2',
  };
  return types[name.split('.').pop() ?? ''];
}

test('a visitor who goes in the middle of a file harms nobody', async () => {
  // An error that nobody catches would end the program; here it fails the run.
  const { hostname, port } = new URL(app.url);
  const address = app.assets.url('example/picos-de-europa.jpg');
  for (let visitor = 0; visitor < 5; visitor++) {
    const socket = net.connect(Number(port), hostname);
    socket.write(`GET ${address} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
    await new Promise((resolve, reject) => socket.once('data', resolve).once('error', reject));
    socket.destroy();
  }
  const { status, body } = await request(app.url, address);
  expect(status).toBe(200);
  expect(body.length).toBeGreaterThan(500_000);
});
