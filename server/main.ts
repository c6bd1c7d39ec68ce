/** Starts and stops the server. The only file that reads process.env or exits. */
import path from 'node:path';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { type EmbeddedPostgres, startEmbedded } from './database/embedded.ts';
import { migrate, readMigrations } from './database/migrate.ts';
import { type Database, openDatabase } from './database/pool.ts';
import { createReadinessCheck, type Readiness } from './database/readiness.ts';
import { loadAssets } from './http/assets.ts';
import { type Listener, listen } from './http/listener.ts';
import { createRenderPage } from './http/render.ts';
import { createLog } from './log.ts';
import { type Retention, startRetention } from './retention.ts';
import { loadSecrets, refuseLostKeys } from './secrets.ts';
import { StartError } from './startError.ts';

/** With the drain (10 s at most) and Postgres this keeps a stop under 15 s, whatever a client does. */
const requestsLimitMs = 3000;

const root = path.resolve(import.meta.dirname, '../..'); // this file runs as dist/server/main.js
const running: {
  postgres?: EmbeddedPostgres;
  listener?: Listener;
  database?: Database;
  retention?: Retention;
} = {};
let phase: 'starting' | 'running' | 'stopping' = 'starting';
let stoppingSince = 0;
let drainMs = 0;

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));
stopWithNpm();
try {
  await start();
} catch (error) {
  if (!isStopping()) {
    console.error(error instanceof StartError ? error.message : error);
    await stop(1);
  }
}

async function start(): Promise<void> {
  const config = readConfig(process.env, root);
  const log = createLog(config.logLevel);
  const assets = loadAssets(path.join(root, 'dist'));
  const render = createRenderPage({ viewsDir: path.join(root, 'views'), assetUrl: assets.url });
  const migrations = readMigrations(path.join(root, 'migrations'));

  if (config.databaseUrl === null) running.postgres = await startEmbedded({ dataDir: config.dataDir, log });
  const connection = running.postgres?.connection ?? { connectionString: config.databaseUrl ?? '' };
  running.database = openDatabase(connection, log);
  const checkDatabase = createReadinessCheck(running.database, migrations.at(-1)?.name ?? '');
  const checkReadiness = async (): Promise<Readiness> => (phase === 'running' ? checkDatabase() : phase);

  await refuseLostKeys(config, running.database.query);
  const secrets = loadSecrets(config);
  const app = createApp({ config, assets, render, log, checkReadiness, database: running.database, secrets });
  running.listener = await listen(app, config);
  const applied = await migrate(connection, migrations);
  if (applied.length > 0) log.info({ applied }, 'migrations applied');
  if (isStopping()) return;
  running.retention = startRetention(running.database, config, log);
  phase = 'running';
  drainMs = config.drainMs;
  console.log(`All Img Fit is listening on ${running.listener.url}`);
}

/** A function, because signals change the phase behind the compiler's back. */
function isStopping(): boolean {
  return phase === 'stopping';
}

/** Lets running requests end, then the database, then Postgres; a second signal (a second later) does not wait. */
async function stop(exitCode: number): Promise<void> {
  if (isStopping()) {
    if (performance.now() - stoppingSince > 1000) process.exit(1);
    return; // npm hands on the Ctrl-C that we already got from the terminal
  }
  phase = 'stopping';
  stoppingSince = performance.now();
  setTimeout(() => process.exit(1), 14_500).unref();
  await running.listener?.stop(drainMs, requestsLimitMs);
  await running.retention?.stop();
  await running.database?.close();
  await running.postgres?.stop();
  process.exit(exitCode);
}

/** `kill -9` of npm tells its child nothing; a server that nobody can stop any more stops itself. */
function stopWithNpm(): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const npm = process.ppid;
  setInterval(() => process.ppid !== npm && void stop(0), 1000).unref();
}
