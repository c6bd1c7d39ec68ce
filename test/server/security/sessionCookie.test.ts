/** Rows 10, 13, 15, 22, 23, 26, 27, 28 and 30 of the security table: the cookie, and what stands behind it. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../server/database/pool.ts';
import { isFreshPreSessionId, makePreSessionId, makeSessionId } from '../../../server/http/sessionIds.ts';
import { createLog } from '../../../server/log.ts';
import { testSecretVariables } from '../appParts.ts';
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

const publicPages = [
  '/',
  '/generate',
  '/specs',
  '/privacy',
  '/terms',
  '/credits',
  '/no-such-page',
  '/healthz',
];
const behindProxy = {
  ...noLimits,
  PUBLIC_URL: 'https://fit.example',
  TRUST_PROXY: '1',
};
const overHttps = { Host: 'fit.example', 'X-Forwarded-For': '192.0.2.1', 'X-Forwarded-Proto': 'https' };

let app: AccountsApp;

beforeAll(async () => {
  app = await serveAccounts();
});

afterAll(() => app.stop());

test('row 10: on plain http the cookie is HttpOnly, SameSite=Lax, for all paths, without a domain', async () => {
  const [line] = (await createVisitor(app.url).get('/sign-in')).headers['set-cookie'] ?? [];
  expect(line).toMatch(/^sid=s%3Apre\.\w+\.[\w-]{24}\.[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
});

test('row 13: ids come from the system and never repeat', () => {
  const ids = new Set(Array.from({ length: 10_000 }, () => makeSessionId()));
  expect(ids.size).toBe(10_000);
  for (const id of ids) expect(id).toMatch(/^[\w-]{32}$/); // 192 bits
  const visitors = new Set(Array.from({ length: 10_000 }, () => makePreSessionId()));
  expect(visitors.size).toBe(10_000);
  const letters = new Map<string, number>();
  for (const letter of [...ids].join('')) letters.set(letter, (letters.get(letter) ?? 0) + 1);
  expect(letters.size).toBe(64);
  for (const count of letters.values()) expect(count / 5000).toBeCloseTo(1, 0); // 320 000 / 64
});

test('row 13: the id of a visitor is good for two hours, by the time in it', () => {
  const now = Date.now();
  const minutes = (count: number) => makePreSessionId(now - count * 60_000);
  expect([minutes(0), minutes(119), minutes(-4)].map((id) => isFreshPreSessionId(id, now))).toEqual([
    true,
    true,
    true,
  ]);
  const bad = [
    minutes(121),
    minutes(-6),
    'pre',
    'pre.',
    'pre.x',
    `pre.zzzzzzzzz.${'a'.repeat(24)}`,
    makeSessionId(),
  ];
  expect(bad.filter((id) => isFreshPreSessionId(id, now))).toEqual([]);
});

test('row 13: a visitor whose id is an hour old gets another one with the next form, which then works', async () => {
  const withIdOf = (minutes: number) => {
    const visitor = createVisitor(app.url);
    const sid = makePreSessionId(Date.now() - minutes * 60_000);
    const signature = createHmac('sha256', testSecretVariables.SESSION_SECRET).update(sid).digest('base64');
    visitor.cookies.set('sid', encodeURIComponent(`s:${sid}.${signature.replace(/=+$/, '')}`));
    return visitor;
  };
  const young = withIdOf(59);
  const before = young.cookies.get('sid');
  await young.get('/sign-in');
  expect(young.cookies.get('sid')).toBe(before);

  const alice = await addPerson(app.database);
  const aged = withIdOf(61);
  const old = aged.cookies.get('sid');
  const form = readForm((await aged.get('/sign-in')).body.toString(), '/sign-in');
  expect(aged.cookies.get('sid')).toMatch(/^s%3Apre\./);
  expect(aged.cookies.get('sid')).not.toBe(old);
  await solveCheck(app.database, form);
  const picture = await aged.get(`/captcha/${form.picture_id}.svg`);
  expect(picture.status).toBe(200);
  const { email, password } = alice;
  expect((await aged.post('/sign-in', { ...form, email, password })).status).toBe(303);
});

test.each([
  ['an unsigned id', 'chosen-by-an-attacker'],
  ['a foreign signature', 's%3Achosen-by-an-attacker.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  [
    'a visitor id with a foreign signature',
    `s%3A${makePreSessionId()}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`,
  ],
  ['nothing', ''],
])('row 15: %s is not adopted: the visitor gets an id of ours', async (_what, value) => {
  const visitor = createVisitor(app.url);
  visitor.cookies.set('sid', value);
  expect((await visitor.get('/sign-in')).status).toBe(200);
  expect(visitor.cookies.get('sid')).toMatch(/^s%3Apre\./);
  expect(visitor.cookies.get('sid')).not.toBe(value);
});

test('row 22: with a public https address the cookie is __Host-sid and Secure; over http none is set', async () => {
  const site = await serveAccounts(behindProxy, app.own);
  const [line] = (await createVisitor(site.url, overHttps).get('/sign-in')).headers['set-cookie'] ?? [];
  expect(line).toMatch(/^__Host-sid=s%3Apre\.[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  const plain = { ...overHttps, 'X-Forwarded-Proto': 'http' };
  expect((await createVisitor(site.url, plain).get('/sign-in')).headers['set-cookie']).toBeUndefined();
  await site.stop();
});

test('row 22: the cookie of a known device has the same flags and 180 days, and says nothing readable', async () => {
  const person = await addPerson(app.database);
  const known =
    /=[\w-]{24}\.[\w-]{43}\.[0-9a-z]+\.[\w-]{43}; Max-Age=15552000; Path=\/; Expires=[^;]+; HttpOnly; /;
  const site = await serveAccounts(behindProxy, app.own);
  for (const [at, headers, name, flags] of [
    [app, {}, 'known', /HttpOnly; SameSite=Lax$/],
    [site, overHttps, '__Host-known', /HttpOnly; Secure; SameSite=Lax$/],
  ] as const) {
    const answer = await sendSignIn(at, createVisitor(at.url, headers), person);
    const line = answer.headers['set-cookie']?.find((each) => each.startsWith(`${name}=`)) ?? '';
    expect(line).toMatch(known);
    expect(line).toMatch(flags);
  }
  await site.stop();
});

test('row 23: behind a proxy that brings https somebody can sign in, and the cookie lasts', async () => {
  const site = await serveAccounts(behindProxy, app.own);
  const person = await addPerson(app.database);
  const visitor = await signIn(site, person, overHttps);
  expect([...visitor.cookies.keys()].sort()).toEqual(['__Host-known', '__Host-sid']);
  expect((await visitor.get('/account')).status).toBe(200);
  await site.stop();
});

test('row 26: 300 reads of public pages make no cookie and no session row', async () => {
  for (const page of publicPages) {
    for (let i = 0; i < 300 / publicPages.length; i++) {
      const { headers } = await createVisitor(app.url).get(page);
      expect([page, headers['set-cookie']]).toEqual([page, undefined]);
    }
  }
  const before = await countSessions();
  for (let i = 0; i < 50; i++) {
    const visitor = createVisitor(app.url);
    await visitor.get('/sign-in');
    await visitor.get('/register');
    await visitor.get('/account');
  }
  expect(await countSessions()).toEqual(before);
});

test('row 27: the database alone is not enough: an id out of it, unsigned or signed with another secret, is nobody', async () => {
  const person = await addPerson(app.database);
  const visitor = await signIn(app, person);
  const rows = await app.database.query('SELECT sid FROM sessions WHERE user_id = $1', [person.id]);
  const { sid } = rows[0] as { sid: string };
  const thief = createVisitor(app.url);
  for (const value of [sid, `s%3A${sid}`, `s%3A${sid}.`, `s%3A${sid}.${'A'.repeat(43)}`]) {
    thief.cookies.set('sid', value);
    expect((await thief.get('/account')).status).toBe(303);
  }
  expect((await visitor.get('/account')).status).toBe(200);
});

test('row 27: after a change of the secret old cookies count while the old secret is listed, and no longer', async () => {
  const old = testSecretVariables.SESSION_SECRET;
  const fresh = 'another secret of the tests that everybody may read';
  const person = await addPerson(app.database);
  const visitor = await signIn(app, person);
  const statusUnder = async (secrets: string) => {
    const other = await serveAccounts({ ...noLimits, SESSION_SECRET: secrets }, app.own);
    const same = createVisitor(other.url);
    for (const [name, value] of visitor.cookies) same.cookies.set(name, value);
    const { status } = await same.get('/account');
    await other.stop();
    return status;
  };
  expect(await statusUnder(`${fresh},${old}`)).toBe(200);
  expect(await statusUnder(fresh)).toBe(303);
});

test('row 28: a session lives as long for a server whose connections are in another time zone', async () => {
  const person = await addPerson(app.database);
  const visitor = await signIn(app, person);
  for (const zone of ['Asia/Shanghai', 'America/Los_Angeles']) {
    const [{ name }] = (await app.database.query('SELECT current_database() AS name')) as [{ name: string }];
    await app.database.query(`ALTER DATABASE ${name} SET timezone = '${zone}'`);
    const database = openDatabase(app.own.connection, createLog('silent'));
    expect(await database.query('SHOW timezone')).toEqual([{ TimeZone: zone }]);
    const other = await serveAccounts(noLimits, { ...app.own, database });
    const same = createVisitor(other.url);
    for (const [cookie, value] of visitor.cookies) same.cookies.set(cookie, value);
    expect((await same.get('/account')).status).toBe(200);
    const there = await signIn(other, person);
    const here = createVisitor(app.url);
    for (const [cookie, value] of there.cookies) here.cookies.set(cookie, value);
    expect((await here.get('/account')).status).toBe(200);
    await other.stop();
    await database.close();
    await app.database.query(`ALTER DATABASE ${name} RESET timezone`);
  }
});

test.each([
  ['8 kB of it', `sid=${'a'.repeat(8000)}`],
  ['more than a server reads', `sid=${'a'.repeat(20_000)}`],
  ['two of one name', 'sid=a; sid=b'],
  ['percent signs of nothing', 'sid=%E0%A4%A; sid=%; %=%'],
  ['an object', 'sid=j:{"userId":"x"}'],
  ['a name of the prototype', '__proto__=x; constructor=y; sid=s:__proto__.x'],
  ['bytes that are no text', 'sid=\u00ff\u0080'],
])('row 30: a cookie of %s breaks nothing', async (_what, Cookie) => {
  for (const address of ['/', '/sign-in', '/account']) {
    const { status } = await createVisitor(app.url).get(address, { Cookie });
    expect([200, 303, 431]).toContain(status);
  }
});

async function countSessions(): Promise<unknown> {
  return app.database.query('SELECT count(*)::int FROM sessions');
}
