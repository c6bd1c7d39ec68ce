import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../../server/log.ts';
import { purge, startRetention } from '../../server/retention.ts';
import { bundleForNode } from './database/bundleForNode.ts';
import { until } from './runApp.ts';
import { createTestDatabase, type TestDatabase } from './testDatabase.ts';

const retention = {
  expiredSessionsHours: 24,
  expiredCaptchasHours: 1,
  expiredLimitsHours: 24,
  deletedDays: 30,
  purgeEveryMinutes: 60,
};
const nothing = { sessions: 0, captchas: 0, limits: 0, presets: 0, customSizes: 0 };
const periods = { sessionMaxDays: 30, retention };

let own: TestDatabase;
let userId: string;

beforeEach(async () => {
  own = await createTestDatabase();
  const [user] = await own.database.query(
    `INSERT INTO users (email, email_key, password_hash, pepper_version)
     VALUES ('alice@example.org', 'alice@example.org', $1, 1) RETURNING id`,
    ['x'.repeat(60)],
  );
  userId = (user as { id: string }).id;
});

afterEach(() => own.drop());

test('row 86: what is past its period goes, what is within it stays', async () => {
  await insertSession('gone', { createdAgo: '10 days', expiredAgo: '25 hours' });
  await insertSession('stays', { createdAgo: '10 days', expiredAgo: '23 hours' });
  await insertSession('alive', { createdAgo: '1 day', expiredAgo: '-1 hour' });
  await insertSession('too old, though its row says it lives', {
    createdAgo: '32 days',
    expiredAgo: '-9 days',
  });
  await insertCaptchas(1, '61 minutes');
  await insertCaptchas(1, '59 minutes');
  await insertLimits('gone', '25 hours');
  await insertLimits('stays', '23 hours');
  expect(await purge(own.database, periods)).toEqual({ ...nothing, sessions: 2, captchas: 1, limits: 1 });
  expect(await left()).toEqual({ sessions: 2, captchas: 1, limits: 1, users: 1 });
  expect(await purge(own.database, periods)).toEqual(nothing);
});

test('what a person deleted can be brought back for thirty days, and what was not deleted stays for ever', async () => {
  for (const table of ['presets', 'custom_sizes']) {
    await insertKept(table, 'long gone', '31 days');
    await insertKept(table, 'gone lately', '29 days');
    await insertKept(table, 'kept', null);
  }
  expect(await purge(own.database, periods)).toEqual({ ...nothing, presets: 1, customSizes: 1 });
  for (const table of ['presets', 'custom_sizes']) {
    const rows = await own.database.query(`SELECT name FROM ${table} ORDER BY name`);
    expect([table, rows]).toEqual([table, [{ name: 'gone lately' }, { name: 'kept' }]]);
  }
  const sooner = { ...periods, retention: { ...retention, deletedDays: 0 } };
  expect(await purge(own.database, sooner)).toEqual({ ...nothing, presets: 1, customSizes: 1 });
});

test('other periods keep other rows', async () => {
  await insertSession('one', { createdAgo: '2 days', expiredAgo: '2 hours' });
  await insertCaptchas(1, '2 hours');
  await insertLimits('one', '2 hours');
  const other = { ...retention, expiredSessionsHours: 1, expiredCaptchasHours: 3, expiredLimitsHours: 1 };
  expect(await purge(own.database, { ...periods, retention: other })).toEqual({
    ...nothing,
    sessions: 1,
    limits: 1,
  });
});

test('a heap of rows goes in steps, to the last one', async () => {
  await insertCaptchas(12_001, '2 hours');
  expect(await purge(own.database, periods)).toMatchObject({ captchas: 12_001 });
  expect(await left()).toMatchObject({ captchas: 0 });
});

test('row 86: four processes at once delete everything once, and none fails', async () => {
  await insertCaptchas(20_000, '2 hours');
  await insertSession('gone', { createdAgo: '40 days', expiredAgo: '10 days' });
  const bundle = await bundleForNode('test/server/retentionProcess.ts');
  const run = promisify(execFile);
  const args = [bundle, JSON.stringify(own.connection), JSON.stringify(periods)];
  const outputs = await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, args)));
  expect(outputs.map(({ stderr }) => stderr)).toEqual(['', '', '', '']);
  const deleted = outputs.map(({ stdout }) => JSON.parse(stdout));
  expect(deleted.reduce((sum, { captchas }) => sum + captchas, 0)).toBe(20_000);
  expect(deleted.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(1);
  expect(await left()).toMatchObject({ captchas: 0, sessions: 0 });
});

test('while another process is at it nothing is done twice and nobody waits', async () => {
  await insertCaptchas(1, '2 hours');
  await own.database.inTransaction(async (query) => {
    await query('SELECT pg_advisory_xact_lock(359114728)');
    expect(await purge(own.database, periods)).toEqual(nothing);
  });
  expect(await purge(own.database, periods)).toMatchObject({ captchas: 1 });
});

test('the server purges when it starts, says how much, and says nothing when there was nothing', async () => {
  await insertCaptchas(3, '2 hours');
  const { log, lines } = createWatchedLog();
  const first = startRetention(own.database, periods, log);
  await until('the captchas are gone', async () => (await left()).captchas === 0);
  await first.stop();
  await startRetention(own.database, periods, log).stop();
  expect(lines().map(({ msg, captchas }) => ({ msg, captchas }))).toEqual([
    { msg: 'expired rows deleted', captchas: 3 },
  ]);
});

test('a database that fails costs a line, not the server', async () => {
  const { log, lines } = createWatchedLog();
  const broken = {
    ...own.database,
    inTransaction: () => Promise.reject(new Error('the database has gone')),
  };
  await startRetention(broken, periods, log).stop();
  expect(lines()).toEqual([
    expect.objectContaining({ level: 'warn', msg: 'expired rows could not be deleted' }),
  ]);
});

function createWatchedLog() {
  const written: string[] = [];
  return {
    log: createLog('info', { write: (line: string) => void written.push(line) }),
    lines: (): Record<string, unknown>[] => written.map((line) => JSON.parse(line)),
  };
}

async function insertSession(name: string, times: { createdAgo: string; expiredAgo: string }): Promise<void> {
  await own.database.query(
    `INSERT INTO sessions (sid, user_id, created_at, expires)
     VALUES (md5($1), $2, now() - $3::interval, now() - $4::interval)`,
    [name, userId, times.createdAgo, times.expiredAgo],
  );
}

async function insertCaptchas(count: number, expiredAgo: string): Promise<void> {
  await own.database.query(
    `INSERT INTO captchas (kind, answer, bound_to, expires_at)
     SELECT 'image', 'x', 'y', now() - $2::interval FROM generate_series(1, $1)`,
    [count, expiredAgo],
  );
}

async function insertKept(table: string, name: string, deletedAgo: string | null): Promise<void> {
  await own.database.query(
    `INSERT INTO ${table} (user_id, made_by, name, name_key, content, deleted_at)
     VALUES ($1, gen_random_uuid(), $2, $2, '{}', now() - $3::interval)`,
    [userId, name, deletedAgo],
  );
}

async function insertLimits(key: string, expiredAgo: string): Promise<void> {
  await own.database.query(
    'INSERT INTO rate_limits (key, hits, reset_at) VALUES ($1, 1, now() - $2::interval)',
    [key, expiredAgo],
  );
}

async function left(): Promise<Record<string, number>> {
  const [counts] = await own.database.query(
    `SELECT (SELECT count(*) FROM sessions)::int AS sessions, (SELECT count(*) FROM captchas)::int AS captchas,
            (SELECT count(*) FROM rate_limits)::int AS limits, (SELECT count(*) FROM users)::int AS users`,
  );
  return counts as Record<string, number>;
}
