/** What the account page shows, keeps and exports. Every query takes the owner first. */
import { z } from 'zod';
import type { Query } from '../database/pool.ts';
import { type Preferences, parsePreferences } from './preferences.shared.ts';

export interface AccountRow {
  email: string;
  createdAt: Date;
  passwordChangedAt: Date;
  preferences: Preferences;
  /** null: never saved. */
  preferencesChangedAt: Date | null;
  /** For how many milliseconds they have been what they are, by the clock of the database; null: never saved. */
  preferencesAge: number | null;
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
  preferencesChangedAt: z.nullable(z.date()),
  preferencesAge: z.nullable(z.number()),
});

/** Whole milliseconds as a float, and never negative: the clock of the database may have been set back. */
const preferencesAge = `CASE WHEN preferences_changed_at IS NOT NULL THEN
  greatest(0, trunc(extract(epoch FROM now() - preferences_changed_at) * 1000))::float8 END AS "preferencesAge"`;

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
    `SELECT email, created_at AS "createdAt", password_changed_at AS "passwordChangedAt", preferences,
       preferences_changed_at AS "preferencesChangedAt", ${preferencesAge}
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

export type KeptPreferences = Pick<AccountRow, 'preferences' | 'preferencesAge'>;

/**
 * Keeps the preferences unless those that are there were changed later.
 * @param age milliseconds since they were changed, 0 or more; null: they count in any case, as changed now
 * @returns what counts afterwards; null when the account has gone
 */
export async function savePreferences(
  query: Query,
  ownerId: string,
  { preferences, age }: { preferences: Preferences; age: number | null },
): Promise<KeptPreferences | null> {
  const saved = await query(
    `UPDATE users SET preferences = $2, preferences_changed_at = ${changedAt} WHERE id = $1 AND
       ($3::float8 IS NULL OR preferences_changed_at IS NULL OR preferences_changed_at < ${changedAt})
     RETURNING preferences, ${preferencesAge}`,
    [ownerId, JSON.stringify(preferences), age],
  );
  if (saved.length > 0) return keptShape.parse(saved)[0] ?? null;
  const newer = await query(`SELECT preferences, ${preferencesAge} FROM users WHERE id = $1`, [ownerId]);
  return keptShape.parse(newer)[0] ?? null;
}

const changedAt = `now() - coalesce($3::float8, 0) * interval '1 millisecond'`;
const keptShape = z.array(accountShape.pick({ preferences: true, preferencesAge: true }));

/** A preset or a custom size as it stands in its table. */
export interface KeptThing {
  id: string;
  name: string;
  content: unknown;
  version: number;
  createdAt: Date;
  changedAt: Date;
  /** null: not deleted. What was deleted can be brought back for a while, so it is still there. */
  deletedAt: Date | null;
}

/** All of one kind, for the export: as they are stored, also what no page can show any more. */
export async function listStored(
  query: Query,
  ownerId: string,
  table: 'presets' | 'custom_sizes',
): Promise<KeptThing[]> {
  const rows = await query(
    `SELECT id, name, content, version, created_at AS "createdAt", changed_at AS "changedAt",
       deleted_at AS "deletedAt"
     FROM ${table} WHERE user_id = $1 ORDER BY created_at, id`,
    [ownerId],
  );
  return z.array(keptThingShape).parse(rows);
}

const keptThingShape = z.object({
  id: z.string(),
  name: z.string(),
  content: z.unknown(),
  version: z.number(),
  createdAt: z.date(),
  changedAt: z.date(),
  deletedAt: z.nullable(z.date()),
});
