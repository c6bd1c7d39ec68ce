/** What the account page shows and keeps: dates, preferences and sessions. Every query takes the owner first. */
import { z } from 'zod';
import type { Query } from '../database/pool.ts';
import { type Preferences, parsePreferences } from './preferences.ts';

export interface AccountRow {
  email: string;
  createdAt: Date;
  passwordChangedAt: Date;
  preferences: Preferences;
}

export interface SessionRow {
  /** What a page may name it by; the id itself never leaves the server but in its cookie. */
  publicId: string;
  /** Coarse words: `Firefox on Linux`. */
  device: string;
  createdAt: Date;
  lastSeen: Date;
  expires: Date;
  isThis: boolean;
}

const accountShape = z.object({
  email: z.string(),
  createdAt: z.date(),
  passwordChangedAt: z.date(),
  preferences: z.unknown().transform(parsePreferences),
});

const sessionShape = z.object({
  publicId: z.string(),
  device: z.string(),
  createdAt: z.date(),
  lastSeen: z.date(),
  expires: z.date(),
  isThis: z.boolean(),
});

export async function selectAccount(query: Query, ownerId: string): Promise<AccountRow | null> {
  const rows = await query(
    `SELECT email, created_at AS "createdAt", password_changed_at AS "passwordChangedAt", preferences
     FROM users WHERE id = $1`,
    [ownerId],
  );
  return z.array(accountShape).parse(rows)[0] ?? null;
}

/**
 * Those that are alive, this one first, then the one seen last.
 * @param limit at most so many; null: all
 */
export async function listSessions(
  query: Query,
  ownerId: string,
  { sid, limit }: { sid: string; limit: number | null },
): Promise<SessionRow[]> {
  const rows = await query(
    `SELECT public_id AS "publicId", device, created_at AS "createdAt", last_seen AS "lastSeen", expires,
       sid = $2 AS "isThis"
     FROM sessions WHERE user_id = $1 AND expires > now()
     ORDER BY sid = $2 DESC, last_seen DESC, public_id LIMIT $3`,
    [ownerId, sid, limit],
  );
  return z.array(sessionShape).parse(rows);
}

/** @returns false when the owner has no such session */
export async function endSession(query: Query, ownerId: string, publicId: string): Promise<boolean> {
  const rows = await query('DELETE FROM sessions WHERE user_id = $1 AND public_id = $2 RETURNING 1', [
    ownerId,
    publicId,
  ]);
  return rows.length > 0;
}

/**
 * All but the one with that id. The account is locked first, as wherever several of its sessions go at once.
 * @param query of a transaction
 */
export async function endOtherSessions(query: Query, ownerId: string, sid: string): Promise<void> {
  await query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [ownerId]);
  await query('DELETE FROM sessions WHERE user_id = $1 AND sid <> $2', [ownerId, sid]);
}

/** @returns false when the account has gone */
export async function savePreferences(
  query: Query,
  ownerId: string,
  preferences: Preferences,
): Promise<boolean> {
  const rows = await query('UPDATE users SET preferences = $2 WHERE id = $1 RETURNING id', [
    ownerId,
    JSON.stringify(preferences),
  ]);
  return rows.length > 0;
}
