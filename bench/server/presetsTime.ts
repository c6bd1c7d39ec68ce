/** `npm run bench:presets`: milliseconds in this process for one answer of the presets page. The method is in bench/README.md. */
import fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '../../server/app.ts';
import { startEmbedded } from '../../server/database/embedded.ts';
import { migrate, readMigrations } from '../../server/database/migrate.ts';
import { type Database, openDatabase } from '../../server/database/pool.ts';
import { loadAssets } from '../../server/http/assets.ts';
import { createRenderPage } from '../../server/http/render.ts';
import { createLog } from '../../server/log.ts';
import { testConfig, testSecrets } from '../../test/server/appParts.ts';
import { seedPerson } from './seed.ts';

/** What one person keeps; the last two are as much as the limits allow. */
const cases = [
  { presets: 0, specs: 10, sizes: 0 },
  { presets: 20, specs: 10, sizes: 5 },
  { presets: 200, specs: 10, sizes: 200 },
  { presets: 200, specs: 60, sizes: 200 },
];
const warmUp = 30;
const measured = 100;

interface Times {
  /** From the request to the last byte given to the socket. */
  whole: number;
  /** Of it, processor time of this process. */
  processor: number;
  /** Of it, waiting for the database, and then parsing its answers as pg does. */
  database: number;
  /** Of it, from the model to the HTML. */
  views: number;
  queries: number;
}

const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'all-img-fit-bench-'));
const log = createLog('error');
const postgres = await startEmbedded({ dataDir, log });
const database = openDatabase(postgres.connection, log);
let times: Times = startTimes();
try {
  await migrate(postgres.connection, readMigrations('migrations'));
  const { url, stop } = await serve(timed(database));
  console.log(`median of ${measured} answers, load ${os.loadavg()[0]?.toFixed(1)}\n`);
  line(['presets × specs, sizes', 'ms', 'processor', 'database', 'views', 'queries', 'kB']);
  for (const { presets, specs, sizes } of cases) {
    await database.query('DELETE FROM users');
    const { cookie } = await seedPerson(database, { presets, sizes, specsPerPreset: specs });
    const { all, kilobytes } = await measure(url, cookie);
    const medianOf = (name: keyof Times) => median(all.map((one) => one[name]));
    line([
      `${presets} × ${specs}, ${sizes}`,
      ...(['whole', 'processor', 'database', 'views'] as const).map((name) => medianOf(name).toFixed(1)),
      String(medianOf('queries')),
      kilobytes.toFixed(0),
    ]);
  }
  await stop();
} finally {
  await database.close();
  await postgres.stop();
  fs.rmSync(dataDir, { recursive: true, force: true });
}

/** One answer after another, so that nothing waits for anything but its own. */
async function measure(url: string, cookie: string): Promise<{ all: Times[]; kilobytes: number }> {
  const all: Times[] = [];
  let kilobytes = 0;
  for (let count = 0; count < warmUp + measured; count++) {
    times = startTimes();
    const answer = await fetch(`${url}/presets`, { headers: { cookie, 'accept-encoding': 'identity' } });
    kilobytes = (await answer.arrayBuffer()).byteLength / 1000;
    if (answer.status !== 200) throw new Error(`/presets answered ${answer.status}`);
    if (count >= warmUp) all.push(times);
    await sleep(5);
  }
  return { all, kilobytes };
}

/** The app with a clock around its answers and its views. */
async function serve(timedDatabase: Database): Promise<{ url: string; stop(): Promise<void> }> {
  const assets = loadAssets(path.resolve('dist'));
  const render = createRenderPage({ viewsDir: path.resolve('views'), assetUrl: assets.url });
  const app = createApp({
    config: testConfig(),
    assets,
    render(res, view, model) {
      const startedAt = performance.now();
      render(res, view, model);
      times.views += performance.now() - startedAt;
    },
    log,
    checkReadiness: async () => 'ready',
    database: timedDatabase,
    secrets: testSecrets,
  });
  const server = createServer((req, res) => {
    const [startedAt, usage] = [performance.now(), process.cpuUsage()];
    res.on('finish', () => {
      const { user, system } = process.cpuUsage(usage);
      times.processor = (user + system) / 1000;
      times.whole = performance.now() - startedAt;
    });
    app(req, res);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, stop };
}

function timed(own: Database): Database {
  return {
    ...own,
    async query(text, values) {
      const startedAt = performance.now();
      const rows = await own.query(text, values);
      times.database += performance.now() - startedAt;
      times.queries += 1;
      return rows;
    },
  };
}

function startTimes(): Times {
  return { whole: 0, processor: 0, database: 0, views: 0, queries: 0 };
}

function line(cells: string[]): void {
  console.log(cells.map((cell, index) => (index ? cell.padStart(11) : cell.padEnd(24))).join(''));
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
