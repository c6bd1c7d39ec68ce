/** The database goes away under people who write without a pause: what was acknowledged is there, and everybody gets an answer. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPid } from '../../server/database/cluster.ts';
import { type EmbeddedPostgres, startEmbedded } from '../../server/database/embedded.ts';
import { type Database, openDatabase } from '../../server/database/pool.ts';
import { createLog } from '../../server/log.ts';
import { testSecretVariables } from '../server/appParts.ts';
import { type RunningApp, runApp, temporaryFolder, until } from '../server/runApp.ts';
import { report } from './report.ts';
import { startTcpProxy } from './tcpProxy.ts';
import { startWriters, type Writers, writerLimits } from './writers.ts';

const log = createLog('silent');
const settings = { ...writerLimits, ...testSecretVariables, BCRYPT_COST: '4', LOG_LEVEL: 'silent' };

let dataDir: string;
let postgres: EmbeddedPostgres | null = null;
let app: RunningApp;
let database: Database;
let writers: Writers;

beforeEach(() => {
  dataDir = temporaryFolder();
});

afterEach(async () => {
  await database.close();
  app.kill('SIGTERM');
  expect(await app.ended).toBe(0);
  expect(app.output().stderr).toBe('');
  await postgres?.stop();
  postgres = null;
  fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
});

test('Postgres stopped for five seconds: 503 at once, back by itself, nothing lost', async () => {
  const own = await startOwnPostgres();
  await startApp({ DATABASE_URL: urlOf(own) });
  await writeFor(2000);
  await own.stop();
  const down = await writeFor(5000);
  postgres = await startEmbedded({ dataDir, log });
  const back = await writeUntilAcknowledged();
  await finish('Postgres stopped 5 s', { down, back });
  expect(down.acknowledged).toBe(0);
  expect(down.refused).toBeGreaterThan(100);
  expect([down.odd, back.odd]).toEqual([{}, {}]);
  expect(down.broken).toBe(0);
  expect(down.slowestMs).toBeLessThan(2500);
  expect(back.longestGapMs).toBeLessThan(5000 + 5000);
});

test('kill -9 of all of Postgres: the program starts it again, and nothing is lost', async () => {
  await startApp({ DATA_DIR: dataDir });
  await writeFor(2000);
  process.kill(readPid(path.join(dataDir, 'postgres/postmaster.pid')) ?? 0, 'SIGKILL');
  const down = await writeFor(6000);
  await until('ready again', async () => (await fetch(`${app.url}/readyz`)).status === 200, 20_000);
  const back = await writeFor(2000);
  await finish('kill -9 of Postgres', { down, back });
  expect([down.odd, back.odd]).toEqual([{}, {}]);
  expect(down.broken).toBe(0);
  expect(back.acknowledged).toBeGreaterThan(50);
  expect(back.refused).toBe(0);
});

test('kill -9 of one connection’s process: a moment of 503, nothing lost', async () => {
  await startApp({ DATA_DIR: dataDir });
  await writeFor(2000);
  const rows = await database.query(
    `SELECT pid FROM pg_stat_activity WHERE application_name = 'all-img-fit' AND pid <> pg_backend_pid() LIMIT 1`,
  );
  process.kill((rows[0] as { pid: number }).pid, 'SIGKILL');
  const hit = await writeFor(4000);
  await finish('kill -9 of one backend', { hit });
  expect(hit.odd).toEqual({});
  expect(hit.broken).toBe(0);
  expect(hit.acknowledged).toBeGreaterThan(50);
  expect(hit.longestGapMs).toBeLessThan(3000);
});

test('all connections taken by somebody else: 503 within the limits, and back as soon as they are free', async () => {
  await startApp({ DATA_DIR: dataDir });
  await writeFor(1000);
  const hogs = Array.from({ length: 3 }, () => openDatabase(connection(), log));
  const held: Promise<unknown>[] = [];
  await database.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'all-img-fit' AND pid <> pg_backend_pid()`,
  );
  for (const hog of hogs)
    for (let i = 0; i < 10; i++) held.push(hog.query('SELECT pg_sleep(2.8)').catch(() => {}));
  const taken = await writeFor(2500);
  await Promise.all(held);
  for (const hog of hogs) await hog.close();
  const back = await writeUntilAcknowledged();
  await finish('connections exhausted', { taken, back });
  expect([taken.odd, back.odd]).toEqual([{}, {}]);
  expect(taken.broken + back.broken).toBe(0);
  expect(taken.slowestMs).toBeLessThan(5000);
});

test('the network to Postgres goes silent for six seconds: 503 within the limits, then all is well', async () => {
  const own = await startOwnPostgres();
  const proxy = await startTcpProxy({ path: path.join(own.connection.host, '.s.PGSQL.5432') });
  await startApp({ DATABASE_URL: `postgres://postgres@127.0.0.1:${proxy.port}/postgres` });
  await writeFor(2000);
  proxy.isSilent = true;
  const health = Array.from({ length: 20 }, async (_, i) => {
    await sleep(i * 250);
    return timeOf('/healthz', 200);
  });
  const silent = await writeFor(6000);
  const slowestHealthMs = Math.max(...(await Promise.all(health)));
  expect((await fetch(`${app.url}/readyz`)).status).toBe(503);
  proxy.isSilent = false;
  const back = await writeUntilAcknowledged();
  await finish('black hole of 6 s', { silent, back, slowestHealthMs });
  await proxy.stop();
  expect([silent.odd, back.odd]).toEqual([{}, {}]);
  expect(silent.broken + back.broken).toBe(0);
  expect(silent.slowestMs).toBeLessThan(6500); // a running query: 4 s; then a new connection: 2 s
  expect(slowestHealthMs).toBeLessThan(200);
  expect(back.longestGapMs).toBeLessThan(6000 + 5000);
});

test('Postgres 250 ms away: slow, and nothing fails', async () => {
  const own = await startOwnPostgres();
  const proxy = await startTcpProxy({ path: path.join(own.connection.host, '.s.PGSQL.5432') });
  // Making a preset asks eight times, one after the other: more people would wait for the ten connections.
  await startApp({ DATABASE_URL: `postgres://postgres@127.0.0.1:${proxy.port}/postgres` }, { makers: 2 });
  proxy.delayMs = 125;
  const accountMs = await timeOf('/sign-in', 200);
  const homeMs = await timeOf('/', 200);
  const slow = await writeFor(8000);
  await finish('database 250 ms away', { slow, accountMs, homeMs });
  proxy.delayMs = 0;
  await proxy.stop();
  expect(slow.odd).toEqual({});
  expect(slow.broken + slow.refused).toBe(0);
  expect(homeMs).toBeLessThan(150);
});

test('without Postgres the pages that need none answer 200, and account pages 503', async () => {
  const own = await startOwnPostgres();
  await startApp({ DATABASE_URL: urlOf(own) });
  await writers.stop();
  await own.stop();
  for (const page of ['/', '/generate', '/specs', '/privacy', '/terms', '/credits', '/healthz']) {
    expect([page, (await fetch(app.url + page)).status]).toEqual([page, 200]);
  }
  expect((await fetch(`${app.url}/nowhere`)).status).toBe(404);
  for (const page of ['/register', '/sign-in']) {
    const answer = await fetch(app.url + page);
    expect([page, answer.status, answer.headers.get('retry-after')]).toEqual([page, 503, '5']);
  }
  expect((await fetch(`${app.url}/account`, { redirect: 'manual' })).status).toBe(303); // a stranger needs no database
  expect((await fetch(`${app.url}/readyz`)).status).toBe(503);
});

async function startOwnPostgres(): Promise<EmbeddedPostgres> {
  postgres = await startEmbedded({ dataDir, log });
  return postgres;
}

async function startApp(environment: Record<string, string>, crowd = {}): Promise<void> {
  app = await runApp({ ...settings, ...environment });
  expect(app.url).not.toBe('');
  database = openDatabase(connection(), log);
  writers = await startWriters(app.url, database, crowd);
}

function connection() {
  return { host: path.join(dataDir, 'postgres'), user: 'postgres', database: 'postgres' };
}

function urlOf({ connection: { host } }: EmbeddedPostgres): string {
  return `postgres:///postgres?user=postgres&host=${host}`;
}

async function writeFor(ms: number) {
  writers.takeFigures();
  await sleep(ms);
  return writers.takeFigures();
}

/** Figures until the first acknowledged write; its gap counts from the last one before. */
async function writeUntilAcknowledged() {
  let figures = await writeFor(100);
  for (let i = 0; figures.acknowledged === 0 && i < 200; i++) figures = await writeFor(100);
  await sleep(500);
  expect(figures.acknowledged).toBeGreaterThan(0);
  return figures;
}

async function timeOf(address: string, status: number): Promise<number> {
  const startedAt = performance.now();
  expect((await fetch(app.url + address)).status).toBe(status);
  return Math.round(performance.now() - startedAt);
}

async function finish(name: string, figures: Record<string, unknown>): Promise<void> {
  await writers.stop();
  const { lost, double } = await writers.count();
  report(name, { ...figures, 'acknowledged writes lost': lost, 'presets there twice': double });
  expect([lost, double]).toEqual([0, 0]);
}
