/**
 * One Postgres for the whole run, with a migrated template from which each test file copies its own database. It is the
 * embedded one, in a temporary folder and without flushing to disk; TEST_DATABASE_URL names another server to use.
 */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../server/database/embedded.ts';
import { migrate, readMigrations } from '../server/database/migrate.ts';
import { type Connection, openDatabase } from '../server/database/pool.ts';
import { createLog } from '../server/log.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run, and the database to copy. */
    postgres: { connection: Connection; template: string };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const log = createLog('error');
  const server = process.env.TEST_DATABASE_URL
    ? { connection: { connectionString: process.env.TEST_DATABASE_URL }, stop: async () => {} }
    : await startTemporary();
  const template = `template_${randomUUID().replaceAll('-', '')}`;
  const admin = openDatabase(server.connection, log);
  await admin.query(`CREATE DATABASE ${template}`);
  await migrate(connectionTo(server.connection, template), readMigrations('migrations'));
  project.provide('postgres', { connection: server.connection, template });
  return async () => {
    await admin.query(`DROP DATABASE ${template}`);
    await admin.close();
    await server.stop();
  };
}

/** The same server, another database. */
export function connectionTo(connection: Connection, database: string): Connection {
  if (!('connectionString' in connection)) return { ...connection, database };
  const url = new URL(connection.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.href };
}

async function startTemporary() {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'all-img-fit-test-'));
  const postgres = await startEmbedded({ dataDir, log: createLog('error'), isDurable: false });
  return {
    connection: postgres.connection,
    async stop() {
      await postgres.stop();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
