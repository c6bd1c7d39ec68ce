/** Statements that a connection has read and planned once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testDatabase.ts';

let own: TestDatabase;

beforeAll(async () => {
  own = await createTestDatabase();
});

afterAll(async () => own.drop());

const email = 'plan@example.org';
const find = 'SELECT email FROM users WHERE email_key = $1';

test('a statement is read once per connection, whatever its values are', async () => {
  const names = await own.database.inTransaction(async (query) => {
    await query(find, [email]);
    await query(find, ['other@example.org']);
    return query('SELECT statement FROM pg_prepared_statements WHERE statement = $1', [find]);
  });
  expect(names).toEqual([{ statement: find }]);
});

test('a migration that adds a column while a connection has the plan does not disturb it', async () => {
  await own.database.inTransaction(async (query) => {
    await query(
      'INSERT INTO users (email, email_key, password_hash, pepper_version) VALUES ($1, $1, $2, $3)',
      [email, 'a hash that no password has', 1],
    );
    expect(await query(find, [email])).toEqual([{ email }]);
    await query('ALTER TABLE users ADD COLUMN later text');
    expect(await query(find, [email])).toEqual([{ email }]);
  });
});
