import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectProtectedHeaders } from './protectedHeaders.ts';
import { request, sendRaw } from './request.ts';
import { type ServedApp, serveApp } from './servedApp.ts';

let app: ServedApp;
let overHttps: ServedApp;

beforeAll(async () => {
  app = await serveApp();
  overHttps = await serveApp({ publicUrl: 'https://fit.example' });
});

afterAll(async () => {
  await app.stop();
  await overHttps.stop();
});

describe.each([
  ['a page', 200, () => request(app.url, '/')],
  ['the workspace', 200, () => request(app.url, '/generate')],
  ['HEAD of a page', 200, () => request(app.url, '/specs', { method: 'HEAD' })],
  ['an asset', 200, () => request(app.url, app.assets.url('site.css'))],
  ['an unchanged asset', 304, () => unchanged(app.assets.url('site.css'))],
  ['an unchanged page', 304, () => unchanged('/')],
  ['an unknown page', 404, () => request(app.url, '/no-such-page')],
  ['an unknown asset', 404, () => request(app.url, '/assets/site-00000000.css')],
  ['a page posted to', 405, () => request(app.url, '/', { method: 'POST', body: 'x=1' })],
  ['TRACE', 405, () => request(app.url, '/', { method: 'TRACE' })],
  ['a foreign host', 421, () => request(overHttps.url, '/', { headers: { Host: 'evil.example' } })],
  ['a failing page', 500, failingPage],
  ['health', 200, () => request(app.url, '/healthz')],
  ['readiness', 200, () => request(app.url, '/readyz')],
])('%s (%i)', (name, status, ask) => {
  test('has the status, the content policy and every other protecting header', async () => {
    const { status: got, headers } = await ask();
    expect(got).toBe(status);
    expectProtectedHeaders(headers, name.includes('asset') ? 'asset' : 'page');
    expect(headers['set-cookie']).toBeUndefined();
  });
});

test('HSTS is promised for two years when people come by https, and never otherwise', async () => {
  const secure = await request(overHttps.url, '/', { headers: { Host: 'fit.example' } });
  expect(secure.headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
  expect((await request(app.url, '/')).headers['strict-transport-security']).toBeUndefined();
});

test('even a request that is no HTTP gets an answer with a policy, and says nothing of the server', async () => {
  const received = await sendRaw(app.url, 'GARBAGE\r\n\r\n');
  expect(received).toMatch(/^HTTP\/1\.1 400 /);
  expect(received).toMatch(/^content-security-policy: default-src 'none'/im);
  expect(received).not.toMatch(/node|express|at /i);
});

function unchanged(address: string) {
  return request(app.url, address).then(({ headers }) =>
    request(app.url, address, { headers: { 'If-None-Match': headers.etag ?? '' } }),
  );
}

async function failingPage() {
  const broken = await serveApp({ viewsDir: '/nonexistent' });
  const answer = await request(broken.url, '/');
  await broken.stop();
  return answer;
}
