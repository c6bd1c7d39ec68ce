/** The disk of the database fills up under people who write: refusals in words, reading goes on, and all is well when there is room again. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../server/database/pool.ts';
import { createLog } from '../../server/log.ts';
import { testSecretVariables } from '../server/appParts.ts';
import { type RunningApp, runApp, temporaryFolder, until } from '../server/runApp.ts';
import { addPerson, signIn } from '../server/security/accountsApp.ts';
import { readForm, type Visitor } from '../server/security/visitor.ts';
import { report } from './report.ts';
import { type Figures, startWriters, writerLimits } from './writers.ts';

let disk: string;
let app: RunningApp | null = null;

beforeEach(() => {
  disk = temporaryFolder();
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200m,mode=755', 'tmpfs', disk], {
    encoding: 'utf8',
  });
  if (made.status !== 0) {
    throw new Error(
      `A disk of 200 MB can only be made as root with the right to mount: ${made.stderr ?? made.error}`,
    );
  }
});

afterEach(async () => {
  app?.kill('SIGTERM');
  await app?.ended;
  spawnSync('umount', [disk]);
  fs.rmSync(disk, { recursive: true, force: true });
});

test('a full disk: writes are refused with 503, reading goes on, /readyz says why, what was typed comes back, and room makes all well', async () => {
  const dataDir = path.join(disk, 'data');
  const log = createLog('silent');
  app = await runApp({
    ...writerLimits,
    ...testSecretVariables,
    BCRYPT_COST: '4',
    LOG_LEVEL: 'silent',
    DATA_DIR: dataDir,
  });
  const { url } = app;
  const database = openDatabase(
    { host: path.join(dataDir, 'postgres'), user: 'postgres', database: 'postgres' },
    log,
  );
  const reader = await signIn({ url, database }, await addPerson(database, 'reader'));
  const writers = await startWriters(url, database);
  await sleep(1500);
  const before = writers.takeFigures();

  const filler = path.join(disk, 'filler');
  spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1M']); // ends when the disk is full
  await until(
    '/readyz says disk',
    async () => (await (await fetch(`${url}/readyz`)).text()) === 'disk\n',
    30_000,
  );
  // What fits into blocks that are there already is still written; a new row needs a new block sooner or later.
  const full = writers.takeFigures();
  for (let i = 0; i < 60 && full.refused < 5; i++) {
    await sleep(1000);
    addTo(full, writers.takeFigures());
  }
  const refusal = await submitUntilRefused(reader);
  const reads: number[] = [];
  for (let i = 0; i < 10; i++) reads.push((await reader.get('/account')).status);
  const home = (await fetch(url)).status;

  fs.rmSync(filler);
  const freedAt = performance.now();
  await until('ready again', async () => (await fetch(`${url}/readyz`)).status === 200, 30_000);
  const readyAgainMs = Math.round(performance.now() - freedAt);
  const again = await reader.post('/presets', readForm(refusal.page, '/presets'));
  writers.takeFigures();
  await sleep(2000);
  const after = writers.takeFigures();
  await writers.stop();
  const { lost, double } = await writers.count();
  report('disk full', {
    before,
    full,
    reads,
    after,
    readyAgainMs,
    'acknowledged writes lost': lost,
    'presets there twice': double,
  });
  const made = await database.query(
    `SELECT content->'settings'->>'quality' AS quality FROM presets WHERE name = $1`,
    [refusal.typed.name],
  );
  await database.close();
  expect(refusal.retryAfter).toBe('5');
  expect(readForm(refusal.page, '/presets')).toMatchObject(refusal.typed);
  expect([again.status, made]).toEqual([303, [{ quality: '61' }]]);
  expect([lost, double]).toEqual([0, 0]);
  expect([before.odd, full.odd, after.odd]).toEqual([{}, {}, {}]);
  expect(full.broken).toBe(0);
  expect(full.refused).toBeGreaterThan(0);
  expect(reads.filter((status) => status === 200).length).toBe(10);
  expect(home).toBe(200);
  expect(after.acknowledged).toBeGreaterThan(20);
  expect(after.refused).toBe(0);
}, 120_000);

const anItem = JSON.stringify({ specId: 'x-post', version: 1, fit: null });

/** What still fits into blocks that are there is written, so each try has another name. */
async function submitUntilRefused(visitor: Visitor) {
  for (let i = 0; i < 200; i++) {
    const typed = {
      name: `Typed on a full disk ${i}`,
      item: anItem,
      template: '{photo}-kept',
      quality: '61',
    };
    const form = readForm((await visitor.get('/presets/new')).body.toString(), '/presets');
    const { status, headers, body } = await visitor.post('/presets', { ...form, ...typed, do: 'save' });
    if (status === 503) return { typed, retryAfter: headers['retry-after'], page: body.toString() };
    await sleep(100);
  }
  throw new Error('Everything was written to a full disk');
}

function addTo(sum: Figures, more: Figures): void {
  sum.acknowledged += more.acknowledged;
  sum.refused += more.refused;
  sum.broken += more.broken;
  Object.assign(sum.odd, more.odd);
  sum.slowestMs = Math.max(sum.slowestMs, more.slowestMs);
  sum.longestGapMs = Math.max(sum.longestGapMs, more.longestGapMs);
}
