/** Four servers start at once on a database without a single table, eight times. */
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { startEmbedded } from '../../server/database/embedded.ts';
import { openDatabase } from '../../server/database/pool.ts';
import { createLog } from '../../server/log.ts';
import { runApp, temporaryFolder } from '../server/runApp.ts';
import { report } from './report.ts';

const rounds = 8;
const servers = 4;

test('four servers that start together on an empty database all get ready, and each migration is applied once', async () => {
  const dataDir = temporaryFolder();
  const log = createLog('silent');
  const postgres = await startEmbedded({ dataDir, log, isDurable: false });
  const admin = openDatabase(postgres.connection, log);
  const applied = fs.readdirSync('migrations').length;
  let failed = 0;
  for (let round = 0; round < rounds; round++) {
    const name = `round_${round}`;
    await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`);
    const DATABASE_URL = `postgres:///${name}?user=postgres&host=${postgres.connection.host}`;
    const apps = await Promise.all(
      Array.from({ length: servers }, () => runApp({ DATABASE_URL, LOG_LEVEL: 'info' })),
    );
    for (const { url } of apps) {
      const isReady = url !== '' && (await fetch(`${url}/readyz`)).status === 200;
      if (!isReady) failed += 1;
    }
    for (const app of apps) app.kill('SIGTERM');
    for (const app of apps) expect(await app.ended).toBe(0);
    const lines = apps.map((app) => app.output().stdout).join('');
    expect(lines.split('migrations applied').length - 1).toBe(1);
    const own = openDatabase({ ...postgres.connection, database: name }, log);
    expect(await own.query('SELECT name FROM migrations')).toHaveLength(applied);
    await own.close();
  }
  report('four migrators', { starts: rounds * servers, failed });
  await admin.close();
  await postgres.stop();
  fs.rmSync(dataDir, { recursive: true, force: true });
  expect(failed).toBe(0);
});
