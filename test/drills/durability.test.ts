/** Rows are written while the program is killed again and again: each one that was acknowledged must be there afterwards. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPid } from '../../server/database/cluster.ts';
import { type Database, openDatabase } from '../../server/database/pool.ts';
import { createLog } from '../../server/log.ts';
import { type RunningApp, runApp, temporaryFolder } from '../server/runApp.ts';

const cycles = 6;
let dataDir: string;
let database: Database;

beforeAll(() => {
  dataDir = temporaryFolder();
  const host = path.join(dataDir, 'postgres');
  database = openDatabase({ host, user: 'postgres', database: 'postgres' }, createLog('silent'));
});

afterAll(async () => {
  await database.close();
  fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
});

test('no acknowledged write is lost and no transaction is torn by kill -9 of the program or of Postgres', async () => {
  const acknowledged: number[] = [];
  let next = 1;
  for (let cycle = 0; cycle < cycles; cycle++) {
    const app = await runApp({ DATA_DIR: dataDir });
    if (cycle === 0) await database.query('CREATE TABLE halves (id int, half int, PRIMARY KEY (id, half))');
    const writing = Array.from({ length: 4 }, async () => {
      for (let id = next++; await write(id); id = next++) acknowledged.push(id);
    });
    const before = acknowledged.length;
    await sleep(200 + 150 * cycle); // a different moment in each cycle
    await kill(app, cycle % 2 === 1);
    await Promise.all(writing);
    expect(acknowledged.length).toBeGreaterThan(before);
  }

  const app = await runApp({ DATA_DIR: dataDir });
  const [found] = await database.query('SELECT array_agg(DISTINCT id) AS ids FROM halves');
  const ids = new Set((found as { ids: number[] }).ids);
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  expect(await database.query('SELECT id FROM halves GROUP BY id HAVING count(*) <> 2')).toEqual([]);
  app.kill('SIGTERM');
  expect(await app.ended).toBe(0);
});

/** Two rows in one transaction; true only when Postgres has acknowledged it. */
async function write(id: number): Promise<boolean> {
  try {
    await database.inTransaction(async (query) => {
      await query('INSERT INTO halves (id, half) VALUES ($1, 1)', [id]);
      await query('INSERT INTO halves (id, half) VALUES ($1, 2)', [id]);
    });
    return true;
  } catch {
    return false; // killed: the writer stops here
  }
}

async function kill(app: RunningApp, withPostgres: boolean): Promise<void> {
  const postgres = readPid(path.join(dataDir, 'postgres/postmaster.pid'));
  app.kill('SIGKILL');
  if (withPostgres && postgres !== null) process.kill(postgres, 'SIGKILL');
  await app.ended;
}
