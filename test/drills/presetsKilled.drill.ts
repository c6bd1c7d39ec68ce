/** Presets while the program and its database die: what was acknowledged is there, once, and of two tabs none overwrites the other. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPid } from '../../server/database/cluster.ts';
import { startEmbedded } from '../../server/database/embedded.ts';
import { type Database, openDatabase } from '../../server/database/pool.ts';
import { createLog } from '../../server/log.ts';
import { testSecretVariables } from '../server/appParts.ts';
import { type Furnished, furnish } from '../server/presets/attackedRoutes.ts';
import { type RunningApp, runApp, temporaryFolder, until } from '../server/runApp.ts';
import { signIn } from '../server/security/accountsApp.ts';
import { readToken, type Visitor } from '../server/security/visitor.ts';
import { findFreePort } from './nginx.ts';
import { report } from './report.ts';
import { startWriters, writerLimits } from './writers.ts';

const log = createLog('silent');
const kills = 6;
const restarts = 3;

let dataDir: string;
let app: RunningApp;
let database: Database;

beforeEach(() => {
  dataDir = temporaryFolder();
  database = openDatabase(
    { host: path.join(dataDir, 'postgres'), user: 'postgres', database: 'postgres' },
    log,
  );
});

afterEach(async () => {
  await database.close();
  app.kill('SIGTERM');
  expect(await app.ended).toBe(0);
  fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
});

async function start(environment: Record<string, string>): Promise<void> {
  app = await runApp({
    ...writerLimits,
    ...testSecretVariables,
    BCRYPT_COST: '4',
    LOG_LEVEL: 'silent',
    ...environment,
  });
  expect(app.url).not.toBe('');
}

test('kill -9 of the program, each second time of Postgres with it, under 16 people who make presets: none is lost, none is there twice', async () => {
  const environment = { DATA_DIR: dataDir, PORT: String(await findFreePort()) };
  await start(environment);
  const writers = await startWriters(app.url, database, { changers: 1 });
  const acknowledged: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    writers.takeFigures();
    let count = 0;
    const countOn = () => {
      count += writers.takeFigures().acknowledged;
      return count >= 20;
    };
    await until('presets are made', countOn, 30_000);
    await sleep(170 * kill); // another moment each time
    acknowledged.push(count + writers.takeFigures().acknowledged);
    const postgres = readPid(path.join(dataDir, 'postgres/postmaster.pid'));
    app.kill('SIGKILL');
    if (kill % 2 === 1 && postgres !== null) process.kill(postgres, 'SIGKILL');
    await app.ended;
    await start(environment);
  }
  writers.takeFigures();
  await sleep(2000);
  const last = writers.takeFigures();
  await writers.stop();
  const { lost, double } = await writers.count();
  report('kill -9 of the program and of Postgres under 16 makers of presets', {
    acknowledged,
    last,
    'acknowledged writes lost': lost,
    'presets there twice': double,
  });
  expect([lost, double]).toEqual([0, 0]);
  expect([last.broken, last.odd]).toEqual([0, {}]);
});

interface Tab {
  visitor: Visitor;
  token: string;
  /** That the tab has seen last. */
  version: number;
  /** Sent, and nobody knows what became of it. */
  pending: string | null;
  saved: { base: number; template: string }[];
  told: number;
  refused: number;
}

test('two tabs save one preset while the database is started anew three times: each save is there, and none was overwritten unseen', async () => {
  let postgres = await startEmbedded({ dataDir, log });
  await start({ DATABASE_URL: `postgres:///postgres?user=postgres&host=${postgres.connection.host}` });
  const alice = await furnish({ url: app.url, database });
  await keepHistory();
  const second = await signIn({ url: app.url, database }, alice.person);
  const tabs = [await openTab(alice.visitor), await openTab(second)];
  let isStopping = false;
  const saving = tabs.map(async (tab, number) => {
    for (let step = 0; !isStopping; step++) {
      await save(tab, alice, `{photo}-tab ${number}-${step}`);
      await sleep(10);
    }
  });
  for (let restart = 0; restart < restarts; restart++) {
    await sleep(1200);
    await postgres.stop();
    await sleep(800);
    postgres = await startEmbedded({ dataDir, log });
  }
  await sleep(1500);
  isStopping = true;
  await Promise.all(saving);

  const rows = await database.query('SELECT version, template FROM saves ORDER BY version');
  const history = new Map(rows.map((row) => [(row as Save).version, (row as Save).template]));
  const saved = tabs.flatMap((tab) => tab.saved);
  const lost = saved.filter(({ base, template }) => history.get(base + 1) !== template);
  const figures = tabs.map(({ saved: own, told, refused }) => ({ saved: own.length, told, refused }));
  report('two tabs and three restarts of the database', {
    figures,
    versions: rows.length,
    lost: lost.length,
  });
  expect(rows.map((row) => (row as Save).version)).toEqual(rows.map((_, at) => at + 2));
  expect(lost).toEqual([]);
  expect(new Set(saved.map(({ base }) => base)).size).toBe(saved.length);
  for (const { saved: own, told, refused } of tabs) {
    expect(own.length).toBeGreaterThan(10);
    expect(told).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
  }
  await postgres.stop();

  async function openTab(visitor: Visitor): Promise<Tab> {
    const token = readToken((await visitor.get('/account')).body.toString());
    return { visitor, token, version: 1, pending: null, saved: [], told: 0, refused: 0 };
  }
});

interface Save {
  version: number;
  template: string;
}

/** Every version that the preset ever had, written down in the transaction that made it. */
async function keepHistory(): Promise<void> {
  await database.query('CREATE TABLE saves (version int PRIMARY KEY, template text NOT NULL)');
  await database.query(
    `CREATE FUNCTION note_save() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN INSERT INTO saves VALUES (NEW.version, NEW.content->'settings'->>'template'); RETURN NEW; END $$`,
  );
  await database.query(
    'CREATE TRIGGER note_save AFTER UPDATE ON presets FOR EACH ROW EXECUTE FUNCTION note_save()',
  );
}

/** Saves what is in the tab; told that the other was first, it takes the other's and goes on from there. */
async function save(tab: Tab, { ids }: Furnished, next: string): Promise<void> {
  const template = tab.pending ?? next;
  const fields = {
    name: 'Shop',
    item: JSON.stringify({ specId: 'x-post', version: 1, fit: null }),
    mode: 'cover',
    background: 'blur',
    colour: '#ffffff',
    format: 'auto',
    quality: '90',
    do: 'save',
    template,
    version: String(tab.version),
    _csrf: tab.token,
  };
  tab.pending = template;
  const answer = await tab.visitor.post(`/presets/${ids.preset}`, fields).catch(() => null);
  if (answer === null || answer.status === 503) {
    tab.refused += 1;
    return;
  }
  tab.pending = null;
  if (answer.status === 303) {
    tab.saved.push({ base: tab.version, template });
    tab.version += 1;
    return;
  }
  expect(answer.status).toBe(409);
  const html = answer.body.toString();
  expect(html).toContain('It was changed elsewhere');
  expect(html).toContain(template); // what was typed is still there
  tab.told += 1;
  tab.version = Number(/name="version" value="(\d+)"/.exec(html)?.[1]);
}
