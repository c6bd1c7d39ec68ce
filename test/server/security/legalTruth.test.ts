/** The privacy page against the running system: schema, cookies, periods and hosts, after a whole life of an account. */

import fs from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { isFreshPreSessionId, makePreSessionId } from '../../../server/http/sessionIds.ts';
import { fixedPeriods, impersonalTables, storedTables } from '../../../server/pages/legalFacts.ts';
import { knownDeviceDays } from '../../../server/pages/periods.shared.ts';
import { exportExtras } from '../../../server/presets/exportExtras.shared.ts';
import {
  type AccountsApp,
  addPerson,
  type Person,
  sendSignIn,
  serveAccounts,
  signIn,
} from './accountsApp.ts';
import { createVisitor } from './visitor.ts';
import { dumpColumns, listColumns } from './wholeDatabase.ts';

let app: AccountsApp;
let alice: Person;
let privacy: string;
/** Every Set-Cookie of the journey: name and attributes. */
const cookies: string[] = [];
const day = 24 * 60 * 60;

beforeAll(async () => {
  app = await serveAccounts();
  alice = await addPerson(app.database);
  privacy = (await createVisitor(app.url).get('/privacy')).body.toString();
  await live();
});

afterAll(() => app.stop());

/** Reads, signs in, uses every form, fails and leaves. */
async function live(): Promise<void> {
  const stranger = createVisitor(app.url);
  for (const page of ['/', '/generate', '/specs', '/privacy', '/register', '/sign-in', '/account']) {
    cookies.push(...((await stranger.get(page)).headers['set-cookie'] ?? []));
  }
  cookies.push(...((await sendSignIn(app, createVisitor(app.url), alice)).headers['set-cookie'] ?? []));
  const visitor = await signIn(app, alice, { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' });
  const wrong = { current_password: 'not her password at all' };
  for (const [action, fields] of [
    [
      '/account/preferences',
      {
        theme: 'dark',
        detection: 'centre',
        units: 'mm',
        format: 'png',
        quality: '61',
        template: '{photo}',
      },
    ],
    ['/account/email', { email: alice.email, ...wrong }],
    ['/account/email', { email: 'other.address@example.org', ...wrong }],
    ['/account/export', { current_password: alice.password }],
    ['/account/sessions/end-others', {}],
  ] as const) {
    const { headers, status } = await visitor.submit('/account', action, fields);
    expect([action, status < 500]).toEqual([action, true]);
    cookies.push(...(headers['set-cookie'] ?? []));
  }
}

test('every table is on the page or holds nothing about a person, and the page names exactly its columns', async () => {
  const columns = await listColumns(app.database);
  const tables = [...new Set(columns.map(({ table }) => table))];
  const known = [...impersonalTables, ...storedTables.map(({ name }) => name)];
  expect(tables.sort()).toEqual(known.sort());
  const sections = privacy.split('<h3>').slice(1);
  expect(sections).toHaveLength(storedTables.length);
  for (const { name } of storedTables) {
    const section = sections.find((text) => text.includes(`Table <code>${name}</code>`)) ?? '';
    const list = section.slice(0, section.indexOf('</dl>'));
    const named = [...list.matchAll(/<dt><code>(\w+)<\/code><\/dt>/g)].map(([, column]) => column);
    expect(named).toEqual(columns.filter(({ table }) => table === name).map((column) => column.name));
    expect(section).toMatch(/<\/code>\. (Kept|Ends|Starts) /);
  }
});

test('a table that is called impersonal has nothing that belongs to anybody', async () => {
  const columns = await listColumns(app.database);
  const kept = columns.filter(({ table }) => impersonalTables.includes(table)).map(({ name }) => name);
  expect(kept.sort()).toEqual(['applied_at', 'checked_at', 'checksum', 'name', 'only_row']);
});

test('the session’s own room is empty, its device is two words, and counters have no readable key', async () => {
  const dump = await dumpColumns(app.database);
  expect(new Set(dump.get('sessions.sess'))).toEqual(new Set(['{}']));
  expect(dump.get('sessions.device')).toContain('Firefox on Linux');
  expect(dump.get('rate_limits.key')?.length).toBeGreaterThan(2);
  for (const key of dump.get('rate_limits.key') ?? []) expect(key).toMatch(/^[\w-]{43}$/);
  expect(dump.get('users.preferences')?.map((text) => Object.keys(JSON.parse(text)).sort())).toEqual([
    ['detection', 'format', 'quality', 'template', 'theme', 'units', ...exportExtras].sort(),
  ]);
});

test('the cookies on the page are the only ones ever set', async () => {
  expect(cookies.length).toBeGreaterThan(0);
  const names = new Set(cookies.map((cookie) => cookie.split('=')[0]));
  const named = [
    ...(privacy.split('<h2>Cookies</h2>')[1]?.split('<h2>')[0] ?? '').matchAll(/<code>([^<]+)</g),
  ];
  expect([...names]).toEqual(named.map(([, name]) => name));
});

test('the cookie lives as the page says: until the browser is closed, or the days of a session', async () => {
  for (const cookie of cookies) {
    expect(cookie).toMatch(/; HttpOnly/);
    const isStrangers = decodeURIComponent(cookie).includes('=s:pre.');
    if (isStrangers) expect(cookie).not.toMatch(/expires|max-age/i);
  }
  const visitor = createVisitor(app.url);
  const { headers } = await visitor.get('/sign-in');
  expect(headers['set-cookie']?.[0]).not.toMatch(/expires|max-age/i);
  const [signedIn] = await signInCookies();
  const expires = Date.parse(/Expires=([^;]+)/.exec(signedIn ?? '')?.[1] ?? '');
  expect(Math.round((expires - Date.now()) / 1000 / day)).toBe(30);
  expect(privacy).toContain('30 days at most');
});

test('the known device is known as long as the page says', async () => {
  const { headers } = await sendSignIn(app, createVisitor(app.url), alice);
  const line = headers['set-cookie']?.find((cookie) => cookie.startsWith('known=')) ?? '';
  expect(Number(/Max-Age=(\d+)/.exec(line)?.[1]) / day).toBe(knownDeviceDays);
  expect(privacy).toContain(`lasts ${knownDeviceDays} days`);
});

test('what the server accepts of a visitor is as old as the page says', () => {
  const { visitorHours } = fixedPeriods;
  const hours = 60 * 60 * 1000;
  const now = Date.now();
  const sid = makePreSessionId(now);
  expect(isFreshPreSessionId(sid, now + visitorHours * hours - 60_000)).toBe(true);
  expect(isFreshPreSessionId(sid, now + visitorHours * hours + 60_000)).toBe(false);
  expect(privacy).toContain(`accepts it for ${visitorHours} hours`);
});

test('rows end when the page says: sessions, checks and counters', async () => {
  const [row] = periodsShape.parse(
    await app.database.query(
      `SELECT (SELECT max(extract(epoch FROM expires - last_seen))::int FROM sessions) AS idle,
              (SELECT max(extract(epoch FROM expires_at - now()))::int FROM captchas) AS captcha,
              (SELECT max(extract(epoch FROM reset_at - now()))::int FROM rate_limits) AS counter`,
    ),
  );
  expect(Math.round(row.idle / day)).toBe(7);
  expect(privacy).toContain('7 days after it was last used');
  expect(row.captcha).toBeLessThanOrEqual(fixedPeriods.captchaMinutes * 60);
  expect(row.captcha).toBeGreaterThan((fixedPeriods.captchaMinutes - 1) * 60);
  expect(row.counter).toBeLessThanOrEqual(fixedPeriods.limitMinutes * 60);
  expect(row.counter).toBeGreaterThan((fixedPeriods.limitMinutes - 1) * 60);
});

test('the export holds all that the page lists, but keys, hashes and ids', async () => {
  const visitor = await signIn(app, alice);
  const { body } = await visitor.submit('/account', '/account/export', { current_password: alice.password });
  const text = body.toString();
  const { email, created_at } = accountShape.parse(
    (await app.database.query('SELECT email, created_at FROM users WHERE id = $1', [alice.id]))[0],
  );
  for (const part of [email, created_at.toISOString(), '"quality": 61', 'preferences', 'sessions', 'device'])
    expect(text).toContain(part);
});

test('the server contacts nobody: its sources have no client for any protocol but Postgres', () => {
  const sources = fs
    .readdirSync('server', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ name, text: fs.readFileSync(`server/${name}`, 'utf8') }));
  expect(sources.length).toBeGreaterThan(50);
  const client =
    /\bfetch\(|\bhttps?\.(get|request)\(|net\.(connect|createConnection)\(|node:(https|http2|dgram|tls|dns)\b|WebSocket/;
  expect(sources.filter(({ text }) => client.test(text)).map(({ name }) => name)).toEqual([]);
  const packages = Object.keys(JSON.parse(fs.readFileSync('package.json', 'utf8')).dependencies);
  expect(
    packages.filter((name) => /mail|stripe|analytic|sentry|openai|axios|undici|got$|telemetry/.test(name)),
  ).toEqual([]);
});

test('no page of accounts loads from elsewhere or sends a form there', async () => {
  const visitor = await signIn(app, alice);
  for (const page of ['/account', '/register', '/sign-in', '/privacy']) {
    const html = (await (page === '/account' ? visitor : createVisitor(app.url)).get(page)).body.toString();
    const outside = html.match(
      /<(?:script|link|img|source|iframe|use|form)\b[^>]*(?:src|href|action|srcset)="(?:[a-z]+:)?\/\//g,
    );
    expect([page, outside]).toEqual([page, null]);
  }
});

const periodsShape = z.tuple([z.object({ idle: z.number(), captcha: z.number(), counter: z.number() })]);
const accountShape = z.object({ email: z.string(), created_at: z.date() });

/** Set-Cookie of the answer that signs somebody in. */
async function signInCookies(): Promise<string[]> {
  const { status, headers } = await sendSignIn(app, createVisitor(app.url), alice);
  expect(status).toBe(303);
  return (headers['set-cookie'] ?? []).filter((cookie) => /^sid=.*Expires=/.test(cookie));
}
