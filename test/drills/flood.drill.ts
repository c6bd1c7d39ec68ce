/** Thirty-two people who can't remember their password, at the real cost of a hash: nothing else may notice. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openDatabase } from '../../server/database/pool.ts';
import { createLog } from '../../server/log.ts';
import { testSecretVariables } from '../server/appParts.ts';
import { runApp, temporaryFolder } from '../server/runApp.ts';
import { noLimits, solveCheck } from '../server/security/accountsApp.ts';
import { createVisitor, readForm } from '../server/security/visitor.ts';
import { report } from './report.ts';

test('a flood of sign-ins at cost 12: a short queue, then 503 with Retry-After; pages, files and probes stay quick', async () => {
  const dataDir = temporaryFolder();
  const app = await runApp({ ...noLimits, ...testSecretVariables, LOG_LEVEL: 'silent', DATA_DIR: dataDir });
  const database = openDatabase(
    { host: path.join(dataDir, 'postgres'), user: 'postgres', database: 'postgres' },
    createLog('silent'),
  );
  const home = await (await fetch(app.url)).text();
  const [, asset = ''] = /href="(\/assets\/site-[^"]+\.css)"/.exec(home) ?? [];
  const forms = await Promise.all(
    Array.from({ length: 32 }, async (_, i) => {
      const visitor = createVisitor(app.url);
      const form = readForm((await visitor.get('/sign-in')).body.toString(), '/sign-in');
      await solveCheck(database, form);
      return {
        visitor,
        form: { ...form, email: `nobody.${i}@example.org`, password: 'wrong, and always wrong' },
      };
    }),
  );

  const addresses = ['/healthz', '/', '/generate', asset];
  const quiet = probe(app.url, addresses);
  await sleep(2000);
  const before = await quiet.stop();
  const flooded = probe(app.url, addresses);
  const startedAt = performance.now();
  const answers = await Promise.all(
    forms.map(async ({ visitor, form }) => {
      const answer = await visitor.post('/sign-in', form);
      return {
        status: answer.status,
        retryAfter: answer.headers['retry-after'],
        ms: performance.now() - startedAt,
      };
    }),
  );
  const floodMs = performance.now() - startedAt;
  const during = await flooded.stop();
  const checked = answers.filter(({ status }) => status === 422);
  const refused = answers.filter(({ status }) => status === 503);
  report('bcrypt flood', {
    checked: checked.length,
    refused: refused.length,
    slowestCheckedMs: Math.round(Math.max(...checked.map(({ ms }) => ms))),
    slowestRefusedMs: Math.round(Math.max(...refused.map(({ ms }) => ms))),
    floodMs: Math.round(floodMs),
    before,
    during,
  });
  await database.close();
  app.kill('SIGTERM');
  expect(await app.ended).toBe(0);
  fs.rmSync(dataDir, { recursive: true, force: true });

  expect(checked.length + refused.length).toBe(32);
  expect(checked.length).toBeGreaterThanOrEqual(8);
  expect(refused.length).toBeGreaterThan(0);
  for (const { retryAfter } of refused) expect(Number(retryAfter)).toBeGreaterThan(0);
  for (const [address, { p50, p99 }] of Object.entries(during)) {
    expect([address, p50 < 500]).toEqual([address, true]);
    expect([address, p99 < Math.max(500, 4 * (before[address]?.p99 ?? 0))]).toEqual([address, true]); // others use this machine too
  }
});

/** Asks for each address every 20 ms; `stop` gives the milliseconds. */
function probe(origin: string, addresses: string[]) {
  let isOver = false;
  const times = addresses.map((address) => ({ address, list: [] as number[] }));
  const running = times.map(async ({ address, list }) => {
    while (!isOver) {
      const startedAt = performance.now();
      expect((await fetch(origin + address)).status).toBe(200);
      list.push(performance.now() - startedAt);
      await sleep(20);
    }
  });
  return {
    async stop(): Promise<Record<string, { p50: number; p99: number }>> {
      isOver = true;
      await Promise.all(running);
      return Object.fromEntries(
        times.map(({ address, list }) => [
          address,
          { p50: percentile(list, 0.5), p99: percentile(list, 0.99) },
        ]),
      );
    },
  };
}

function percentile(list: number[], part: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}
