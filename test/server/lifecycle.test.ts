/** Starting and stopping the whole program with its embedded Postgres, by every way a machine has. */
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive, readPid } from '../../server/database/cluster.ts';
import { type LaunchedApp, launchApp, type RunningApp, runApp, temporaryFolder, until } from './runApp.ts';

let dataDir: string;
const started: LaunchedApp[] = [];

beforeEach(() => {
  dataDir = temporaryFolder();
});

afterEach(async () => {
  for (const app of started.splice(0)) {
    if (isAlive(app.pid)) app.kill('SIGKILL');
    await app.ended;
  }
  await until('Postgres is gone', () => !isPostgresRunning());
  fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
});

test.each([
  ['SIGTERM', { toGroup: false }],
  ['SIGINT', { toGroup: true }],
] as const)('%s ends the program and its Postgres, cleanly and with exit code 0', async (signal, target) => {
  const app = await start();
  expect(isPostgresRunning()).toBe(true);
  app.kill(signal, target);
  expect(await app.ended).toBe(0);
  expect(isPostgresRunning()).toBe(false);
  expect(fs.existsSync(path.join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
  expect(app.output().stderr).toBe('');
});

test('while it drains, pages answer, /readyz says stopping, and every answer closes its connection', async () => {
  const app = await start({ DRAIN_MS: '1500' });
  app.kill('SIGTERM');
  await until('it says that it stops', async () => (await fetch(`${app.url}/readyz`)).status === 503);
  expect(await (await fetch(`${app.url}/readyz`)).text()).toBe('stopping\n');
  const page = await fetch(`${app.url}/generate`);
  expect(page.status).toBe(200);
  expect(page.headers.get('connection')).toBe('close');
  expect(await app.ended).toBe(0);
});

test('kill -9 of the program ends its Postgres, and the next start works', async () => {
  const app = await start();
  app.kill('SIGKILL');
  await app.ended;
  await until('Postgres has ended by itself', () => !isPostgresRunning());
  const again = await start();
  expect(await status(again, '/readyz')).toBe(200);
});

test('a first start that is killed at any moment leaves nothing that stops the next one', async () => {
  for (const ms of [60, 150, 240, 330, 500]) {
    const app = launch();
    await sleep(ms);
    app.kill('SIGKILL');
    await app.ended;
  }
  const app = await start();
  expect(app.output().stderr).toBe('');
  expect(await status(app, '/readyz')).toBe(200);
  expect(fs.readdirSync(dataDir).sort()).toEqual(['app.pid', 'postgres', 'secrets.json']);
});

test('SIGTERM during a first start ends it quietly, with nothing left running', async () => {
  const app = launch();
  await until('the work on the data directory has begun', () => fs.readdirSync(dataDir).length > 0);
  app.kill('SIGTERM');
  expect(await app.ended).toBe(0);
  expect(app.output()).toEqual({ stdout: '', stderr: '' });
});

test('a second start on the same data directory is refused in one sentence, and the first one goes on', async () => {
  const app = await start();
  const second = await start();
  expect(await second.ended).toBe(1);
  expect(second.output()).toEqual({
    stdout: '',
    stderr: `The data directory ${dataDir} is in use by process ${app.pid}.\n`,
  });
  expect(await status(app, '/readyz')).toBe(200);
});

test('of two first starts at once on one new directory exactly one wins, and the other says why', async () => {
  const apps = await Promise.all([start(), start()]);
  const [winner] = apps.filter(({ url }) => url !== '');
  const [loser] = apps.filter(({ url }) => url === '');
  expect(await loser?.ended).toBe(1);
  expect(loser?.output().stderr).toMatch(/^The data directory .* is in use by process \d+\.\n$/);
  expect(winner && (await status(winner, '/readyz'))).toBe(200);
});

test('a busy port is refused in one sentence and leaves no Postgres behind', async () => {
  const other = net.createServer().listen(0, '127.0.0.1');
  await until('the port is taken', () => other.listening);
  const { port } = other.address() as net.AddressInfo;
  const app = await start({ PORT: String(port) });
  expect(await app.ended).toBe(1);
  expect(app.output()).toEqual({
    stdout: '',
    stderr: `Port ${port} on 127.0.0.1 can't be used: another program already uses it.\n`,
  });
  expect(isPostgresRunning()).toBe(false);
  other.close();
});

test('a data directory that can not be made is refused in one sentence', async () => {
  fs.writeFileSync(path.join(dataDir, 'file'), '');
  const app = await start({ DATA_DIR: path.join(dataDir, 'file/data') });
  expect(await app.ended).toBe(1);
  expect(app.output().stderr).toMatch(/^The data directory \S+ can't be written: [^\n]+\.\n$/);
});

test('a directory of another Postgres version is refused in one sentence and left alone', async () => {
  fs.mkdirSync(path.join(dataDir, 'postgres'), { mode: 0o700 });
  fs.writeFileSync(path.join(dataDir, 'postgres/PG_VERSION'), '15\n');
  const app = await start();
  expect(await app.ended).toBe(1);
  expect(app.output().stderr).toMatch(/was made by Postgres 15, and this program brings 17\.\n$/);
  expect(fs.readdirSync(path.join(dataDir, 'postgres'))).toEqual(['PG_VERSION']);
});

test('a database that does not answer is refused in one sentence', async () => {
  const app = await start({ DATABASE_URL: 'postgres://alice:canary-secret@127.0.0.1:1/fit' });
  expect(await app.ended).toBe(1);
  expect(app.output()).toEqual({
    stdout: '',
    stderr: `The database can't be reached: connection refused.\n`,
  });
});

test('bad configuration is refused before anything is touched', async () => {
  const app = await start({ PORT: 'x', LOG_LEVEL: 'y' });
  expect(await app.ended).toBe(1);
  expect(app.output().stderr).toMatch(/PORT must .*\n.*LOG_LEVEL must /);
  expect(fs.readdirSync(dataDir)).toEqual([]);
});

test.each([
  ['a path too long for a socket', `${'deep'.repeat(25)}/data`],
  ['spaces, commas and quotes in its path', `it's "mine", all of it`],
])('a data directory with %s works', async (_case, name) => {
  const app = await start({ DATA_DIR: path.join(dataDir, name) });
  expect(await status(app, '/readyz')).toBe(200);
  app.kill('SIGTERM');
  expect(await app.ended).toBe(0);
});

async function start(environment: Record<string, string> = {}): Promise<RunningApp> {
  const app = await runApp({ DATA_DIR: dataDir, ...environment });
  started.push(app);
  return app;
}

function launch(): LaunchedApp {
  const app = launchApp({ DATA_DIR: dataDir });
  started.push(app);
  return app;
}

async function status(app: RunningApp, address: string): Promise<number> {
  return (await fetch(app.url + address)).status;
}

/** By the process that last ran on this directory. */
let lastPid = 0;
function isPostgresRunning(): boolean {
  lastPid = readPid(path.join(dataDir, 'postgres/postmaster.pid')) ?? lastPid;
  return lastPid > 0 && isAlive(lastPid);
}
