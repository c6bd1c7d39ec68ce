/** Rows 56 to 63 of the security table: how often something may be tried. */
import fs from 'node:fs';
import express from 'express';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startEmbedded } from '../../../server/database/embedded.ts';
import { errorPage } from '../../../server/http/errorPage.ts';
import { type Listener, listen } from '../../../server/http/listener.ts';
import { type CountedLimit, createLimits } from '../../../server/http/rateLimit.ts';
import { createLog } from '../../../server/log.ts';
import { noDatabase, testSecrets } from '../appParts.ts';
import { type Answer, request } from '../http/request.ts';
import { runApp, temporaryFolder } from '../runApp.ts';
import { createTestDatabase, type TestDatabase } from '../testDatabase.ts';
import {
  type AccountsApp,
  addPerson,
  noLimits,
  sendSignIn,
  serveAccounts,
  signIn,
  solveCheck,
} from './accountsApp.ts';
import { createVisitor, readForm } from './visitor.ts';

const wrong = { password: 'not the password at all' };
const proxied = { ...noLimits, TRUST_PROXY: '1' };
const from = (address: string) => ({ 'X-Forwarded-For': address });

let own: TestDatabase;
const started: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  own = await createTestDatabase();
});

afterEach(async () => {
  for (const app of started.splice(0)) await app.stop();
  await own.database.query('TRUNCATE rate_limits');
});

afterAll(() => own.drop());

test('row 56: one address may try so many accounts and no more; another address is not touched', async () => {
  const app = await serve({ ...proxied, LIMIT_SIGN_IN: '5' });
  const statuses: number[] = [];
  for (let i = 0; i < 7; i++) {
    const visitor = createVisitor(app.url, from('192.0.2.1'));
    statuses.push((await sendSignIn(app, visitor, { email: `nobody.${i}@example.org`, ...wrong })).status);
  }
  expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
  const alice = await addPerson(own.database);
  expect((await sendSignIn(app, createVisitor(app.url, from('192.0.2.1')), alice)).status).toBe(429);
  expect((await sendSignIn(app, createVisitor(app.url, from('192.0.2.2')), alice)).status).toBe(303);
});

test('row 56: one address may try one account five times, known or not, and then has to wait', async () => {
  const app = await serve(proxied);
  const alice = await addPerson(own.database);
  for (const email of [alice.email, 'nobody@example.org']) {
    const visitor = createVisitor(app.url, from('192.0.2.3'));
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) statuses.push((await sendSignIn(app, visitor, { email, ...wrong })).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
  }
});

test('row 57: pages of other sites can’t use up what a visitor may open: they are refused before anything is counted or kept', async () => {
  const app = await serve({ ...proxied, LIMIT_CAPTCHA: '3' });
  const visitor = createVisitor(app.url, from('192.0.2.6'));
  await own.database.query('DELETE FROM captchas');
  const asked = [
    { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' },
    { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' },
    { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' },
    { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document', 'Sec-Purpose': 'prefetch' },
  ];
  for (const site of ['cross-site', 'same-site'])
    for (const headers of asked)
      for (const address of ['/sign-in', '/register', '/captcha/x.svg', '/account']) {
        const { status, headers: sent } = await visitor.get(address, { 'Sec-Fetch-Site': site, ...headers });
        expect([status, sent['set-cookie']]).toEqual([403, undefined]);
      }
  expect(await own.database.query('SELECT 1 FROM captchas UNION ALL SELECT 1 FROM rate_limits')).toEqual([]);
  const followed = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
  for (const site of ['cross-site', 'same-site', 'none'])
    expect((await visitor.get('/sign-in', { 'Sec-Fetch-Site': site, ...followed })).status).toBe(200);
});

test('row 57: an attacker from many addresses slows the owner down, and never locks the owner out', async () => {
  const app = await serve(proxied);
  const alice = await addPerson(own.database);
  for (let i = 0; i < 14; i++) {
    const attacker = createVisitor(app.url, from(`198.51.100.${i}`));
    expect((await sendSignIn(app, attacker, { email: alice.email, ...wrong })).status).toBe(422);
  }
  const startedAt = performance.now();
  const owner = createVisitor(app.url, from('192.0.2.4'));
  expect((await sendSignIn(app, owner, alice)).status).toBe(303);
  const ms = performance.now() - startedAt;
  expect(ms).toBeGreaterThan(1900);
  expect(ms).toBeLessThan(5000);
  const bob = await addPerson(own.database, 'bob');
  const before = performance.now();
  await signIn(app, bob, from('192.0.2.5'));
  expect(performance.now() - before).toBeLessThan(1500);
});

test('row 57: the right password gives back the tries that typing errors took', async () => {
  const app = await serve(proxied);
  const alice = await addPerson(own.database);
  for (let round = 0; round < 3; round++) {
    const visitor = createVisitor(app.url, from('192.0.2.6'));
    for (let i = 0; i < 3; i++) await sendSignIn(app, visitor, { email: alice.email, ...wrong });
    expect((await sendSignIn(app, visitor, alice)).status).toBe(303);
  }
});

test('row 58: of 50 sign-ins at once over two processes exactly as many are looked at as the limit says', async () => {
  // A Postgres of its own: the one of all tests has too few connections for two servers under load.
  const dataDir = temporaryFolder();
  const postgres = await startEmbedded({ dataDir, log: createLog('silent'), isDurable: false });
  const DATABASE_URL = `postgres:///postgres?user=postgres&host=${postgres.connection.host}`;
  const variables = { ...noLimits, DATABASE_URL, LIMIT_SIGN_IN: '5', LOG_LEVEL: 'silent' };
  const apps = await Promise.all([runApp(variables), runApp(variables)]);
  const ready = await Promise.all(
    Array.from({ length: 50 }, async (_, i) => {
      const visitor = createVisitor(apps[i % 2]?.url ?? '');
      return { visitor, form: readForm((await visitor.get('/sign-in')).body.toString(), '/sign-in') };
    }),
  );
  const answers = await Promise.all(ready.map(({ visitor, form }) => visitor.post('/sign-in', form)));
  expect(countStatuses(answers)).toEqual({ 422: 5, 429: 45 });
  for (const app of apps) {
    app.kill('SIGTERM');
    expect(await app.ended).toBe(0);
  }
  await postgres.stop();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

test('row 58: of 50 requests at once over two servers exactly as many pass as the limit says', async () => {
  const limit = { name: 'shared', limit: 5, windowMinutes: 1 };
  const servers = [await serveLimit(limit), await serveLimit(limit)];
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) => request(servers[i % 2]?.url ?? '', '/')),
  );
  expect(countStatuses(answers)).toEqual({ 200: 5, 429: 45 });
});

test('row 58: a window that is over begins anew, by the database’s clock', async () => {
  const { url } = await serveLimit({ name: 'window', limit: 2, windowMinutes: 1 });
  const ask = async () => (await request(url, '/')).status;
  expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
  await own.database.query("UPDATE rate_limits SET reset_at = reset_at - interval '61 seconds'");
  expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
});

test('row 59: an IPv6 /56 counts as one address, and a /48 as four', async () => {
  const { url } = await serveLimit({ name: 'v6', limit: 3, windowMinutes: 1 });
  const ask = async (address: string) => (await request(url, '/', { headers: from(address) })).status;
  const inOne56: number[] = [];
  for (const rest of ['aa00::1', 'aa00::2', 'aaff::1', 'aa01:a:b:c:d'])
    inOne56.push(await ask(`2001:db8:1:${rest}`));
  expect(inOne56).toEqual([200, 200, 200, 429]);
  const inOne48: number[] = [];
  for (let i = 0; i < 14; i++) inOne48.push(await ask(`2001:db8:2:${i.toString(16)}00::1`));
  expect(inOne48.filter((status) => status === 200)).toHaveLength(12);
  expect(await ask('2001:db8:3:100::1')).toBe(200);
  const mapped = [await ask('::ffff:192.0.2.9'), await ask('192.0.2.9'), await ask('192.0.2.9')];
  expect([...mapped, await ask('::ffff:192.0.2.9')]).toEqual([200, 200, 200, 429]);
});

test('row 60: X-Forwarded-For is read as far as TRUST_PROXY says: what a client puts in front counts for nothing', async () => {
  const limit = { name: 'forged', limit: 2, windowMinutes: 1 };
  const statusesFor = async (url: string, addresses: string[]) => {
    const statuses: number[] = [];
    for (const address of addresses)
      statuses.push((await request(url, '/', { headers: from(address) })).status);
    return statuses;
  };
  const bare = await serveLimit(limit, 0);
  expect(await statusesFor(bare.url, ['192.0.2.1', '192.0.2.2', '192.0.2.3'])).toEqual([200, 200, 429]);
  const behindOne = await serveLimit({ ...limit, name: 'one' }, 1);
  const forged = ['9.9.9.1, 192.0.2.1', '9.9.9.2, 192.0.2.1', '9.9.9.3, 192.0.2.1'];
  expect(await statusesFor(behindOne.url, forged)).toEqual([200, 200, 429]);
  expect(await statusesFor(behindOne.url, ['192.0.2.2'])).toEqual([200]);
});

test('row 60: what a careless proxy passes on and is no address makes no fresh counter', async () => {
  const { url } = await serveLimit({ name: 'garbage', limit: 2, windowMinutes: 1 }, 1);
  const statuses: number[] = [];
  for (const address of ['9.9.9.9:1001', '9.9.9.9:1002', 'garbage', '', 'unknown, x']) {
    statuses.push((await request(url, '/', { headers: from(address) })).status);
  }
  expect(statuses).toEqual([200, 200, 429, 429, 429]);
});

test('row 61: the refusal is a page that says when to come back, also in Retry-After', async () => {
  const app = await serve({ ...noLimits, LIMIT_SIGN_IN: '1' });
  const visitor = createVisitor(app.url);
  await sendSignIn(app, visitor, { email: 'nobody@example.org', ...wrong });
  const { status, headers, body } = await sendSignIn(app, visitor, { email: 'nobody@example.org', ...wrong });
  expect(status).toBe(429);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  const seconds = Number(headers['retry-after']);
  expect(seconds).toBeGreaterThan(14 * 60);
  expect(seconds).toBeLessThanOrEqual(15 * 60);
  expect(body.toString()).toContain('Too many tries');
  expect(body.toString()).toMatch(/in \d+ minutes/);
});

test('row 62: the refusal comes before anything costly', async () => {
  const app = await serve({ ...noLimits, LIMIT_SIGN_IN: '3', BCRYPT_COST: '12' });
  const visitor = createVisitor(app.url);
  const typed = { email: 'nobody@example.org', ...wrong };
  const timeOf = async (tries: number, status: number) => {
    const times: number[] = [];
    for (let i = 0; i < tries; i++) {
      const form = readForm((await visitor.get('/sign-in')).body.toString(), '/sign-in');
      await solveCheck(own.database, form);
      const startedAt = performance.now();
      expect((await visitor.post('/sign-in', { ...form, ...typed })).status).toBe(status);
      times.push(performance.now() - startedAt);
    }
    return times.sort((x, y) => x - y)[Math.floor(tries / 2)] ?? 0;
  };
  const checked = await timeOf(3, 422); // a hash of cost 12 takes 200 ms and more
  const refused = await timeOf(9, 429);
  expect(refused).toBeLessThan(checked / 4);
});

test('row 63: without the database signing in and registering are refused with 503, and never let through', async () => {
  const app = await serveAccounts(noLimits, { ...own, database: noDatabase });
  started.push(app);
  const visitor = createVisitor(app.url);
  for (const address of ['/sign-in', '/register']) {
    const { status, headers } = await visitor.get(address);
    expect([status, headers['retry-after']]).toEqual([503, '5']);
  }
  const limited = await serveLimit({ name: 'closed', limit: 5, windowMinutes: 1 }, 0, {
    ...own,
    database: noDatabase,
  });
  expect((await request(limited.url, '/')).status).toBe(503);
});

test('the counters hold neither addresses nor e-mails', async () => {
  const app = await serve(proxied);
  const alice = await addPerson(own.database);
  await sendSignIn(app, createVisitor(app.url, from('192.0.2.77')), { email: alice.email, ...wrong });
  const kept = JSON.stringify(await own.database.query('SELECT * FROM rate_limits'));
  expect(kept).toContain('"hits":1');
  expect(kept).not.toMatch(/192\.0\.2|alice|example|127\.0/);
  expect(app.log()).not.toMatch(/192\.0\.2|alice/);
});

async function serve(variables: Record<string, string>): Promise<AccountsApp> {
  const app = await serveAccounts(variables, own);
  started.push(app);
  return app;
}

/** One page behind one limit, with the addresses that requests bring. */
async function serveLimit(limit: CountedLimit, trustProxy = 1, { database } = own): Promise<Listener> {
  const app = express();
  app.set('trust proxy', trustProxy);
  app.get(
    '/',
    ...createLimits(database, testSecrets.session[0]).byAddress(limit),
    (_req, res) => void res.send('ok'),
  );
  app.use(errorPage((res) => void res.send('refused'), createLog('silent'), null));
  const listener = await listen(app, { host: '127.0.0.1', port: 0 });
  started.push({ stop: () => listener.stop(0, 100) });
  return listener;
}

function countStatuses(answers: Answer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
