/** A database of a test file's own, copied from the migrated template of the run. */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { type Connection, type Database, openDatabase } from '../../server/database/pool.ts';
import { createLog } from '../../server/log.ts';
import { connectionTo } from '../globalSetup.ts';

export interface TestDatabase {
  connection: Connection;
  database: Database;
  drop(): Promise<void>;
}

/** @param isEmpty without the migrations */
export async function createTestDatabase({ isEmpty = false } = {}): Promise<TestDatabase> {
  const { connection: server, template } = inject('postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const log = createLog('silent');
  const admin = openDatabase(server, log);
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${isEmpty ? 'template0' : template}`);
  const connection = connectionTo(server, name);
  const database = openDatabase(connection, log);
  return {
    connection,
    database,
    async drop() {
      await database.close();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.close();
    },
  };
}
