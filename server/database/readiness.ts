/** Whether the database answers, can be written, and has the schema that this version needs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { codeOf } from '../startError.ts';
import type { Database } from './pool.ts';

/** `ready`, or one word that says what is missing. */
export type Readiness =
  | 'ready'
  | 'starting'
  | 'stopping'
  | 'database'
  | 'slow'
  | 'schema'
  | 'readonly'
  | 'disk';

const answerLimitMs = 1000;
/** How often the check also writes; the other checks only read. */
const writeEveryMs = 10_000;

/**
 * @param newestMigration the name of the last file in migrations/; a database that is further is ready too, so that the
 * old version goes on during an upgrade
 */
export function createReadinessCheck(database: Database, newestMigration: string): () => Promise<Readiness> {
  let wroteAt = Number.NEGATIVE_INFINITY;
  const check = async (): Promise<Readiness> => {
    const applied = await database.query('SELECT max(name) AS newest FROM migrations');
    const { newest } = newestShape.parse(applied[0]);
    if (newest === null || newest < newestMigration) return 'schema';
    if (performance.now() - wroteAt < writeEveryMs) return 'ready';
    await write(database);
    wroteAt = performance.now();
    return 'ready';
  };
  return async () => {
    const late = sleep(answerLimitMs, 'slow' as const, { ref: false });
    return Promise.race([check().catch(reasonWord), late]);
  };
}

const newestShape = z.object({ newest: z.string().nullable() });

/**
 * Rewriting a row may fit into a block that is there already, so on a full disk it can still succeed. Therefore the
 * check also makes Postgres spill 1.5 MB into a temporary file.
 */
async function write(database: Database): Promise<void> {
  await database.inTransaction(async (query) => {
    await query(`SET LOCAL work_mem = '64kB'`);
    await query('SELECT count(*) FROM generate_series(1, 100000)');
    await query('UPDATE readiness SET checked_at = now()');
  });
}

/** By SQLSTATE: https://www.postgresql.org/docs/17/errcodes-appendix.html */
function reasonWord(error: unknown): Readiness {
  const code = codeOf(error);
  if (code === '42P01') return 'schema'; // undefined_table
  if (code === '25006') return 'readonly'; // read_only_sql_transaction
  if (code === '53100' || code === '58030') return 'disk'; // disk_full, io_error
  return 'database';
}
