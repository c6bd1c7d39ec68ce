/** Brings the schema up to the files in migrations/: in order, each once, each in a transaction of its own. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { reasonOf, StartError } from '../startError.ts';
import type { Connection } from './pool.ts';

export interface Migration {
  /** The file's name: `0001_readiness.sql`. */
  name: string;
  sql: string;
  /** SHA-256 of the text with Unix line ends, hex. */
  checksum: string;
}

/** Chosen once at random; no other lock of ours may use it. */
const lockKey = 716_402_953;

/** @throws Error when a name is not `0001_words.sql` or two files have the same number */
export function readMigrations(folder: string): Migration[] {
  const names = fs.readdirSync(folder).filter((name) => !name.startsWith('.'));
  const numbers = new Set<string>();
  return names.sort().map((name) => {
    const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1];
    if (number === undefined) throw new Error(`migrations/${name} is not named like 0001_words.sql`);
    if (numbers.has(number)) throw new Error(`Two migrations have the number ${number}`);
    numbers.add(number);
    const sql = fs.readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

/**
 * Applies what is missing and returns the names of what it applied. Processes that start together wait for each other.
 * @throws StartError when the database can't be reached or a file fails, was edited since it was applied, or is gone
 */
export async function migrate(connection: Connection, migrations: readonly Migration[]): Promise<string[]> {
  const client = new pg.Client({
    ...connection,
    connectionTimeoutMillis: 2000,
    application_name: 'all-img-fit migrate',
  });
  client.on('error', () => {}); // a broken connection also rejects the query that waits
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => {});
    throw new StartError(`The database can't be reached: ${reasonOf(error)}.`);
  }
  try {
    await client.query(`SET lock_timeout = '60s'`);
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    await client.query(`SET lock_timeout = '5s'`);
    return await applyMissing(client, migrations);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`The database could not be migrated: ${reasonOf(error)}.`);
  } finally {
    await client.end(); // also gives the lock back
  }
}

async function applyMissing(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  await client.query(`CREATE TABLE IF NOT EXISTS migrations (
    name       text PRIMARY KEY,
    checksum   text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`);
  const { rows } = await client.query('SELECT name, checksum FROM migrations ORDER BY name');
  const applied = new Map(appliedShape.parse(rows).map(({ name, checksum }) => [name, checksum]));
  refuseMismatch(applied, migrations);
  const missing = migrations.filter(({ name }) => !applied.has(name));
  for (const migration of missing) await apply(client, migration);
  return missing.map(({ name }) => name);
}

const appliedShape = z.array(z.object({ name: z.string(), checksum: z.string() }));

function refuseMismatch(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
  for (const [name, checksum] of applied) {
    if (!known.has(name)) {
      throw new StartError(
        `The database has the migration ${name}, which this version does not know: start the version that made it, or a newer one.`,
      );
    }
    if (known.get(name) !== checksum) {
      throw new StartError(
        `The migration ${name} was edited after it had been applied: restore the file and put the change into a new one.`,
      );
    }
  }
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query('INSERT INTO migrations (name, checksum) VALUES ($1, $2)', [name, checksum]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw new StartError(`The migration ${name} failed and left nothing behind: ${reasonOf(error)}.`);
  }
}
