import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../../../server/log.ts';
import { request } from './request.ts';
import { type ServedApp, serveApp } from './servedApp.ts';

let app: ServedApp;

beforeEach(async () => {
  app = await serveApp();
});

afterEach(() => app.stop());

test('one line per request: id, method, path, status, duration, and the time in UTC', async () => {
  const { headers } = await request(app.url, '/specs?q=square');
  expect(app.logged()).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      id: headers['x-request-id'],
      method: 'GET',
      path: '/specs',
      status: 200,
      ms: expect.any(Number),
      msg: 'request',
    },
  ]);
});

test('a probe that succeeds leaves no line, one that fails does', async () => {
  await request(app.url, '/healthz');
  await request(app.url, '/readyz');
  expect(app.logged()).toEqual([]);
  const broken = await serveApp({ readiness: 'database' });
  await request(broken.url, '/readyz');
  expect(broken.logged()).toEqual([expect.objectContaining({ path: '/readyz', status: 503 })]);
  await broken.stop();
});

test('no secret that a browser sends is ever written: cookies, tokens, queries, agents, bodies', async () => {
  const canary = 'canary-4711';
  const headers = {
    Cookie: `session=${canary}`,
    Authorization: `Bearer ${canary}`,
    Referer: `http://127.0.0.1/?token=${canary}`,
    'User-Agent': canary.repeat(500),
    'X-CSRF-Token': canary,
    'X-Forwarded-For': canary,
  };
  for (const method of ['GET', 'POST']) {
    for (const address of [`/?password=${canary}`, `/specs?q=${canary}`, `/no-such-page?token=${canary}`]) {
      await request(app.url, address, { method, headers, ...(method === 'POST' ? { body: canary } : {}) });
    }
  }
  expect(app.logged()).toHaveLength(6);
  expect(app.log()).not.toContain(canary);
});

test('control characters and endless paths can not forge or flood the log', async () => {
  await request(app.url, '/a%0d%0a%1b[31m{"level":"info"}\u009b2J');
  await request(app.url, `/${'x'.repeat(8000)}`);
  for (const line of app.log().trimEnd().split('\n')) {
    expect(() => JSON.parse(line)).not.toThrow();
    expect(line).not.toMatch(/\p{Cc}/u);
    expect(line.length).toBeLessThan(600);
  }
});

test('an error is written with its kind and stack, and without the rows that Postgres hangs on it', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const conflict = Object.assign(new Error('duplicate key value violates unique constraint'), {
    code: '23505',
    detail: 'Key (email)=(alice@canary.example) already exists.',
    parameters: ['canary'],
  });
  const badValue = Object.assign(new Error('invalid input syntax for type integer: "canary"'), {
    code: '22P02',
  });
  log.error({ err: conflict }, 'failed');
  log.error({ err: badValue }, 'failed');
  const [first] = lines.map((line) => JSON.parse(line));
  expect(first.err).toMatchObject({
    type: 'Error',
    code: '23505',
    message: expect.stringContaining('duplicate key'),
  });
  expect(first.err.stack[0]).toContain('requestLog.test.ts');
  expect(lines.join('')).not.toContain('canary');
});
