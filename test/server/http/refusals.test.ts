import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../runApp.ts';
import { type Answer, request } from './request.ts';
import { type ServedApp, serveApp } from './servedApp.ts';

let app: ServedApp;

beforeAll(async () => {
  app = await serveApp();
});

afterAll(() => app.stop());

test('an unknown page says so, with the id of the request that the log has too', async () => {
  const answer = await request(app.url, '/no-such-page');
  expect(answer.status).toBe(404);
  expectErrorPage(answer);
  const id = answer.headers['x-request-id'];
  expect(answer.body.toString()).toContain(String(id));
  expect(app.logged()).toContainEqual(expect.objectContaining({ id, path: '/no-such-page', status: 404 }));
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])(
  '%s is refused on every address: there is nothing to send to',
  async (method) => {
    for (const address of ['/', '/generate', '/specs', '/upload', '/healthz']) {
      const answer = await request(app.url, address, { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe('GET, HEAD');
      expectErrorPage(answer);
    }
  },
);

test('a photo sent to the server is refused unread, and the connection closes', async () => {
  const answer = await request(app.url, '/generate', {
    method: 'POST',
    headers: { 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': '1000000' },
    body: '--x',
  });
  expect(answer.status).toBe(405);
  expect(answer.headers.connection).toBe('close');
});

test.each([{ 'X-HTTP-Method-Override': 'GET' }, { 'X-Method-Override': 'GET' }])(
  'a method can not be disguised by %o',
  async (headers) => {
    expect((await request(app.url, '/?_method=GET', { method: 'DELETE', headers })).status).toBe(405);
  },
);

test('with a public address every other Host is refused, also one that a proxy header names', async () => {
  const site = await serveApp({ publicUrl: 'https://fit.example' });
  const statusFor = async (headers: Record<string, string>, address = '/') =>
    (await request(site.url, address, { headers })).status;
  expect(await statusFor({ Host: 'fit.example' })).toBe(200);
  expect(await statusFor({ Host: 'FIT.example' })).toBe(200);
  expect(await statusFor({ Host: 'evil.example' })).toBe(421);
  expect(await statusFor({ Host: 'fit.example.evil.example' })).toBe(421);
  expect(await statusFor({ Host: 'fit.example', 'X-Forwarded-Host': 'evil.example' })).toBe(200);
  expect(await statusFor({ Host: 'evil.example', 'X-Forwarded-Host': 'fit.example' })).toBe(421);
  expect(await statusFor({ Host: '127.0.0.1' }, '/healthz')).toBe(200);
  await site.stop();
});

test('a page that fails gives 500 without a word of the reason; the log has it under the same id', async () => {
  const viewsDir = temporaryFolder();
  fs.cpSync('views', viewsDir, { recursive: true });
  fs.writeFileSync(path.join(viewsDir, 'home.ejs'), '<% throw new Error("canary SELECT secret") %>');
  const broken = await serveApp({ viewsDir });
  const answer = await request(broken.url, '/');
  expect(answer.status).toBe(500);
  expectErrorPage(answer);
  expect(answer.body.toString()).not.toContain('canary');
  expect(broken.logged()).toContainEqual(
    expect.objectContaining({ level: 'error', id: answer.headers['x-request-id'], msg: 'request failed' }),
  );
  await broken.stop();
  fs.rmSync(viewsDir, { recursive: true });
});

test('when even the error page fails, plain words remain', async () => {
  const broken = await serveApp({ viewsDir: '/nonexistent' });
  const answer = await request(broken.url, '/');
  expect(answer.status).toBe(500);
  expect(answer.headers['content-type']).toMatch(/^text\/plain/);
  expect(answer.body.toString()).toMatch(/^500 Something failed\n/);
  expect(answer.body.toString()).not.toMatch(/nonexistent| {4}at /);
  await broken.stop();
});

function expectErrorPage({ headers, body }: Answer): void {
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['cache-control']).toBe('no-store');
  expect(body.toString()).not.toMatch(/node_modules|^\s+at |Express|SELECT/m);
}
