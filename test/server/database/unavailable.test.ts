import { expect, test } from 'vitest';
import { openDatabase } from '../../../server/database/pool.ts';
import { isUnavailable } from '../../../server/database/unavailable.ts';
import { createLog } from '../../../server/log.ts';
import { createTestDatabase } from '../testDatabase.ts';

const log = createLog('silent');

test.each([
  ['a port where nobody listens', { connectionString: 'postgres://x@127.0.0.1:1/x' }],
  ['a socket that is not there', { host: '/nonexistent', user: 'x', database: 'x' }],
  ['a host that does not exist', { connectionString: 'postgres://x@nowhere.invalid/x' }],
  ['a name with several addresses that all refuse', { connectionString: 'postgres://x@localhost:1/x' }],
])('%s is a database that is not there', async (_what, connection) => {
  const database = openDatabase(connection, log);
  const error = await database.query('SELECT 1').catch((reason: unknown) => reason);
  expect(isUnavailable(error)).toBe(true);
  await database.close();
});

test('a connection that is cut, a statement that takes too long and a closed pool are too; our own mistakes are not', async () => {
  const { database, drop } = await createTestDatabase();
  const errorOf = (text: string) => database.query(text).catch((reason: unknown) => reason);
  expect(isUnavailable(await errorOf('SELECT pg_terminate_backend(pg_backend_pid())'))).toBe(true);
  expect(isUnavailable(await errorOf('SELECT pg_sleep(3.5)'))).toBe(true);
  expect(isUnavailable(await errorOf('SELECT nonsense'))).toBe(false);
  expect(isUnavailable(await errorOf("SELECT 'x'::int"))).toBe(false);
  expect(isUnavailable(new TypeError('x is not a function'))).toBe(false);
  expect(isUnavailable(Object.assign(new Error('open'), { code: 'ENOENT', syscall: 'open' }))).toBe(false);
  expect(isUnavailable('text')).toBe(false);
  await drop();
  expect(isUnavailable(await errorOf('SELECT 1'))).toBe(true);
});
