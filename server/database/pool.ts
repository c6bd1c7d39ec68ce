/** Connections to Postgres. With migrate.ts the only file that knows pg. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import pg from 'pg';
import type { Log } from '../log.ts';

/** Runs one statement and gives its rows; the caller parses them. */
export type Query = (text: string, values?: readonly unknown[]) => Promise<unknown[]>;

export interface Database {
  query: Query;
  /** Runs the work in one transaction; what it throws rolls everything back and is thrown on. */
  inTransaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>;
  /** Resolves when the server has closed every connection too, or after a second. */
  close(): Promise<void>;
}

/** A connection string, or the socket folder of the embedded server. */
export type Connection = { connectionString: string } | { host: string; user: string; database: string };

/**
 * Each limit is shorter than the one around it: statement < query < request (15 s, main.ts), so that a database that
 * hangs costs one failed request and never a stuck connection.
 */
const limits = {
  connectionTimeoutMillis: 2000,
  statement_timeout: 3000,
  query_timeout: 4000,
  idle_in_transaction_session_timeout: 5000,
};

/** Connects when first asked. A connection that breaks is written down and replaced, never fatal. */
export function openDatabase(connection: Connection, log: Log): Database {
  const pool = new pg.Pool({
    ...connection,
    ...limits,
    max: 10,
    keepAlive: true,
    application_name: 'all-img-fit',
  });
  const noteBroken = (error: Error) => log.warn({ reason: error.message }, 'database connection broke');
  pool.on('error', noteBroken);
  const clients = new Set<pg.PoolClient>();
  pool.on('connect', (client) => {
    clients.add(client);
    client.on('error', () => {}); // while in use, the query's own rejection tells
  });
  pool.on('remove', (client) => clients.delete(client));
  return {
    async query(text, values = []) {
      const result = await pool.query(statement(text, values));
      return result.rows;
    },
    async inTransaction(work) {
      const client = await pool.connect();
      let broken = false;
      try {
        await client.query('BEGIN');
        const result = await work(
          async (text, values = []) => (await client.query(statement(text, values))).rows,
        );
        await client.query('COMMIT');
        return result;
      } catch (error) {
        broken = await client.query('ROLLBACK').then(
          () => false,
          () => true,
        );
        throw error;
      } finally {
        client.release(broken);
      }
    },
    async close() {
      await pool.end();
      const limit = AbortSignal.timeout(1000);
      while (clients.size > 0 && !limit.aborted)
        await once(pool, 'remove', { signal: limit }).catch(() => {});
    },
  };
}

/**
 * What the server has read and planned once per connection is not read again: a statement with values gets a name, the hash of
 * its text. The texts are our own and few.
 */
function statement(text: string, values: readonly unknown[]): pg.QueryConfig {
  if (values.length === 0) return { text };
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha1').update(text).digest('hex');
    names.set(text, name);
  }
  return { name, text, values: [...values] };
}

const names = new Map<string, string>();
