/** Postgres goes away under the running program, and comes back. */
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPid } from '../../server/database/cluster.ts';
import { type EmbeddedPostgres, startEmbedded } from '../../server/database/embedded.ts';
import { type Connection, openDatabase } from '../../server/database/pool.ts';
import { createLog } from '../../server/log.ts';
import { type RunningApp, runApp, temporaryFolder, until } from '../server/runApp.ts';

const publicPages = ['/', '/generate', '/specs', '/privacy', '/terms'];
let dataDir: string;
let app: RunningApp;
let postgres: EmbeddedPostgres | null = null;

beforeEach(() => {
  dataDir = temporaryFolder();
});

afterEach(async () => {
  app.kill('SIGTERM');
  expect(await app.ended).toBe(0);
  await postgres?.stop();
  postgres = null;
  fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
});

test('with Postgres stopped all public pages answer, /readyz says why not, and it recovers by itself', async () => {
  const log = createLog('silent');
  postgres = await startEmbedded({ dataDir, log, isDurable: false });
  app = await runApp({ DATABASE_URL: `postgres:///postgres?user=postgres&host=${postgres.connection.host}` });
  expect(await answer('/readyz')).toMatchObject({ status: 200, body: 'ready\n' });

  await postgres.stop();
  for (const page of publicPages) expect(await answer(page)).toMatchObject({ status: 200 });
  expect(await answer('/no-such-page')).toMatchObject({ status: 404 });
  expect(await answer('/healthz')).toMatchObject({ status: 200, body: 'ok\n' });
  const refused = await answer('/readyz');
  expect(refused).toMatchObject({ status: 503, body: 'database\n' });
  expect(refused.ms).toBeLessThan(1500);

  postgres = await startEmbedded({ dataDir, log, isDurable: false });
  await until('ready again', async () => (await answer('/readyz')).status === 200, 5000);
});

test('kill -9 of the embedded Postgres: the program stays up and starts it again', async () => {
  app = await runApp({ DATA_DIR: dataDir });
  const pidFile = path.join(dataDir, 'postgres/postmaster.pid');
  const first = readPid(pidFile);
  process.kill(first ?? 0, 'SIGKILL');
  for (const page of publicPages) expect(await answer(page)).toMatchObject({ status: 200 });
  await until('another Postgres runs', () => ![null, first].includes(readPid(pidFile)), 15_000);
  await until('ready again', async () => (await answer('/readyz')).status === 200, 15_000);
});

test('a database that hangs makes /readyz say so within a second and a half, while pages answer', async () => {
  app = await runApp({ DATA_DIR: dataDir });
  const database = openDatabase(ownConnection(), createLog('silent'));
  await database.inTransaction(async (query) => {
    await query('LOCK TABLE migrations');
    const refused = await answer('/readyz');
    expect(refused).toMatchObject({ status: 503, body: 'slow\n' });
    expect(refused.ms).toBeLessThan(1500);
    expect(await answer('/generate')).toMatchObject({ status: 200 });
  });
  await until('ready again', async () => (await answer('/readyz')).status === 200);
  await database.close();
});

test('a database that can only be read is not ready, and says so', async () => {
  app = await runApp({ DATA_DIR: dataDir });
  const database = openDatabase(ownConnection(), createLog('silent'));
  await database.query('ALTER DATABASE postgres SET default_transaction_read_only = on');
  // It counts for connections made from now on; the app has one already, from its first look for expired rows.
  await database.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()',
  );
  await database.close();
  await expect.poll(() => answer('/readyz')).toMatchObject({ status: 503, body: 'readonly\n' });
});

function ownConnection(): Connection {
  return { host: path.join(dataDir, 'postgres'), user: 'postgres', database: 'postgres' };
}

async function answer(address: string): Promise<{ status: number; body: string; ms: number }> {
  const startedAt = performance.now();
  const response = await fetch(app.url + address);
  return { status: response.status, body: await response.text(), ms: performance.now() - startedAt };
}
