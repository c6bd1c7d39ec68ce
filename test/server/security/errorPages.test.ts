/** Rows 78 and 85: what is refused or fails says so on one page, and shows nothing of the inside. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../server/database/pool.ts';
import { noDatabase } from '../appParts.ts';
import { expectProtectedHeaders } from '../http/protectedHeaders.ts';
import { type Answer, request } from '../http/request.ts';
import { type AccountsApp, addPerson, noLimits, type Person, serveAccounts, signIn } from './accountsApp.ts';
import { createVisitor, readToken, type Visitor } from './visitor.ts';

let app: AccountsApp;
let withoutDatabase: AccountsApp;
let brokenDatabase: AccountsApp;
let limited: AccountsApp;
let alice: Person;
let inside: Visitor;

/** A fault that nobody has foreseen, whose message would give a lot away. */
const faulty: Database = {
  ...noDatabase,
  query: async (sql) => {
    if (sql.includes('rate_limits')) return [{ hits: 1, seconds: 60 }];
    throw new Error(`SELECT canary FROM users failed at /srv/node_modules/pg: ${sql}`);
  },
};
const gone: Database = {
  ...noDatabase,
  query: () => Promise.reject(Object.assign(new Error('connect canary'), { code: 'ECONNREFUSED' })),
};
const standIn = (database: Database) => ({
  database,
  connection: { connectionString: '' },
  drop: async () => {},
});

beforeAll(async () => {
  app = await serveAccounts();
  withoutDatabase = await serveAccounts(noLimits, standIn(gone));
  brokenDatabase = await serveAccounts(noLimits, standIn(faulty));
  limited = await serveAccounts({ LIMIT_CAPTCHA: '1' });
  alice = await addPerson(app.database);
  inside = await signIn(app, alice);
});

afterAll(async () => {
  for (const each of [app, withoutDatabase, brokenDatabase, limited]) await each.stop();
});

const formType = { 'Content-Type': 'application/x-www-form-urlencoded' };
const token = async () => readToken((await inside.get('/account')).body.toString());

const refusals: [name: string, status: number, ask: () => Promise<Answer>][] = [
  ['an address that is no text', 400, () => request(app.url, '/specs/%ff%fe')],
  ['a signed-in address that is no text', 400, () => inside.get('/account/%ff')],
  ['a form without a token', 403, () => inside.post('/account/delete', {})],
  ['a form from elsewhere', 403, () => inside.post('/account', '', { 'Sec-Fetch-Site': 'cross-site' })],
  ['a page that is not there', 404, () => request(app.url, '/no-such-page')],
  ['an account page that is not there', 404, () => inside.get('/account/none')],
  ['a picture that is not there', 404, () => createVisitor(app.url).get('/captcha/none.svg')],
  [
    'a session that is not there',
    404,
    async () => inside.post('/account/sessions/x/end', { _csrf: await token() }),
  ],
  ['a method that is not there', 405, () => request(app.url, '/', { method: 'DELETE' })],
  ['a form that is too long', 413, () => inside.post('/account/email', `email=${'x'.repeat(70_000)}`)],
  ['a form of too many fields', 413, () => inside.post('/account/email', 'a=1&'.repeat(60))],
  ['JSON', 415, () => inside.post('/account/email', '{"a":1}', { 'Content-Type': 'application/json' })],
  [
    'a file',
    415,
    () => inside.post('/account/email', 'x', { 'Content-Type': 'multipart/form-data; boundary=x' }),
  ],
  [
    'an unknown charset',
    415,
    () => inside.post('/sign-in', 'a=1', { 'Content-Type': `${formType['Content-Type']}; charset=x` }),
  ],
  ['a compressed form', 415, () => inside.post('/sign-in', 'a=1', { 'Content-Encoding': 'gzip' })],
  [
    'a field sent twice',
    422,
    async () => inside.post('/account/email', `_csrf=${encodeURIComponent(await token())}&email=a&email=b`),
  ],
  ['too many requests', 429, tooMany],
  ['a fault of ours', 500, () => createVisitor(brokenDatabase.url).get('/sign-in')],
  ['no database', 503, () => createVisitor(withoutDatabase.url).get('/sign-in')],
];

describe.each(refusals)('%s (%i)', (_name, status, ask) => {
  test('row 85: is one page with the request’s number, and nothing of the inside', async () => {
    const { status: got, headers, body } = await ask();
    const html = body.toString();
    expect(got).toBe(status);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    expectProtectedHeaders(headers);
    expect(html).toContain('<h1');
    expect(html).not.toMatch(
      /\bat .+:\d+|node_modules|SELECT|INSERT|canary|ECONN|undefined|\[object|dist\/|server\//,
    );
    expect(html).not.toMatch(/express|postgres|node\.js|\bejs\b|\bpg\b|lusca/i);
    if (status !== 403) expect(html).toContain(`<code>${headers['x-request-id']}</code>`);
    if (status === 503 || status === 429) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });
});

test('row 85: a fault of ours is in the log under the same number, with its stack', async () => {
  const { headers } = await createVisitor(brokenDatabase.url).get('/register');
  const lines = brokenDatabase
    .log()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const line = lines.find(({ id, msg }) => id === headers['x-request-id'] && msg === 'request failed');
  expect(line).toMatchObject({ level: 'error', err: { type: 'Error', stack: expect.any(Array) } });
});

/** As people try them, raw on the wire. */
const insideFiles = [
  '/.git/config',
  '/.env',
  '/.npmrc',
  '/.htaccess',
  '/package.json',
  '/package-lock.json',
  '/server/main.ts',
  '/dist/server/main.js',
  '/dist/assets.json',
  '/assets.json',
  '/views/layout.ejs',
  '/migrations/0002_accounts.sql',
  '/data/secrets.json',
  '/secrets.json',
  '/data/postgres/PG_VERSION',
  '/backup.zip',
  '/wp-login.php',
  '/server-status',
  '/node_modules/express/package.json',
];
const climbs = [
  '..',
  '%2e%2e',
  '%2E%2E',
  '.%2e',
  '..%2f..',
  '..%5c..',
  '..\\..',
  '%252e%252e',
  '..%00',
  '....//..',
  '..;',
];

test('row 78: no file but the built ones is served, however it is asked for', async () => {
  const targets = ['package.json', 'server/main.js', 'assets.json', 'etc/passwd', '.git/config'];
  const climbing = climbs.flatMap((climb) =>
    ['/', '/assets/', '/specs/', '/account/', '/captcha/'].flatMap((start) =>
      targets.map((target) => `${start}${climb}/${climb}/${target}`),
    ),
  );
  expect(climbing.length).toBeGreaterThan(200);
  for (const address of [...insideFiles, ...insideFiles.map((file) => `/assets${file}`), ...climbing]) {
    const { status, body } = await request(app.url, address);
    expect([address, [303, 400, 404].includes(status)]).toEqual([address, true]);
    expect(body.toString()).not.toMatch(/"dependencies"|root:x:|\[core\]|createApp|workspace\.js"/);
  }
});

async function tooMany(): Promise<Answer> {
  const visitor = createVisitor(limited.url);
  await visitor.get('/sign-in');
  return visitor.get('/sign-in');
}
