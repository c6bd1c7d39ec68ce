/** `npm run bench:server`: the presets page of somebody who is signed in, beside the same page in Django. The method is in bench/README.md. */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbedded } from '../../server/database/embedded.ts';
import { migrate, readMigrations } from '../../server/database/migrate.ts';
import { openDatabase } from '../../server/database/pool.ts';
import { createLog } from '../../server/log.ts';
import { type Burst, sendBurst } from './load.ts';
import { type Peer, seedPartsSession, startDjango, startOurs, startParts } from './peers.ts';
import { processorSeconds } from './processorTime.ts';
import { seedPerson, specsForPeer } from './seed.ts';

const rounds = 5;
const burstSeconds = 5;
const needed = ['taskset', 'wrk', '/usr/bin/gunicorn', '/usr/bin/python3'];

const missing = needed.filter((program) => spawnSync(program, ['--version']).error);
if (missing.length > 0) {
  console.error(`This bench needs ${missing.join(', ')}. On Debian:`);
  console.error('  apt-get install wrk python3-django gunicorn python3-psycopg2');
  process.exit(1);
}

// This process, Postgres and wrk, which it starts, share the second core; each server has the first one for itself.
execFileSync('taskset', ['-acp', '1', String(process.pid)], { stdio: 'ignore' });
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'all-img-fit-bench-'));
const postgres = await startEmbedded({ dataDir, log: createLog('error') });
const database = openDatabase(postgres.connection, createLog('error'));
const started: Peer[] = [];
try {
  await migrate(postgres.connection, readMigrations('migrations'));
  const { owner, cookie } = await seedPerson(database, { presets: 20, sizes: 5 });
  const specsFile = path.join(dataDir, 'specs.json');
  fs.writeFileSync(specsFile, specsForPeer());
  const ours = await startOurs(postgres.connection, cookie);
  started.push(ours);
  started.push(await startDjango(postgres.connection, owner, specsFile));
  await seedPartsSession(database, owner);
  const page = await fetch(ours.url, { headers: { cookie } });
  started.push(...(await startParts(postgres.connection, owner, (await page.text()).length)));
  const load = os.loadavg()[0]?.toFixed(1);
  console.log(
    `20 presets and 5 custom sizes; 16 connections, ${rounds} rounds of ${burstSeconds} s each, load ${load}\n`,
  );
  report(await measure(started));
} finally {
  for (const peer of started) await peer.stop();
  await database.close();
  await postgres.stop();
  fs.rmSync(dataDir, { recursive: true, force: true });
}

interface Round extends Burst {
  /** Processor milliseconds of the server for one request: what stays comparable when the machine is busy. */
  busyMs: number;
}

/** One after another, round by round, in turning order; the round before the first is dropped. */
async function measure(peers: Peer[]): Promise<Map<Peer, Round[]>> {
  const measured = new Map<Peer, Round[]>(peers.map((peer) => [peer, []]));
  for (let round = 0; round <= rounds; round++) {
    const turn = round % peers.length;
    for (const peer of [...peers.slice(turn), ...peers.slice(0, turn)]) {
      const before = processorSeconds(peer.pid);
      const burst = await sendBurst(peer.url, peer.cookie, burstSeconds);
      const busyMs = (1000 * (processorSeconds(peer.pid) - before)) / burst.requests;
      if (round > 0) measured.get(peer)?.push({ ...burst, busyMs });
    }
  }
  return measured;
}

function report(measured: Map<Peer, Round[]>): void {
  const [ours] = measured.values();
  const [ourSpeed, ourTime] = [medianOf(ours, 'requestsPerSecond'), medianOf(ours, 'busyMs')];
  line(['', 'requests/s', 'ours / it', 'ms of a core', 'ours / it', 'p99 ms', 'bytes', 'errors']);
  for (const [{ name }, each] of measured) {
    const [speed, time] = [medianOf(each, 'requestsPerSecond'), medianOf(each, 'busyMs')];
    line([
      name,
      speed.toFixed(0),
      (ourSpeed / speed).toFixed(2),
      time.toFixed(2),
      (time / ourTime).toFixed(2),
      medianOf(each, 'p99Ms').toFixed(1),
      String(each[0]?.bytesPerAnswer ?? 0),
      String(each.reduce((sum, burst) => sum + burst.errors, 0)),
    ]);
  }
}

function line(cells: string[]): void {
  console.log(cells.map((cell, index) => (index ? cell.padStart(13) : cell.padEnd(20))).join(''));
}

function medianOf(each: Round[] = [], field: 'requestsPerSecond' | 'busyMs' | 'p99Ms'): number {
  const values = each.map((round) => round[field]).toSorted((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? 0;
}
