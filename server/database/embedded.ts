/**
 * The Postgres that comes with the program: started on a Unix socket in a private folder, watched, restarted when it dies,
 * and gone when this process is gone.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { StartError } from '../startError.ts';
import {
  type Cluster,
  clusterFolder,
  forgetReusedPid,
  isAlive,
  openCluster,
  prepareDataDir,
  readPid,
  serverPid,
} from './cluster.ts';
import { type GuardedProcess, startGuarded } from './guardedProcess.ts';
import { findBinaries, type PostgresBinaries } from './postgresBinaries.ts';

export interface EmbeddedPostgres {
  /** How to connect: `host` is the socket's folder. */
  connection: { host: string; user: string; database: string };
  /** Stops watching and shuts Postgres down; committed data is on disk. */
  stop(): Promise<void>;
}

interface EmbeddedSettings {
  dataDir: string;
  log: Log;
  /** False only for throw-away databases of tests: nothing is flushed to disk. */
  isDurable?: boolean;
}

/** Small for a VPS; no TCP port; errors go to the client that caused them and, with their values, not to the log. */
const smallServer = [
  'listen_addresses=',
  'unix_socket_permissions=0700',
  'shared_buffers=32MB',
  'max_connections=30',
  'max_wal_size=256MB',
  'max_logical_replication_workers=0',
  'log_min_messages=log',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  'log_checkpoints=off',
  'lc_messages=C',
  'timezone=UTC',
  'log_timezone=UTC',
];
const throwAway = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** The longest path of a Unix socket: 104 bytes with its NUL on macOS, 108 on Linux (sys/un.h). */
const longestSocketPath = 103;
const startLimitMs = 60_000;
const stopLimitMs = 8000;
/** A server whose process was killed shuts down by itself: so long a new one waits for it. */
const orphanLimitMs = 15_000;

/** @throws StartError with one sentence: directory in use, not writable, no Postgres for this machine, ... */
export async function startEmbedded({
  dataDir,
  log,
  isDurable = true,
}: EmbeddedSettings): Promise<EmbeddedPostgres> {
  prepareDataDir(dataDir);
  await waitUntilFree(dataDir);
  const binaries = findBinaries(path.join(dataDir, 'lib'));
  const cluster = await openCluster(dataDir, binaries, isDurable ? [] : ['--no-sync']);
  const socketDir = makeSocketDir(cluster);
  const chosen = [
    ...smallServer,
    ...(isDurable ? ['fsync=on'] : throwAway),
    `unix_socket_directories="${socketDir.replaceAll('"', '""')}"`,
  ];
  const start = () => startServer(cluster, { binaries, settings: chosen, log });

  // The server of a program that was killed in its first moments may have taken the folder only after we looked.
  const secondTry = async () => {
    await waitUntilFree(dataDir);
    return start();
  };
  const first = await start()
    .catch(secondTry)
    .catch((error: unknown) => {
      if (socketDir !== cluster.folder) fs.rmdirSync(socketDir);
      throw inUseError(dataDir) ?? error;
    });
  fs.writeFileSync(path.join(dataDir, 'app.pid'), `${process.pid}\n`);
  const stopping = new AbortController();
  const watching = keepRunning(first, { start, log, signal: stopping.signal });

  return {
    connection: { host: socketDir, user: 'postgres', database: 'postgres' },
    async stop() {
      stopping.abort();
      await watching;
      fs.rmSync(path.join(dataDir, 'app.pid'), { force: true });
      if (socketDir !== cluster.folder) fs.rmSync(socketDir, { recursive: true, force: true });
    },
  };
}

interface Watch {
  start: () => Promise<GuardedProcess>;
  log: Log;
  signal: AbortSignal;
}

/** Starts the server again whenever it ends, waiting longer after each quick end. Resolves after the signal, server ended. */
async function keepRunning(first: GuardedProcess, { start, log, signal }: Watch): Promise<void> {
  const aborted = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  let server: GuardedProcess | null = first;
  let quickEnds = 0;
  while (!signal.aborted) {
    const startedAt = performance.now();
    if (server !== null) await Promise.race([server.ended, aborted]);
    if (signal.aborted) break;
    quickEnds = performance.now() - startedAt > 10_000 ? 0 : quickEnds + 1;
    const waitMs = Math.min(100 * 2 ** quickEnds, 30_000);
    log.error({ waitMs }, 'embedded Postgres is not running; it will be started again');
    await Promise.race([sleep(waitMs, undefined, { ref: false }), aborted]);
    if (signal.aborted) break;
    server = await start().catch((error: unknown) => {
      log.error({ err: error }, 'embedded Postgres did not start');
      return null;
    });
    if (server !== null) log.info({}, 'embedded Postgres is back');
  }
  await server?.end(stopLimitMs);
}

interface ServerSettings {
  binaries: PostgresBinaries;
  settings: readonly string[];
  log: Log;
}

/** Resolves when the server accepts connections. */
async function startServer(
  { folder, identity }: Cluster,
  { binaries, settings, log }: ServerSettings,
): Promise<GuardedProcess> {
  const lastLines: string[] = [];
  let markReady = () => {};
  const ready = new Promise<'ready'>((resolve) => {
    markReady = () => resolve('ready');
  });
  const server = startGuarded(
    {
      command: [binaries.postgres, '-D', folder, ...settings.flatMap((setting) => ['-c', setting])],
      identity,
      environment: binaries.environment,
      folder,
    },
    (line) => {
      lastLines.splice(0, lastLines.length - 9);
      lastLines.push(line);
      if (line.includes('database system is ready to accept connections')) markReady();
      if (/\b(FATAL|PANIC):/.test(line)) log.warn({ line }, 'embedded Postgres');
    },
  );
  const outcome = await Promise.race([
    ready,
    server.ended,
    sleep(startLimitMs, 'late' as const, { ref: false }),
  ]);
  if (outcome === 'ready') return server;
  await server.end(stopLimitMs);
  const cause = lastLines.filter((line) => /FATAL|PANIC|error/.test(line)).pop() ?? lastLines.pop();
  throw new StartError(`The embedded Postgres in ${folder} did not start: ${cause ?? `outcome ${outcome}`}`);
}

/** Waits for a server that lost its process to finish; refuses a directory whose process lives. */
async function waitUntilFree(dataDir: string): Promise<void> {
  const folder = clusterFolder(dataDir);
  for (let waitedMs = 0; waitedMs < orphanLimitMs; waitedMs += 50) {
    if (serverPid(folder) === null) return forgetReusedPid(folder);
    const app = readPid(path.join(dataDir, 'app.pid'));
    if (app !== null && app !== process.pid && isAlive(app)) break;
    await sleep(50);
  }
  const error = inUseError(dataDir);
  if (error !== null) throw error;
}

function inUseError(dataDir: string): StartError | null {
  const server = serverPid(clusterFolder(dataDir));
  if (server === null) return null;
  const app = readPid(path.join(dataDir, 'app.pid'));
  const pid = app !== null && isAlive(app) ? app : server;
  return new StartError(`The data directory ${dataDir} is in use by process ${pid}.`);
}

/** The cluster's own folder (mode 0700), or a private one with a shorter name. */
function makeSocketDir({ folder, identity }: Cluster): string {
  if (Buffer.byteLength(path.join(folder, '.s.PGSQL.5432')) <= longestSocketPath) return folder;
  const shorter = fs.mkdtempSync(path.join(os.tmpdir(), 'all-img-fit-'));
  if (identity.owner !== null) fs.chownSync(shorter, identity.owner.uid, identity.owner.gid);
  return shorter;
}
