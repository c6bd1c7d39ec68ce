/** Rows 1 to 9, 11 and 12 of the security table: nothing changes by a request that no page of ours made. */
import fs from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { request } from '../http/request.ts';
import {
  type AccountsApp,
  addPerson,
  dumpDatabase,
  type Person,
  sendSignIn,
  serveAccounts,
  signIn,
} from './accountsApp.ts';
import { createVisitor, readForm, readToken, type Visitor } from './visitor.ts';

/** Every address that takes a form. The first test fails when the sources have another. */
const unsafeRoutes = [
  '/register',
  '/sign-in',
  '/sign-out',
  '/account/email',
  '/account/password',
  '/account/preferences',
  '/account/export',
  '/account/delete',
  '/account/sessions/end-others',
  '/account/sessions/:publicId/end',
  '/presets/import',
  ...['/presets', '/presets/sizes'].flatMap((kept) =>
    ['', '/:id', '/:id/duplicate', '/:id/delete', '/:id/restore'].map((rest) => kept + rest),
  ),
];

const pages = '/ /generate /specs /privacy /register /sign-in /sign-out /account /presets'.split(' ');

let app: AccountsApp;
let alice: Person;
let visitor: Visitor;

beforeAll(async () => {
  app = await serveAccounts();
});

beforeEach(async () => {
  alice = await addPerson(app.database);
  visitor = await signIn(app, alice);
});

afterAll(() => app.stop());

test('row 1: the list of unsafe routes is complete', () => {
  const sources = fs
    .readdirSync('server', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => fs.readFileSync(`server/${name}`, 'utf8'))
    .join('\n');
  const found = [...sources.matchAll(/routes\.(post|put|patch|delete|all)\(\s*'([^']+)'/g)].map(
    ([, , path]) => path,
  );
  expect(new Set(found.filter((path) => path !== '/account/{*rest}'))).toEqual(new Set(unsafeRoutes));
});

test.each(unsafeRoutes)('row 1: POST %s without a token is refused and changes nothing', async (route) => {
  const address = route.replace(/:\w+/, '00000000-0000-4000-8000-000000000000');
  const before = await dumpDatabase(app.database);
  const fields = { email: alice.email, password: alice.password, current_password: alice.password };
  for (const who of [visitor, createVisitor(app.url)]) {
    for (const body of [fields, '']) expect((await who.post(address, body)).status).toBe(403);
  }
  expect(await dumpDatabase(app.database)).toEqual(before);
});

test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH', 'MKCOL', 'QUERY'])(
  'row 2: the method %s is refused on every account page, with or without a token',
  async (method) => {
    const token = readToken((await visitor.get('/account')).body.toString());
    const Cookie = `sid=${visitor.cookies.get('sid')}`;
    for (const address of ['/account', '/account/delete', '/sign-out', '/sign-in', '/captcha/x.svg']) {
      for (const headers of [{ Cookie }, { Cookie, 'X-CSRF-Token': token }]) {
        const { status } = await request(app.url, address, { method, headers });
        expect([address, [400, 403, 405].includes(status)]).toEqual([address, true]); // 400: Node knows no such method
      }
    }
    expect((await visitor.get('/account')).status).toBe(200);
  },
);

test('row 3: a wrong, foreign, doubled, empty, cut or huge token is refused, and never a failure', async () => {
  const own = readToken((await visitor.get('/account')).body.toString());
  const bob = await signIn(app, await addPerson(app.database, 'bob'));
  const foreign = readToken((await bob.get('/account')).body.toString());
  const form = (token: string) => `_csrf=${encodeURIComponent(token)}`;
  const bodies = [
    form('x'),
    form(foreign),
    form(''),
    form(own.slice(0, -1)),
    form(`${own}x`),
    `${form(own)}&${form(own)}`,
    `_csrf[]=${encodeURIComponent(own)}`,
    `_csrf[x]=${encodeURIComponent(own)}`,
    '_csrf=%00',
    '_csrf=%ff%fe',
    '__proto__=x',
  ];
  for (const body of bodies)
    expect([body, (await visitor.post('/sign-out', body)).status]).toEqual([body, 403]);
  expect((await visitor.post('/sign-out', form('x'.repeat(1_000_000)))).status).toBe(413);
  expect((await visitor.post(`/sign-out?${form(own)}`, '')).status).toBe(403);
  expect((await visitor.post('/sign-out', '', { 'X-CSRF-Token': foreign })).status).toBe(403);
  expect((await visitor.get('/account')).status).toBe(200);
  expect((await visitor.post('/sign-out', '', { 'X-CSRF-Token': own })).status).toBe(303);
});

test('row 4: the refusal is a page with a fresh form that holds what was typed, but no secret', async () => {
  const typed = {
    _csrf: 'stale',
    email: 'fig"><b>@example.org',
    current_password: 'canary-secret-1',
    new_password: 'canary-secret-2',
    work: '77',
    picture_id: 'canary-id',
  };
  const answer = await visitor.post('/account/email', typed);
  const html = answer.body.toString();
  expect(answer.status).toBe(403);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(html).not.toMatch(/canary|<b>|name="work"/);
  const form = readForm(html, '/account/email');
  expect(form).toEqual({ _csrf: expect.stringMatching(/^[\w+/=]{30,}$/), email: typed.email });
  expect((await visitor.post('/account/email', form)).status).toBe(422); // it is through: the password is missing
});

test('row 4: somebody else’s values are never offered: only a request from our own page gets the form', async () => {
  for (const headers of [{ 'Sec-Fetch-Site': 'none' }, { 'Sec-Fetch-Site': 'none', Origin: 'null' }]) {
    const { status, body } = await visitor.post('/account/preferences', { quality: '1' }, headers);
    expect(status).toBe(403);
    expect(body.toString()).not.toContain('name="quality"');
  }
});

test('row 5: nobody can be signed in to an attacker’s account: the form needs the token of the same browser', async () => {
  const attacker = createVisitor(app.url);
  const form = readForm((await attacker.get('/sign-in')).body.toString(), '/sign-in');
  const victim = createVisitor(app.url);
  await victim.get('/sign-in');
  const before = await dumpDatabase(app.database);
  for (const headers of [{}, { 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }]) {
    const fields = { ...form, email: alice.email, password: alice.password };
    expect((await victim.post('/sign-in', fields, headers)).status).toBe(403);
    expect((await createVisitor(app.url).post('/sign-in', fields, headers)).status).toBe(403);
  }
  expect(await dumpDatabase(app.database)).toEqual(before);
});

test('row 6: a token from before signing in or out is worth nothing after it', async () => {
  const person = createVisitor(app.url);
  const early = readToken((await person.get('/sign-in')).body.toString());
  await sendSignIn(app, person, alice);
  expect((await person.post('/account/preferences', { _csrf: early })).status).toBe(403);
  const inside = readToken((await person.get('/account')).body.toString());
  await person.submit('/account', '/sign-out', {});
  expect((await person.post('/sign-in', { _csrf: inside })).status).toBe(403);
});

test('row 7: a form left open in another tab works again by one click after signing in', async () => {
  const person = createVisitor(app.url);
  const tab = readForm((await person.get('/sign-in')).body.toString(), '/sign-in');
  await sendSignIn(app, person, alice);
  const stale = await person.post('/sign-in', { ...tab, email: alice.email, password: alice.password });
  expect(stale.status).toBe(403);
  const next = await person.post('/sign-in', readForm(stale.body.toString(), '/sign-in'));
  expect([next.status, next.headers.location]).toEqual([303, '/account']);
});

test('row 7: a form left open over signing out and in again is carried out by one click', async () => {
  const preferences = '/account/preferences';
  const tab = readForm((await visitor.get('/account')).body.toString(), preferences);
  await visitor.submit('/account', '/sign-out', {});
  await sendSignIn(app, visitor, alice);
  const stale = await visitor.post(preferences, { ...tab, quality: '61' });
  expect(stale.status).toBe(403);
  const done = await visitor.post(preferences, readForm(stale.body.toString(), preferences));
  expect([done.status, done.headers.location]).toEqual([303, '/account?done=preferences']);
  const rows = await app.database.query('SELECT preferences FROM users WHERE id = $1', [alice.id]);
  expect(rows).toEqual([{ preferences: expect.objectContaining({ quality: 61 }) }]);
});

test('row 7: a form that was left open over signing out says to sign in first, and then holds what was typed through a second stale page', async () => {
  const address = '/account/email';
  const tab = readForm((await visitor.get('/account')).body.toString(), address);
  await visitor.submit('/account', '/sign-out', {});
  const stale = await visitor.post(address, { ...tab, email: 'plum@example.org' });
  expect(stale.status).toBe(403);
  expect(stale.body.toString()).toContain('sign in in another tab</a> first');
  await sendSignIn(app, visitor, alice);
  const again = await visitor.post(address, readForm(stale.body.toString(), address));
  expect(again.status).toBe(403);
  expect(again.body.toString()).not.toContain('sign in in another tab');
  const form = readForm(again.body.toString(), address);
  expect(form.email).toBe('plum@example.org');
  expect((await visitor.post(address, form)).status).toBe(422); // it is through: the password is missing
});

test('row 7: whose browser keeps no cookies is told so instead of going round in circles', async () => {
  const person = createVisitor(app.url);
  const words = 'keeps no cookies';
  const withCookie = await person.post('/sign-in', {
    ...readForm((await person.get('/sign-in')).body.toString(), '/sign-in'),
    _csrf: 'stale',
  });
  expect(withCookie.body.toString()).not.toContain(words);
  const form = readForm((await person.get('/sign-in')).body.toString(), '/sign-in');
  person.cookies.clear();
  const without = await person.post('/sign-in', form);
  expect([without.status, without.body.toString().includes(words)]).toEqual([403, true]);
});

test('row 9: the browser’s word on where a request comes from counts, whatever token it has', async () => {
  const host = new URL(app.url).host;
  const origins: Record<string, string | null> = {
    ours: `http://${host}`,
    foreign: 'https://evil.example',
    'a part of ours': `http://${host.slice(0, -1)}`,
    null: 'null',
    absent: null,
  };
  const allowed = [
    'same-origin ours',
    'same-origin foreign', // no browser sends that: Sec-Fetch-Site can't be forged by a page
    'same-origin a part of ours',
    'same-origin null',
    'same-origin absent',
    'none ours',
    'none absent',
    'absent ours',
    'absent absent', // no browser: the token decides
  ];
  const passed: string[] = [];
  for (const site of ['same-origin', 'same-site', 'cross-site', 'none', 'nonsense', 'absent']) {
    for (const [name, origin] of Object.entries(origins)) {
      const headers = {
        'Content-Type': 'application/x-www-form-urlencoded',
        Cookie: `sid=${visitor.cookies.get('sid')}`,
        ...(site !== 'absent' && { 'Sec-Fetch-Site': site }),
        ...(origin !== null && { Origin: origin }),
      };
      const _csrf = readToken((await visitor.get('/account')).body.toString());
      const body = new URLSearchParams({ _csrf }).toString();
      const { status } = await request(app.url, '/account/email', { method: 'POST', headers, body });
      expect([403, 422]).toContain(status);
      if (status === 422) passed.push(`${site} ${name}`);
    }
  }
  expect(passed).toEqual(allowed);
});

test('row 9: with a public address Origin has to be that one, also its scheme', async () => {
  const site = await serveAccounts({ PUBLIC_URL: 'https://fit.example', TRUST_PROXY: '1' });
  const headers = { Host: 'fit.example', 'X-Forwarded-For': '192.0.2.1', 'X-Forwarded-Proto': 'https' };
  const person = createVisitor(site.url, headers);
  const form = readForm((await person.get('/sign-in')).body.toString(), '/sign-in');
  const statusFrom = async (Origin: string) =>
    (await person.post('/sign-in', form, { 'Sec-Fetch-Site': 'none', Origin })).status;
  expect(await statusFrom('https://fit.example')).toBe(422);
  expect(await statusFrom('http://fit.example')).toBe(403);
  expect(await statusFrom('https://fit.example:8443')).toBe(403);
  expect(await statusFrom('https://fit.example.evil.example')).toBe(403);
  await site.stop();
});

test.each(['GET', 'HEAD'])('row 11: %s of every address changes nothing that is kept', async (method) => {
  const before = await dumpDatabase(app.database);
  const Cookie = `sid=${visitor.cookies.get('sid')}`;
  const tokens = { 'X-CSRF-Token': readToken((await visitor.get('/account')).body.toString()) };
  for (const address of [...pages, ...unsafeRoutes]) {
    for (const headers of [
      { Cookie, ...tokens },
      { Cookie: '', ...tokens },
    ]) {
      const { status } = await request(app.url, `${address}?email=x&_method=POST`, { method, headers });
      expect([address, [200, 303, 404].includes(status)]).toEqual([address, true]);
    }
  }
  expect(await dumpDatabase(app.database)).toEqual(before);
});

test('row 12: no token stands in an address or in the log', async () => {
  const html = (await visitor.get('/account')).body.toString();
  const token = readToken(html);
  await visitor.post('/account/email', { _csrf: token });
  await visitor.get(`/account?_csrf=${encodeURIComponent(token)}`);
  expect(app.log()).not.toContain(token);
  expect(app.log()).not.toContain(encodeURIComponent(token));
  expect(app.log()).not.toContain(token.slice(10));
  for (const [, address = ''] of html.matchAll(/(?:href|action|src)="([^"]*)"/g)) {
    expect(address).not.toMatch(/_csrf|token/i);
  }
});
