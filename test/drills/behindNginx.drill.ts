/** Two servers behind nginx, as docs/deploy.md sets it up: https, addresses, restarts without a failed request. */
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive } from '../../server/database/cluster.ts';
import { type EmbeddedPostgres, startEmbedded } from '../../server/database/embedded.ts';
import { type Database, openDatabase } from '../../server/database/pool.ts';
import { createLog } from '../../server/log.ts';
import { type RunningApp, runApp, temporaryFolder } from '../server/runApp.ts';
import { addPerson, noLimits, sendSignIn, signIn } from '../server/security/accountsApp.ts';
import { createVisitor } from '../server/security/visitor.ts';
import { documentedHost, findFreePort, type Nginx, startNginx } from './nginx.ts';
import { report } from './report.ts';
import { startWriters, writerLimits } from './writers.ts';

const log = createLog('silent');
const headers = { Host: documentedHost };

let dataDir: string;
let postgres: EmbeddedPostgres;
let database: Database;
let nginx: Nginx;
let ports: number[];
let apps: RunningApp[];
let variables: Record<string, string>;

beforeEach(async () => {
  dataDir = temporaryFolder();
  postgres = await startEmbedded({ dataDir, log });
  database = openDatabase(postgres.connection, log);
  ports = [await findFreePort(), await findFreePort()];
  variables = writerLimits;
});

afterEach(async () => {
  await nginx.stop();
  for (const app of apps) {
    if (isAlive(app.pid)) app.kill('SIGTERM');
    await app.ended;
  }
  await database.close();
  await postgres.stop();
  fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
});

test('rows 22 and 23: over real https somebody signs in with a __Host- cookie; probes are not public', async () => {
  await startAll();
  const person = await signIn({ url: nginx.url, database }, await addPerson(database), headers);
  expect([...person.cookies.keys()].sort()).toEqual(['__Host-known', '__Host-sid']);
  const page = await person.get('/account');
  expect(page.status).toBe(200);
  expect(page.headers['strict-transport-security']).toContain('max-age=63072000');
  for (const probe of ['/healthz', '/readyz']) expect((await person.get(probe)).status).toBe(404);
  const forged = {
    ...headers,
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'http',
    Forwarded: 'host=evil.example',
  };
  const answer = await createVisitor(nginx.url, forged).get('/sign-in');
  expect(answer.headers['set-cookie']?.[0]).toContain('__Host-sid=');
  expect(answer.body.toString()).not.toContain('evil');
});

test('row 60: an address that a client claims behind this nginx counts for nothing', async () => {
  variables = { ...noLimits, LIMIT_SIGN_IN: '5' };
  await startAll();
  const statuses: number[] = [];
  for (let i = 0; i < 8; i++) {
    const visitor = createVisitor(nginx.url, {
      ...headers,
      'X-Forwarded-For': `9.9.9.${i}`,
      'X-Real-IP': `9.9.9.${i}`,
    });
    const typed = { email: `nobody.${i}@example.org`, password: 'wrong, and always wrong' };
    statuses.push((await sendSignIn({ database }, visitor, typed)).status);
  }
  expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429, 429]);
});

test('six restarts, one server after the other, under people who write: no request fails, nothing is lost', async () => {
  await startAll();
  const writers = await startWriters(nginx.url, database, { headers });
  await sleep(1000);
  writers.takeFigures();
  const stopsMs: number[] = [];
  for (let restart = 0; restart < 6; restart++) {
    const i = restart % 2;
    const startedAt = performance.now();
    apps[i]?.kill('SIGTERM');
    expect(await apps[i]?.ended).toBe(0);
    stopsMs.push(Math.round(performance.now() - startedAt));
    apps[i] = await startApp(ports[i] ?? 0);
    await sleep(700);
  }
  const figures = writers.takeFigures();
  await writers.stop();
  const { lost, double } = await writers.count();
  report('six rolling restarts behind nginx', {
    figures,
    stopsMs,
    nginx: countEach(nginx.complaints()),
    'acknowledged writes lost': lost,
    'presets there twice': double,
  });
  expect([lost, double]).toEqual([0, 0]);
  expect([figures.broken, figures.refused, figures.odd]).toEqual([0, 0, {}]);
  expect(figures.acknowledged).toBeGreaterThan(100);
  for (const ms of stopsMs) expect(ms).toBeLessThan(15_000);
});

test('kill -9 of one of two servers: the other goes on at once, nothing is lost', async () => {
  await startAll();
  const writers = await startWriters(nginx.url, database, { headers });
  await sleep(1500);
  writers.takeFigures();
  apps[0]?.kill('SIGKILL');
  await sleep(4000);
  const figures = writers.takeFigures();
  await writers.stop();
  const { lost, double } = await writers.count();
  report('kill -9 of one of two behind nginx', {
    figures,
    nginx: countEach(nginx.complaints()),
    'acknowledged writes lost': lost,
    'presets there twice': double,
  });
  expect([lost, double]).toEqual([0, 0]);
  expect(figures.acknowledged).toBeGreaterThan(50);
  expect(figures.longestGapMs).toBeLessThan(1000);
  const failed = Object.values(figures.odd).reduce((sum, count) => sum + count, 0);
  expect(Object.keys(figures.odd).filter((answer) => answer !== '502 ')).toEqual([]);
  expect(failed).toBeLessThanOrEqual(20); // of twenty people what was running at that moment: nginx does not send a form twice
});

async function startAll(): Promise<void> {
  const [first = 0, second = 0] = ports;
  apps = [await startApp(first), await startApp(second)];
  nginx = await startNginx(ports);
}

async function startApp(port: number): Promise<RunningApp> {
  const app = await runApp({
    ...variables,
    PORT: String(port),
    DATABASE_URL: `postgres:///postgres?user=postgres&host=${postgres.connection.host}`,
    PUBLIC_URL: `https://${documentedHost}`,
    TRUST_PROXY: '1',
    DRAIN_MS: '1000',
    BCRYPT_COST: '4',
    LOG_LEVEL: 'silent',
  });
  expect(app.url).not.toBe('');
  return app;
}

function countEach(lines: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of lines) counts[line] = (counts[line] ?? 0) + 1;
  return counts;
}
