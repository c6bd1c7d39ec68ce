/** The table of accounts. */
import { z } from 'zod';
import type { Database, Query } from '../database/pool.ts';
import { codeOf } from '../startError.ts';
import type { StoredPassword } from './password.ts';

/** What signing in needs to know of an account. */
export interface Login {
  id: string;
  email: string;
  emailKey: string;
  stored: StoredPassword;
  /** As text with microseconds, for `Sessions.start`. */
  passwordChangedAt: string;
}

const loginColumns = `id, email, email_key AS "emailKey", password_hash AS hash, pepper_version AS "pepperVersion",
  password_changed_at::text AS "passwordChangedAt"`;

const loginShape = z
  .object({
    id: z.string(),
    email: z.string(),
    emailKey: z.string(),
    hash: z.string(),
    pepperVersion: z.number(),
    passwordChangedAt: z.string(),
  })
  .transform(({ hash, pepperVersion, ...rest }): Login => ({ ...rest, stored: { hash, pepperVersion } }));

/** Makes an account. null: somebody has the address already. */
export async function insertUser(
  query: Query,
  { email, emailKey, stored }: Pick<Login, 'email' | 'emailKey' | 'stored'>,
): Promise<Login | null> {
  const rows = await query(
    `INSERT INTO users (email, email_key, password_hash, pepper_version) VALUES ($1, $2, $3, $4)
     ON CONFLICT (email_key) DO NOTHING RETURNING ${loginColumns}`,
    [email, emailKey, stored.hash, stored.pepperVersion],
  );
  return firstLogin(rows);
}

export async function findLogin(query: Query, emailKey: string): Promise<Login | null> {
  return firstLogin(await query(`SELECT ${loginColumns} FROM users WHERE email_key = $1`, [emailKey]));
}

export async function findLoginById(query: Query, id: string): Promise<Login | null> {
  return firstLogin(await query(`SELECT ${loginColumns} FROM users WHERE id = $1`, [id]));
}

function firstLogin(rows: unknown[]): Login | null {
  return z.array(loginShape).parse(rows)[0] ?? null;
}

/** The same password with today's cost and pepper, unless it was changed meanwhile. Not a change: sessions stay. */
export async function replaceHash(query: Query, login: Login, stored: StoredPassword): Promise<void> {
  await query(
    'UPDATE users SET password_hash = $3, pepper_version = $4 WHERE id = $1 AND password_hash = $2',
    [login.id, login.stored.hash, stored.hash, stored.pepperVersion],
  );
}

/**
 * Sets another password and ends all sessions but one, in one transaction.
 * @returns false when the password is no longer the one that was checked, or the account has gone
 */
export function changePassword(
  database: Database,
  { login, stored, keepSid }: { login: Login; stored: StoredPassword; keepSid: string },
): Promise<boolean> {
  return database.inTransaction(async (query) => {
    const changed = await query(
      `UPDATE users SET password_hash = $3, pepper_version = $4, password_changed_at = now()
       WHERE id = $1 AND password_hash = $2 RETURNING id`,
      [login.id, login.stored.hash, stored.hash, stored.pepperVersion],
    );
    if (changed.length === 0) return false;
    await query('DELETE FROM sessions WHERE user_id = $1 AND sid <> $2', [login.id, keepSid]);
    return true;
  });
}

export async function changeEmail(
  query: Query,
  id: string,
  { email, emailKey }: Pick<Login, 'email' | 'emailKey'>,
): Promise<'changed' | 'taken' | 'gone'> {
  try {
    const rows = await query('UPDATE users SET email = $2, email_key = $3 WHERE id = $1 RETURNING id', [
      id,
      email,
      emailKey,
    ]);
    return rows.length > 0 ? 'changed' : 'gone';
  } catch (error) {
    if (codeOf(error) === uniqueViolation) return 'taken';
    throw error;
  }
}

/** https://www.postgresql.org/docs/17/errcodes-appendix.html */
const uniqueViolation = '23505';

/** Everything of the account goes with it: every table that names it does so with ON DELETE CASCADE. */
export async function deleteUser(query: Query, id: string): Promise<void> {
  await query('DELETE FROM users WHERE id = $1', [id]);
}
