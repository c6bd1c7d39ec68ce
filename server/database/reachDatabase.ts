/** The way to the database for a program that is not the server, whether or not the server runs. */
import fs from 'node:fs';
import path from 'node:path';
import type { Log } from '../log.ts';
import { reasonOf, StartError } from '../startError.ts';
import { clusterFolder, serverPid } from './cluster.ts';
import { startEmbedded } from './embedded.ts';
import type { Connection } from './pool.ts';

export interface ReachedDatabase {
  connection: Connection;
  /** Stops what was started for this; a server that ran before goes on. */
  stop(): Promise<void>;
}

interface Settings {
  databaseUrl: string | null;
  dataDir: string;
  log: Log;
}

/**
 * DATABASE_URL; else the embedded Postgres through its socket while the server runs; else the embedded Postgres, started.
 * Never makes a new database.
 * @throws StartError with one sentence
 */
export async function reachDatabase({ databaseUrl, dataDir, log }: Settings): Promise<ReachedDatabase> {
  if (databaseUrl !== null)
    return { connection: { connectionString: databaseUrl }, stop: () => Promise.resolve() };
  const folder = clusterFolder(dataDir);
  if (!fs.existsSync(folder)) {
    throw new StartError(`There is no database in ${dataDir}: start the server once, or set DATABASE_URL.`);
  }
  if (runs(folder)) return { connection: socketOf(folder), stop: () => Promise.resolve() };
  return startEmbedded({ dataDir, log });
}

function runs(folder: string): boolean {
  try {
    return serverPid(folder) !== null;
  } catch (error) {
    throw new StartError(`${folder} can't be read: ${reasonOf(error)}.`);
  }
}

/** The fifth line of the pid file is the socket's folder (Postgres, src/include/utils/pidfile.h). */
function socketOf(folder: string): Connection {
  const [, , , , host = ''] = fs.readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n');
  if (!path.isAbsolute(host)) throw new StartError(`The Postgres in ${folder} is still starting. Try again.`);
  return { host, user: 'postgres', database: 'postgres' };
}
