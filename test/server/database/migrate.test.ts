import { fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate, readMigrations } from '../../../server/database/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../testDatabase.ts';
import { bundleForNode } from './bundleForNode.ts';

let empty: TestDatabase;
let folder: string;

beforeEach(async () => {
  empty = await createTestDatabase({ isEmpty: true });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'all-img-fit-migrations-'));
  write('0001_shelves.sql', 'CREATE TABLE shelves (id int PRIMARY KEY);');
  write('0002_books.sql', 'CREATE TABLE books (id int PRIMARY KEY, shelf int REFERENCES shelves);');
});

afterEach(async () => {
  await empty.drop();
  fs.rmSync(folder, { recursive: true });
});

test('applies the files in order, and nothing the second time', async () => {
  expect(await migrate(empty.connection, readMigrations(folder))).toEqual([
    '0001_shelves.sql',
    '0002_books.sql',
  ]);
  expect(await migrate(empty.connection, readMigrations(folder))).toEqual([]);
  expect(await tables()).toEqual(['books', 'migrations', 'shelves']);
});

test('four processes that start at once all succeed and each file is applied once', async () => {
  const bundle = await bundleForNode('test/server/database/migrateProcess.ts');
  const processes = Array.from({ length: 4 }, () =>
    fork(bundle, [JSON.stringify(empty.connection), path.resolve('migrations')], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    }),
  );
  const results = await Promise.all(
    processes.map(async (child) => {
      let errors = '';
      child.stderr?.on('data', (text) => {
        errors += text;
      });
      const applied = once(child, 'message').then(([names]) => names as string[]);
      const [code] = await once(child, 'exit');
      return { code, errors, applied: await applied };
    }),
  );
  expect(results.map(({ code, errors }) => ({ code, errors }))).toEqual(
    Array(4).fill({ code: 0, errors: '' }),
  );
  const all = readMigrations('migrations').map(({ name }) => name);
  expect(results.flatMap(({ applied }) => applied).sort()).toEqual(all);
});

test('refuses an applied file that was edited, by its name', async () => {
  await migrate(empty.connection, readMigrations(folder));
  write('0001_shelves.sql', 'CREATE TABLE shelves (id bigint PRIMARY KEY);');
  write('0003_late.sql', 'CREATE TABLE late (id int);');
  await expect(migrate(empty.connection, readMigrations(folder))).rejects.toThrow(
    /0001_shelves\.sql was edited/,
  );
  expect(await tables()).not.toContain('late');
});

test('does not take other line ends for an edit', async () => {
  write('0001_shelves.sql', 'CREATE TABLE shelves (\n  id int PRIMARY KEY\n);\n');
  await migrate(empty.connection, readMigrations(folder));
  write('0001_shelves.sql', 'CREATE TABLE shelves (\r\n  id int PRIMARY KEY\r\n);\r\n');
  expect(await migrate(empty.connection, readMigrations(folder))).toEqual([]);
});

test('a file that fails leaves nothing behind, and the ones before it stay', async () => {
  write('0002_books.sql', 'CREATE TABLE books (id int); INSERT INTO books VALUES (1); SELECT 1/0;');
  await expect(migrate(empty.connection, readMigrations(folder))).rejects.toThrow(
    /0002_books\.sql failed and left nothing behind: division by zero/,
  );
  expect(await tables()).toEqual(['migrations', 'shelves']);
  write('0002_books.sql', 'CREATE TABLE books (id int);');
  expect(await migrate(empty.connection, readMigrations(folder))).toEqual(['0002_books.sql']);
});

test('refuses a database that is newer than the program', async () => {
  const all = readMigrations(folder);
  await migrate(empty.connection, all);
  await expect(migrate(empty.connection, all.slice(0, 1))).rejects.toThrow(
    /0002_books\.sql, which this version does not know/,
  );
});

test('a migration does not wait for ever for a table that somebody holds', async () => {
  write('0001_shelves.sql', `CREATE TABLE limits AS SELECT current_setting('lock_timeout') AS lock_timeout;`);
  write('0002_books.sql', 'SELECT 1;');
  await migrate(empty.connection, readMigrations(folder));
  expect(await empty.database.query('SELECT lock_timeout FROM limits')).toEqual([{ lock_timeout: '5s' }]);
});

test.each([
  ['a name without a number', ['books.sql']],
  ['two files with one number', ['0001_a.sql', '0001_b.sql']],
])('refuses %s', (_case, names) => {
  fs.rmSync(path.join(folder, '0001_shelves.sql'));
  for (const name of names) write(name, 'SELECT 1;');
  expect(() => readMigrations(folder)).toThrow(names[0]?.slice(0, 4));
});

function write(name: string, sql: string): void {
  fs.writeFileSync(path.join(folder, name), sql);
}

async function tables(): Promise<unknown[]> {
  const rows = await empty.database.query(
    `SELECT array_agg(tablename::text ORDER BY tablename) AS names FROM pg_tables WHERE schemaname = 'public'`,
  );
  return (rows[0] as { names: unknown[] }).names;
}
