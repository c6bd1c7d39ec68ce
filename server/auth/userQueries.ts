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

/** A session that is signed in, and the account as it was when its password was checked. */
export interface SignedIn {
  login: Login;
  sid: string;
}

/**
 * Does something that the password was asked for, in one transaction, while the password is still the one that was checked and
 * the session still alive: checking takes a while, and either may have ended meanwhile. The account is locked before its
 * sessions, here and wherever both are.
 * @returns what `act` returns, or null when it was not done
 */
export function actWhileSignedIn<Result>(
  database: Database,
  { login, sid }: SignedIn,
  act: (query: Query) => Promise<Result>,
): Promise<Result | null> {
  return database.inTransaction(async (query) => {
    const account = await query('SELECT 1 FROM users WHERE id = $1 AND password_hash = $2 FOR UPDATE', [
      login.id,
      login.stored.hash,
    ]);
    if (account.length === 0) return null;
    const session = await query(
      'SELECT 1 FROM sessions WHERE sid = $1 AND user_id = $2 AND expires > now() FOR UPDATE',
      [sid, login.id],
    );
    return session.length === 0 ? null : act(query);
  });
}

/**
 * Sets another password and ends all sessions but one.
 * @param query of a transaction: both are done, or neither
 * @returns false when the password is no longer the one that was checked, or the account has gone
 */
export async function changePassword(
  query: Query,
  { login, stored, keepSid }: { login: Login; stored: StoredPassword; keepSid: string },
): Promise<boolean> {
  const changed = await query(
    `UPDATE users SET password_hash = $3, pepper_version = $4, password_changed_at = now()
     WHERE id = $1 AND password_hash = $2 RETURNING id`,
    [login.id, login.stored.hash, stored.hash, stored.pepperVersion],
  );
  if (changed.length === 0) return false;
  await query('DELETE FROM sessions WHERE user_id = $1 AND sid <> $2', [login.id, keepSid]);
  return true;
}

/** `ended`: the account, its password or the session, before it was done. */
export async function changeEmail(
  database: Database,
  signedIn: SignedIn,
  { email, emailKey }: Pick<Login, 'email' | 'emailKey'>,
): Promise<'changed' | 'taken' | 'ended'> {
  try {
    const outcome = await actWhileSignedIn(database, signedIn, async (query) => {
      await query('UPDATE users SET email = $2, email_key = $3 WHERE id = $1', [
        signedIn.login.id,
        email,
        emailKey,
      ]);
      return 'changed' as const;
    });
    return outcome ?? 'ended';
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
