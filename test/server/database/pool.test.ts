import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../server/database/pool.ts';
import { createLog } from '../../../server/log.ts';
import { until } from '../runApp.ts';
import { createTestDatabase, type TestDatabase } from '../testDatabase.ts';

let own: TestDatabase;

beforeEach(async () => {
  own = await createTestDatabase();
  await own.database.query('CREATE TABLE shelves (id int PRIMARY KEY)');
});

afterEach(() => own.drop());

test('work that throws leaves nothing behind, and its error comes back', async () => {
  const work = own.database.inTransaction(async (query) => {
    await query('INSERT INTO shelves (id) VALUES (1)');
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  expect(await own.database.query('SELECT id FROM shelves')).toEqual([]);
});

test('work that returns is committed as a whole', async () => {
  const result = await own.database.inTransaction(async (query) => {
    await query('INSERT INTO shelves (id) VALUES ($1)', [1]);
    await query('INSERT INTO shelves (id) VALUES ($1)', [2]);
    return 'done';
  });
  expect(result).toBe('done');
  expect(await own.database.query('SELECT id FROM shelves ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
});

test('a statement that runs too long is stopped by the server, and the pool goes on', async () => {
  await expect(own.database.query('SELECT pg_sleep(10)')).rejects.toMatchObject({ code: '57014' }); // query_canceled
  expect(await own.database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('connections that the server ends, idle or in a transaction, are replaced at once', async () => {
  const other = openDatabase(own.connection, createLog('silent'));
  const work = own.database.inTransaction(async (query) => {
    await own.database.query('SELECT 1'); // a second connection, idle from now on
    await other.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
    );
    await query('INSERT INTO shelves (id) VALUES (1)');
  });
  await expect(work).rejects.toThrow();
  const rows = () => own.database.query('SELECT id FROM shelves').catch(() => null);
  await until('the pool has noticed', async () => (await rows()) !== null, 1000);
  expect(await rows()).toEqual([]);
  await other.close();
});

test('text in lower case knows letters beyond English', async () => {
  expect(await own.database.query(`SELECT lower('ÄÖ') AS text, 'ärger' ILIKE 'ÄRGER' AS is_same`)).toEqual([
    { text: 'äö', is_same: true },
  ]);
});
