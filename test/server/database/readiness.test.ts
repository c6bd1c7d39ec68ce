import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../server/database/pool.ts';
import { createReadinessCheck } from '../../../server/database/readiness.ts';
import { createLog } from '../../../server/log.ts';
import { createTestDatabase, type TestDatabase } from '../testDatabase.ts';

let own: TestDatabase;

beforeEach(async () => {
  own = await createTestDatabase();
});

afterEach(() => own.drop());

test('a migrated database is ready, and the check has written', async () => {
  await own.database.query(`UPDATE readiness SET checked_at = '2000-01-01'`);
  expect(await createReadinessCheck(own.database, '0001_readiness.sql')()).toBe('ready');
  const recent = `SELECT 1 FROM readiness WHERE checked_at > now() - interval '1 minute'`;
  expect(await own.database.query(recent)).toHaveLength(1);
});

test('a second check right after the first one only reads', async () => {
  const check = createReadinessCheck(own.database, '0001_readiness.sql');
  await check();
  await own.database.query(`UPDATE readiness SET checked_at = '2000-01-01'`);
  await check();
  expect(await own.database.query(`SELECT 1 FROM readiness WHERE checked_at = '2000-01-01'`)).toHaveLength(1);
});

test('a database without our newest migration has the wrong schema', async () => {
  expect(await createReadinessCheck(own.database, '9999_future.sql')()).toBe('schema');
});

test('a database that was never migrated has the wrong schema', async () => {
  const empty = await createTestDatabase({ isEmpty: true });
  expect(await createReadinessCheck(empty.database, '0001_readiness.sql')()).toBe('schema');
  await empty.drop();
});

test('a database further than this version is ready: the old version goes on during an upgrade', async () => {
  await own.database.query(`INSERT INTO migrations (name, checksum) VALUES ('9999_future.sql', 'x')`);
  expect(await createReadinessCheck(own.database, '0001_readiness.sql')()).toBe('ready');
});

test('no server at all is a database that does not answer', async () => {
  const nowhere = openDatabase({ connectionString: 'postgres://127.0.0.1:1/none' }, createLog('silent'));
  expect(await createReadinessCheck(nowhere, '0001_readiness.sql')()).toBe('database');
  await nowhere.close();
});
