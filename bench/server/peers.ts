/** The servers of the comparison, each a process of its own on the first core. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Database } from '../../server/database/pool.ts';
import { testSecretVariables } from '../../test/server/appParts.ts';
import { signature } from './seed.ts';

export interface Peer {
  name: string;
  url: string;
  cookie: string;
  pid: number;
  stop(): Promise<void>;
}

/** Where Postgres listens: its socket's folder. */
export interface Socket {
  host: string;
  user: string;
  database: string;
}

const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const startLimitMs = 20_000;

/** `npm start` without the build. */
export async function startOurs({ host, user, database }: Socket, cookie: string): Promise<Peer> {
  const port = await freePort();
  const child = onFirstCore(process.execPath, ['dist/server/main.js'], {
    ...testSecretVariables,
    DATABASE_URL: `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`,
    PORT: String(port),
    LOG_LEVEL: 'warn',
  });
  return answering({ name: 'All Img Fit', url: `http://127.0.0.1:${port}/presets`, cookie }, child);
}

/** @param specsFile JSON: what Django needs to know of the catalogue */
export async function startDjango(socket: Socket, owner: string, specsFile: string): Promise<Peer> {
  const port = await freePort();
  const environment = {
    PGHOST: socket.host,
    PGUSER: socket.user,
    PGDATABASE: socket.database,
    SPECS: specsFile,
  };
  const key = execFileSync('/usr/bin/python3', ['presets_site.py', 'prepare', owner], {
    cwd: folder('django'),
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  }).trim();
  const args = ['--workers=1', `--bind=127.0.0.1:${port}`, '--log-level=warning', 'presets_site:application'];
  const child = onFirstCore('/usr/bin/gunicorn', args, environment, folder('django'));
  return answering(
    { name: 'Django + gunicorn', url: `http://127.0.0.1:${port}/presets`, cookie: `sessionid=${key}` },
    child,
  );
}

/** What a page of somebody who is signed in is made of at the least; `length`: of the answer, in bytes. */
const parts = {
  hello: 'Express hello',
  bytes: '... as long',
  session: '... and a session',
  rows: '... and the rows',
};

export async function startParts(socket: Socket, owner: string, length: number): Promise<Peer[]> {
  const cookie = `connect.sid=${encodeURIComponent(`s:bench.${signature('bench', 'of a bench')}`)}`;
  const started: Peer[] = [];
  for (const [part, name] of Object.entries(parts)) {
    const port = await freePort();
    const child = onFirstCore(process.execPath, [folder('hello.mjs')], {
      PORT: String(port),
      PART: part,
      OWNER: owner,
      LENGTH: String(length),
      PGHOST: socket.host,
      PGUSER: socket.user,
      PGDATABASE: socket.database,
    });
    started.push(await answering({ name, url: `http://127.0.0.1:${port}/`, cookie }, child));
  }
  return started;
}

/** The session that `startParts` signs in with, as connect-pg-simple keeps it. */
export async function seedPartsSession({ query }: Database, owner: string): Promise<void> {
  await query('CREATE TABLE bench_sessions (sid varchar PRIMARY KEY, sess json, expire timestamptz)');
  const session = JSON.stringify({ cookie: { originalMaxAge: null, path: '/' }, userId: owner });
  await query(`INSERT INTO bench_sessions VALUES ('bench', $1, now() + interval '1 day')`, [session]);
}

function onFirstCore(command: string, args: string[], environment: Record<string, string>, cwd?: string) {
  return spawn('taskset', ['-c', '0', command, ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
    ...(cwd && { cwd }),
  });
}

/** The peer when it answers its page with 200. */
async function answering(peer: Omit<Peer, 'pid' | 'stop'>, child: ChildProcess): Promise<Peer> {
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await gone;
  };
  const deadline = performance.now() + startLimitMs;
  for (;;) {
    const status = await statusOf(peer);
    if (status === 200) return { ...peer, pid: child.pid ?? 0, stop };
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop();
      throw new Error(`${peer.name} does not show its page: ${status ?? 'no answer'}`);
    }
    await sleep(100);
  }
}

async function statusOf({ url, cookie }: Pick<Peer, 'url' | 'cookie'>): Promise<number | null> {
  const answer = await fetch(url, { headers: { cookie }, redirect: 'manual' }).catch(() => null);
  return answer?.status ?? null;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((done) => server.close(() => done()));
  return port;
}
