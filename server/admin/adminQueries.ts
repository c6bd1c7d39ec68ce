/** What the shell asks of the accounts. Nothing here is reached from the web. */
import { z } from 'zod';
import type { Query } from '../database/pool.ts';

export interface ListedAccount {
  email: string;
  /** ISO dates, UTC. */
  createdOn: string;
  /** null when there is no session. */
  lastSeenOn: string | null;
  sessions: number;
}

/** @param part of the e-mail, in any case; an empty one finds all. Oldest account first. */
export async function listAccounts(query: Query, part: string): Promise<ListedAccount[]> {
  const rows = await query(
    `SELECT users.email, to_char(users.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS created_on,
            to_char(max(sessions.last_seen) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS last_seen_on, count(sessions.sid)::int AS sessions
     FROM users LEFT JOIN sessions ON sessions.user_id = users.id AND sessions.expires > now()
     WHERE position(lower($1) IN lower(users.email)) > 0 OR $1 = ''
     GROUP BY users.id ORDER BY users.created_at, users.id`,
    [part],
  );
  return listedShape.parse(rows).map(({ created_on, last_seen_on, ...row }) => ({
    ...row,
    createdOn: created_on,
    lastSeenOn: last_seen_on,
  }));
}

const listedShape = z.array(
  z.object({
    email: z.string(),
    created_on: z.string(),
    last_seen_on: z.string().nullable(),
    sessions: z.number(),
  }),
);

/**
 * Locks each account before its sessions, as wherever several of them go at once.
 * @param ownerId null for everybody's
 */
export async function endSessions(query: Query, ownerId: string | null): Promise<number> {
  const rows = await query(
    `WITH owners AS (SELECT id FROM users WHERE id = $1 OR $1 IS NULL FOR UPDATE)
     DELETE FROM sessions USING owners WHERE user_id = owners.id RETURNING 1`,
    [ownerId],
  );
  return rows.length;
}
