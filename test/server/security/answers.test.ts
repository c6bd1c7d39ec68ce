/** Rows 81 to 85 of the security table: where answers lead, who may keep them, what they and the log say. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { safeNext } from '../../../server/http/safeNext.ts';
import { noDatabase } from '../appParts.ts';
import { request } from '../http/request.ts';
import { createTestDatabase, type TestDatabase } from '../testDatabase.ts';
import { type AccountsApp, addPerson, noLimits, sendSignIn, serveAccounts, signIn } from './accountsApp.ts';
import { createVisitor, readForm, type Visitor } from './visitor.ts';

let own: TestDatabase;
let app: AccountsApp;
let visitor: Visitor;

beforeAll(async () => {
  own = await createTestDatabase();
  app = await serveAccounts(noLimits, own);
  visitor = await signIn(app, await addPerson(own.database));
});

afterAll(async () => {
  await app.stop();
  await own.drop();
});

const elsewhere = [
  '//e.test',
  '///e.test',
  '/\\e.test',
  '\\\\e.test',
  '/%09/e.test',
  '/\t/e.test',
  '/.//e.test',
  '/x/..//e.test',
  'https:e.test',
  'https://e.test',
  'javascript:alert(1)',
  'data:text/html,x',
  '/\r\nLocation: //e.test',
  'e.test',
  '@e.test',
  '',
  `/${'a'.repeat(600)}`,
];

test('row 81: a wish for another place is not heard', () => {
  for (const next of elsewhere) {
    const path = safeNext(next, '/account');
    expect(new URL(path, 'https://fit.example').origin).toBe('https://fit.example');
    expect(path).not.toMatch(/^\/[\\/]|[\r\n\t]/);
  }
  for (const next of [undefined, null, 7, ['/presets'], { 0: '/presets' }])
    expect(safeNext(next, '/account')).toBe('/account');
});

test('row 81: a wish for a page of this site is heard', () => {
  for (const next of ['/account', '/presets?q=a%20b&x=%2F%2Fe.test#top', '/specs/instagram-square']) {
    expect(safeNext(next, '/account')).toBe(next);
  }
});

test('row 81: whatever an address or a header says, every redirect stays here', async () => {
  const person = await addPerson(own.database);
  for (const next of elsewhere) {
    const query = `next=${encodeURIComponent(next)}`;
    const stranger = createVisitor(app.url, { 'X-Forwarded-Host': 'e.test', Referer: 'https://e.test/' });
    const led = [(await stranger.get(`/account?${query}`)).headers.location];
    const form = (await stranger.get(`/sign-in?${query}`)).body.toString();
    expect(readForm(form, '/sign-in')._csrf).not.toBe('');
    led.push((await sendSignIn(app, stranger, person, { next })).headers.location);
    led.push((await stranger.get(`/sign-in?${query}`)).headers.location);
    for (const place of led) expect(new URL(place ?? '', app.url).origin).toBe(app.url);
  }
});

test.each(['end-others', 'b2c7a2f6-0a1c-4a38-9a5e-6b8a1f1d2c3e/end', 'none/end'])(
  'row 81: signing in leads somewhere when the address was that of a form: /account/sessions/%s',
  async (rest) => {
    const visitor = await signIn(app, await addPerson(own.database));
    const { status, headers } = await visitor.get(`/account/sessions/${rest}`);
    expect([status, headers.location]).toEqual([303, '/account#sessions']);
  },
);

test('row 81: signing in leads back to the page that asked for it', async () => {
  const stranger = createVisitor(app.url);
  const led = (await stranger.get('/account/sessions')).headers.location ?? '';
  expect(led).toBe('/sign-in?next=%2Faccount%2Fsessions');
  const form = readForm((await stranger.get(led)).body.toString(), '/sign-in');
  expect(form.next).toBe('/account/sessions');
  const person = await addPerson(own.database);
  const wrong = await sendSignIn(
    app,
    stranger,
    { ...person, password: 'not this one' },
    { next: form.next ?? '' },
  );
  expect(readForm(wrong.body.toString(), '/sign-in').next).toBe('/account/sessions');
  const right = await sendSignIn(app, stranger, person, { next: form.next ?? '' });
  expect(right.headers.location).toBe('/account/sessions');
});

test('row 82: no page takes its links from the Host that a request names', async () => {
  const headers = {
    'X-Forwarded-Host': 'evil.example',
    Forwarded: 'host=evil.example',
    'X-Original-URL': '/evil',
  };
  for (const address of ['/', '/sign-in', '/register', '/account', '/nowhere']) {
    const answer = await visitor.get(address, headers);
    expect(`${JSON.stringify(answer.headers)}${answer.body}`).not.toContain('evil');
  }
  const site = await serveAccounts({ ...noLimits, PUBLIC_URL: 'https://fit.example', TRUST_PROXY: '1' }, own);
  for (const address of ['/sign-in', '/account', '/register']) {
    const { status } = await request(site.url, address, { headers: { Host: 'evil.example' } });
    expect(status).toBe(421);
    const forged = { Host: 'fit.example', 'X-Forwarded-Host': 'evil.example' };
    const { headers, body } = await request(site.url, address, { headers: forged });
    expect(`${JSON.stringify(headers)}${body}`).not.toContain('evil');
  }
  await site.stop();
});

test('row 83: no account page may be kept by anybody, and a page and its part are never mixed up', async () => {
  const pages = ['/sign-in', '/register', '/account', '/account/nowhere', '/sign-out', '/captcha/x.svg'];
  for (const address of pages) {
    for (const person of [visitor, createVisitor(app.url)]) {
      const { headers } = await person.get(address);
      expect([address, headers['cache-control']]).toEqual([address, 'no-store']);
      expect(String(headers.vary).split(/, */)).toEqual(expect.arrayContaining(['Cookie', 'HX-Request']));
    }
  }
  for (const address of ['/account/email', '/sign-out', '/sign-in']) {
    expect((await visitor.post(address, '')).headers['cache-control']).toBe('no-store');
  }
});

test('row 83: signing out tells the browser to forget the pages it kept', async () => {
  const person = await signIn(app, await addPerson(own.database));
  const { headers } = await person.submit('/account', '/sign-out', {});
  expect(headers['clear-site-data']).toBe('"cache"');
});

test('row 84: whatever is sent, the log is whole lines of JSON in UTC and holds no secret', async () => {
  const canary = 'canary-of-row-84';
  const person = createVisitor(app.url, {
    'User-Agent': `${canary}-agent \u00ff\t[31m`,
    Referer: `https://example.org/${canary}-referer`,
    'X-Forwarded-For': `${canary}-address`,
    Authorization: `Bearer ${canary}-token`,
  });
  person.cookies.set('other', `${canary}-cookie`);
  const fields = { email: `${canary}@example.org`, password: `${canary}-password`, extra: canary };
  await sendSignIn(app, person, fields, { extra: canary });
  await person.post('/sign-in', { ...fields, _csrf: `${canary}-csrf` });
  await person.get(`/sign-in?token=${canary}-query%0d%0a{"level":"error"}`);
  await person.get('/account/%0d%0a%7b%22level%22%3a%22fatal%22%7d%1b[31m');
  await person.post('/sign-in', `email=${canary}`, { 'Content-Type': `text/${canary}` });
  const lines = app.log().trimEnd().split('\n');
  for (const line of lines) {
    const { time, level } = JSON.parse(line);
    expect(new Date(time).toISOString()).toBe(time);
    expect(['info', 'warn', 'error']).toContain(level);
  }
  expect(app.log()).not.toContain(canary);
  expect(app.log()).not.toMatch(/[^\P{Cc}\n]/u);
  const tables = ['users', 'sessions', 'captchas', 'rate_limits'];
  const kept = await Promise.all(tables.map((table) => own.database.query(`SELECT * FROM ${table}`)));
  expect(JSON.stringify(kept)).not.toContain(canary);
  for (const [, value] of visitor.cookies) {
    expect(app.log()).not.toContain(value);
    expect(app.log()).not.toContain(decodeURIComponent(value).slice(2, 34));
  }
});

test.each([
  [403, (person: Visitor) => person.post('/sign-out', '')],
  [404, (person: Visitor) => person.get('/captcha/x.svg')],
  [413, (person: Visitor) => person.post('/sign-in', 'a'.repeat(20_000))],
  [415, (person: Visitor) => person.post('/sign-in', '{}', { 'Content-Type': 'application/json' })],
] as const)(
  'row 85: %d is a page with the id of the request, and without a word about the inside',
  async (status, ask) => {
    const answer = await ask(createVisitor(app.url));
    expect(answer.status).toBe(status);
    expectQuiet(answer.body.toString());
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  },
);

test('row 85: a database that fails gives 503, or 500 when the mistake is ours, and both keep quiet', async () => {
  const failing = (error: Error) => ({
    ...own,
    database: {
      ...noDatabase,
      query: () => Promise.reject(error),
      inTransaction: () => Promise.reject(error),
    },
  });
  const errors: [number, Error][] = [
    [
      503,
      Object.assign(new Error('canary connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' }),
    ],
    [503, Object.assign(new Error('canary connect ENOENT'), { code: 'ENOENT', syscall: 'connect' })],
    [503, Object.assign(new Error('canary terminating connection'), { code: '57P01' })],
    [503, Object.assign(new Error('canary No space left'), { code: '53100' })],
    [503, Object.assign(new Error('canary too many connections'), { code: '53300' })],
    [503, Object.assign(new Error('canary read-only'), { code: '25006' })],
    [503, new Error('timeout exceeded when trying to connect')],
    [503, new Error('Query read timeout')],
    [500, Object.assign(new Error('canary relation does not exist'), { code: '42P01' })],
    [500, new TypeError('canary x is not a function')],
  ];
  for (const [status, error] of errors) {
    const broken = await serveAccounts(noLimits, failing(error));
    const person = createVisitor(broken.url);
    for (const [name, value] of visitor.cookies) person.cookies.set(name, value);
    const answer = await person.get('/account');
    expect([error.message, answer.status]).toEqual([error.message, status]);
    expect(answer.headers['retry-after']).toBe(status === 503 ? '5' : undefined);
    expect(answer.headers['set-cookie']).toBeUndefined(); // nobody is signed out by an outage
    expectQuiet(answer.body.toString());
    await broken.stop();
  }
});

function expectQuiet(html: string): void {
  expect(html).toContain('<h1');
  expect(html).not.toMatch(/canary|node_modules|^\s+at |Error:|SELECT|express|postgres|\b\d+\.\d+\.\d+\b/im);
}

test('row 81: a new preset keeps its specs through signing in and registering, and the page says what for', async () => {
  const asked = '/presets/new?specs=x-post';
  const stranger = createVisitor(app.url);
  const led = (await stranger.get(asked)).headers.location ?? '';
  expect(led).toBe(`/sign-in?next=${encodeURIComponent(asked)}`);
  const page = (await stranger.get(led)).body.toString();
  expect(readForm(page, '/sign-in').next).toBe(asked);
  expect(page).toContain('Sign in to save it in a preset. Or <a href="/generate?specs=x-post">open it');
  const register = `/register?next=${encodeURIComponent(asked)}`;
  expect(page).toContain(`href="${register}"`);
  expect(readForm((await stranger.get(register)).body.toString(), '/register').next).toBe(asked);
  const right = await sendSignIn(app, stranger, await addPerson(own.database), { next: asked });
  expect(right.headers.location).toBe(asked);
  const long = `/presets/new?specs=${'x-post,'.repeat(100)}`;
  const cut = (await createVisitor(app.url).get(long)).headers.location;
  expect(cut).toBe(`/sign-in?next=${encodeURIComponent('/presets/new')}`);
});
