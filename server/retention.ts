/** Deletes what has expired: sessions, captchas, counters of the limits, and what people deleted. The privacy page prints the same periods. */
import { z } from 'zod';
import type { Config } from './config.ts';
import type { Database } from './database/pool.ts';
import type { Log } from './log.ts';

export type RetentionPeriods = Pick<Config, 'sessionMaxDays' | 'retention'>;

/** How many rows of each kind were deleted. */
export interface Purged {
  sessions: number;
  captchas: number;
  limits: number;
  presets: number;
  customSizes: number;
}

/** Chosen once at random; no other lock of ours may use it. */
const lockKey = 359_114_728;

/** Rows of one statement: a heap of millions goes in steps that each end far below the statement limit. */
const batchRows = 5000;

const statements: readonly {
  kind: keyof Purged;
  sql: string;
  values(periods: RetentionPeriods): number[];
}[] = [
  {
    kind: 'sessions',
    sql: `WITH gone AS (
          SELECT sid FROM sessions
          WHERE expires < now() - make_interval(hours => $1) OR created_at < now() - make_interval(days => $2, hours => $1)
          LIMIT ${batchRows} FOR UPDATE SKIP LOCKED
        ), deleted AS (DELETE FROM sessions USING gone WHERE sessions.sid = gone.sid RETURNING 1)
        SELECT count(*)::int AS deleted FROM deleted`,
    values: ({ retention, sessionMaxDays }) => [retention.expiredSessionsHours, sessionMaxDays],
  },
  {
    kind: 'captchas',
    sql: `WITH gone AS (
          SELECT id FROM captchas WHERE expires_at < now() - make_interval(hours => $1) LIMIT ${batchRows}
        ), deleted AS (DELETE FROM captchas USING gone WHERE captchas.id = gone.id RETURNING 1)
        SELECT count(*)::int AS deleted FROM deleted`,
    values: ({ retention }) => [retention.expiredCaptchasHours],
  },
  {
    kind: 'limits',
    sql: `WITH gone AS (
          SELECT key FROM rate_limits WHERE reset_at < now() - make_interval(hours => $1) LIMIT ${batchRows}
        ), deleted AS (DELETE FROM rate_limits USING gone WHERE rate_limits.key = gone.key RETURNING 1)
        SELECT count(*)::int AS deleted FROM deleted`,
    values: ({ retention }) => [retention.expiredLimitsHours],
  },
  { kind: 'presets', sql: deleteDeleted('presets'), values: ({ retention }) => [retention.deletedDays] },
  {
    kind: 'customSizes',
    sql: deleteDeleted('custom_sizes'),
    values: ({ retention }) => [retention.deletedDays],
  },
];

/** What its owner deleted $1 days ago. A row that is being brought back just now is left for the next turn. */
function deleteDeleted(table: 'presets' | 'custom_sizes'): string {
  return `WITH gone AS (
          SELECT id FROM ${table} WHERE deleted_at < now() - make_interval(days => $1)
          LIMIT ${batchRows} FOR UPDATE SKIP LOCKED
        ), deleted AS (DELETE FROM ${table} USING gone WHERE ${table}.id = gone.id RETURNING 1)
        SELECT count(*)::int AS deleted FROM deleted`;
}

/**
 * Deletes everything that is past its period, by the database's clock. Processes that start together don't wait for each
 * other: when another one is at it, the rest is left to that one. Whoever holds the lock last finishes.
 */
export async function purge(database: Database, periods: RetentionPeriods): Promise<Purged> {
  const purged: Purged = { sessions: 0, captchas: 0, limits: 0, presets: 0, customSizes: 0 };
  for (const { kind, sql, values } of statements) {
    let deleted: number | null = batchRows;
    while (deleted === batchRows) {
      deleted = await deleteBatch(database, sql, values(periods));
      if (deleted === null) return purged;
      purged[kind] += deleted;
    }
  }
  return purged;
}

/** Null when another process has the lock. It ends with the transaction, so that a process which dies leaves none behind. */
async function deleteBatch(database: Database, sql: string, values: number[]): Promise<number | null> {
  return database.inTransaction(async (query) => {
    const [lock] = lockShape.parse(await query('SELECT pg_try_advisory_xact_lock($1) AS taken', [lockKey]));
    if (!lock.taken) return null;
    const [{ deleted }] = deletedShape.parse(await query(sql, values));
    return deleted;
  });
}

const lockShape = z.tuple([z.object({ taken: z.boolean() })]);
const deletedShape = z.tuple([z.object({ deleted: z.number() })]);

export interface Retention {
  /** Resolves when nothing is being deleted any more. */
  stop(): Promise<void>;
}

/** Purges now and then for as long as the server runs. A failure is written down and tried again at the next turn. */
export function startRetention(database: Database, periods: RetentionPeriods, log: Log): Retention {
  let running: Promise<void> = Promise.resolve();
  const turn = async (): Promise<void> => {
    try {
      const purged = await purge(database, periods);
      if (Object.values(purged).some((count) => count > 0)) log.info({ ...purged }, 'expired rows deleted');
    } catch (error) {
      log.warn({ err: error }, 'expired rows could not be deleted');
    }
  };
  const take = (): void => {
    running = running.then(turn);
  };
  take();
  const timer = setInterval(take, periods.retention.purgeEveryMinutes * 60_000).unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
