/**
 * Sessions in Postgres. The only file that knows connect-pg-simple. A row is made by `create` alone: what is saved later only
 * updates, so that a session which somebody has ended can't be brought back by a request that was still running.
 */
import connectPgSimple from 'connect-pg-simple';
import session, { type SessionData } from 'express-session';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Database } from '../database/pool.ts';
import { isUnavailable } from '../database/unavailable.ts';
import type { Log } from '../log.ts';
import { HttpError } from './errors.ts';
import { deriveCsrfSecret, isFreshPreSessionId, isPreSessionId } from './sessionIds.ts';

export interface StoreSettings {
  database: Database;
  /** The newest SESSION_SECRET. */
  secret: string;
  idleHours: number;
  maxDays: number;
  log: Log;
}

/** Who signs in. */
export interface SessionOwner {
  id: string;
  /** `password_changed_at::text` of the row whose password was checked. */
  passwordChangedAt: string;
}

/** No account needs more, and the account page lists them all. */
export const sessionsPerAccount = 100;

type Callback<Value> = (error: unknown, value?: Value) => void;

const PgStore = connectPgSimple(session);

/** After $1 = idle hours and $2 = days at most, by the database's clock; the columns are those of the row itself. */
const newExpiry = 'least(now() + make_interval(hours => $1), created_at + make_interval(days => $2))';

export class SessionStore extends PgStore {
  readonly #settings: StoreSettings;

  constructor(settings: StoreSettings) {
    super({
      pool: asPool(settings.database),
      tableName: 'sessions',
      createTableIfMissing: false,
      pruneSessionInterval: false,
    });
    this.#settings = settings;
  }

  override get(sid: string, callback: Callback<SessionData | null>): void {
    this.#read(sid).then(
      (found) => callback(null, found),
      // express-session takes ENOENT (the socket of a Postgres that is down) for "no such session", and would sign people out.
      (error) => callback(new HttpError(isUnavailable(error) ? 503 : 500, '', { cause: error })),
    );
  }

  /** What express-session saves by itself at the end of an answer. Who it is stands in a column: mostly nothing is left. */
  override set(sid: string, data: SessionData, callback: Callback<never> = () => {}): void {
    const { cookie: _cookie, _csrfSecret, userId: _userId, ...kept } = data;
    if (isPreSessionId(sid) || Object.keys(kept).length === 0) {
      callback(null);
      return;
    }
    this.#settings.database
      .query('UPDATE sessions SET sess = $2 WHERE sid = $1 AND expires > now()', [sid, JSON.stringify(kept)])
      .then(
        () => callback(null),
        (error) => callback(error),
      );
  }

  override destroy(sid: string, callback: Callback<never> = () => {}): void {
    if (isPreSessionId(sid)) callback(null);
    else super.destroy(sid, callback);
  }

  /** Nothing: `get` has done it. */
  override touch(_sid: string, _data: SessionData, callback: () => void = () => {}): void {
    callback();
  }

  /**
   * Makes the row of somebody who has just signed in. The lock makes it wait for a password change or a deletion that is
   * under way, and for others who sign in to the same account. Beyond the limit of sessions those go that were not used for longest.
   * @returns false when the account has gone, or its password was changed after it was checked
   */
  async create(sid: string, owner: SessionOwner, device: string): Promise<boolean> {
    const { database, idleHours, maxDays } = this.#settings;
    return database.inTransaction(async (query) => {
      const owners = await query(
        'SELECT 1 FROM users WHERE id = $1 AND password_changed_at = $2::timestamptz FOR NO KEY UPDATE',
        [owner.id, owner.passwordChangedAt],
      );
      if (owners.length === 0) return false;
      await query(
        `WITH begun AS (SELECT now() AS created_at)
         INSERT INTO sessions (sid, user_id, device, created_at, expires)
         SELECT $3, $4, $5, created_at, ${newExpiry} FROM begun`,
        [idleHours, maxDays, sid, owner.id, device],
      );
      await query(
        `DELETE FROM sessions WHERE sid IN
           (SELECT sid FROM sessions WHERE user_id = $1 AND sid <> $2 ORDER BY last_seen DESC, sid OFFSET $3)`,
        [owner.id, sid, sessionsPerAccount - 1],
      );
      return true;
    });
  }

  /** Gives a session that is still alive another id. False when it has been ended. */
  async rename(sid: string, newSid: string): Promise<boolean> {
    const rows = await this.#settings.database.query(
      'UPDATE sessions SET sid = $2 WHERE sid = $1 AND expires > now() RETURNING sid',
      [sid, newSid],
    );
    return rows.length > 0;
  }

  async #read(sid: string): Promise<SessionData | null> {
    const { database, secret, maxDays } = this.#settings;
    const _csrfSecret = deriveCsrfSecret(secret, sid);
    if (isPreSessionId(sid)) return isFreshPreSessionId(sid) ? asSessionData({ _csrfSecret }) : null;
    const rows = await database.query(
      `SELECT user_id, sess, last_seen < now() - interval '1 minute' AS is_unseen FROM sessions
       WHERE sid = $1 AND expires > now() AND created_at > now() - make_interval(days => $2)`,
      [sid, maxDays],
    );
    const [found] = rowsShape.parse(rows);
    if (found === undefined) return null;
    if (found.is_unseen) await this.#noteSeen(sid);
    return asSessionData({ ...found.sess, _csrfSecret, userId: found.user_id });
  }

  /** At most once a minute. A database that can't be written just now must not keep anybody from reading. */
  async #noteSeen(sid: string): Promise<void> {
    const { database, idleHours, maxDays, log } = this.#settings;
    try {
      await database.query(
        `UPDATE sessions SET last_seen = now(), expires = ${newExpiry}
         WHERE sid = $3 AND expires > now() AND last_seen < now() - interval '1 minute'`,
        [idleHours, maxDays, sid],
      );
    } catch (error) {
      log.warn({ err: error }, 'session could not be marked as seen');
    }
  }
}

const rowsShape = z.array(
  z.object({ user_id: z.string(), sess: z.record(z.string(), z.unknown()), is_unseen: z.boolean() }),
);

/** The cookie was set when the session began and is not sent again, so that its data need no storing. */
function asSessionData(data: Omit<SessionData, 'cookie'>): SessionData {
  return { ...data, cookie: { originalMaxAge: null, path: '/', httpOnly: true, sameSite: 'lax' } };
}

/** connect-pg-simple calls nothing but `query` of the pool that it is given. */
function asPool({ query }: Database): Pool {
  const pool = { query: async (text: string, values: unknown[]) => ({ rows: await query(text, values) }) };
  return pool as unknown as Pool;
}
