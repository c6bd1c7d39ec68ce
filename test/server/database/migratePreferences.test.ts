/** What the migration for presets makes of accounts that were there before. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate, readMigrations } from '../../../server/database/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../testDatabase.ts';

let empty: TestDatabase;

beforeEach(async () => {
  empty = await createTestDatabase({ isEmpty: true });
});

afterEach(() => empty.drop());

test('preferences that were saved before it was noted when count as saved; others do not', async () => {
  const all = readMigrations('migrations');
  await migrate(
    empty.connection,
    all.filter(({ name }) => name < '0003'),
  );
  for (const [email, preferences] of [
    ['saved@example.com', '{"quality": 40}'],
    ['untouched@example.com', '{}'],
  ]) {
    await empty.database.query(
      `INSERT INTO users (email, email_key, password_hash, pepper_version, preferences)
       VALUES ($1, $1, $2, 1, $3)`,
      [email, 'x'.repeat(60), preferences],
    );
  }
  await migrate(empty.connection, all);
  const rows = await empty.database.query(
    `SELECT email, preferences_changed_at > now() - interval '1 minute' AS "isSaved" FROM users ORDER BY email`,
  );
  expect(rows).toEqual([
    { email: 'saved@example.com', isSaved: true },
    { email: 'untouched@example.com', isSaved: null },
  ]);
});
