/** Rows 69, 70 and 72 to 79 of the security table: what a form, an address or a header may hold. */

import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { noExtras } from '../../../server/presets/exportExtras.shared.ts';
import { request } from '../http/request.ts';
import {
  type AccountsApp,
  addPerson,
  dumpDatabase,
  type Person,
  serveAccounts,
  signIn,
} from './accountsApp.ts';
import { readToken, type Visitor } from './visitor.ts';

/** Text that is no line of text, each by percent signs as a form sends it. */
const badTexts: [what: string, encoded: string][] = [
  ['NUL', 'a%00b'],
  ['a control character', 'a%07b'],
  ['a line break', 'a%0d%0ab'],
  ['C1', 'a%c2%85b'],
  ['bytes that are no UTF-8', 'a%ff%feb'],
  ['half of a character', 'a%ed%a0%80b'],
  ['an overlong slash', 'a%c0%afb'],
  ['a direction override', 'a%e2%80%aeb'],
  ['a direction isolate', 'a%e2%81%a6b'],
  ['a zero-width space', 'a%e2%80%8bb'],
  ['a byte order mark', 'a%ef%bb%bfb'],
  ['a thousand accents on one letter', `a${'%cc%81'.repeat(1000)}`],
];

/** Every field of text that a visitor can fill in, with the address it goes to. */
const textFields: [address: string, field: string][] = [
  ['/account/email', 'email'],
  ['/account/preferences', 'theme'],
  ['/account/preferences', 'quality'],
  ['/account/preferences', 'template'],
];

let app: AccountsApp;
let alice: Person;
let visitor: Visitor;
let token: string;

beforeAll(async () => {
  app = await serveAccounts();
});

beforeEach(async () => {
  alice = await addPerson(app.database);
  visitor = await signIn(app, alice);
  token = readToken((await visitor.get('/account')).body.toString());
});

afterAll(() => app.stop());

test.each(badTexts)(
  'rows 69 and 70: %s is refused in words in every field, and changes nothing',
  async (_what, text) => {
    const before = await dumpDatabase(app.database);
    for (const [address, field] of textFields) {
      const answer = await post(
        address,
        `${field}=${text}&current_password=${encodeURIComponent(alice.password)}`,
      );
      expect([address, answer.status]).toEqual([address, 422]);
      expect(answer.body.toString()).not.toMatch(/[^\P{Cc}\n]|[\u202e\u2066\u200b\ufeff]/u);
    }
    for (const address of ['/account/password', '/account/export', '/account/delete', '/account/email']) {
      const fields = `email=new@example.org&new_password=${text}&current_password=${text}`;
      expect([address, (await post(address, fields)).status]).toEqual([address, 422]);
    }
    expect(await dumpDatabase(app.database)).toEqual(before);
  },
);

test('row 72: a field that is one character too long is refused with what was typed, and never fails', async () => {
  for (const length of [255, 3000, 15_000]) {
    const email = `${'a'.repeat(length - 12)}@example.org`;
    const fields = new URLSearchParams({ email, current_password: alice.password }).toString();
    const { status } = await post('/account/email', fields);
    expect([length, status]).toEqual([length, 422]);
  }
});

test.each([
  'email=a@example.org&email=b@example.org',
  'email[]=a@example.org',
  'email[x]=y',
  'email.x=y',
  'email',
])('row 73: %s where one text is expected is refused', async (body) => {
  const password = `current_password=${encodeURIComponent(alice.password)}`;
  expect((await post('/account/email', `${body}&${password}`)).status).toBe(422);
  expect((await post('/account/email', `email=b@example.org&${password}&${password}`)).status).toBe(422);
  expect((await post('/account/email', 'email=b@example.org&current_password[]=x')).status).toBe(422);
});

test('row 74: names of the prototype in body and query change no object of the server', async () => {
  const names = [
    '__proto__[polluted]',
    '__proto__.polluted',
    'constructor[prototype][polluted]',
    '__proto__',
  ];
  for (const name of names) {
    const sent = `${encodeURIComponent(name)}=1`;
    expect((await post(`/account/email?${sent}`, sent)).status).toBe(422);
    expect((await visitor.get(`/account?${sent}`)).status).toBe(200);
  }
  expect('polluted' in {}).toBe(false);
  expect((await visitor.get('/account?done=__proto__')).status).toBe(200);
  expect((await visitor.get('/account?done=constructor')).body.toString()).not.toContain('function');
  expect((await visitor.get('/account?done[]=email')).status).toBe(200);
});

test.each([
  ['more than 16 kB', 413, `email=${'a'.repeat(17_000)}`, {}],
  ['more than 50 fields', 413, Array.from({ length: 60 }, (_, i) => `f${i}=1`).join('&'), {}],
  ['JSON', 415, '{"email":"a@example.org"}', { 'Content-Type': 'application/json' }],
  ['a file', 415, '--x\r\n\r\n--x--', { 'Content-Type': 'multipart/form-data; boundary=x' }],
  ['text', 415, 'email=a', { 'Content-Type': 'text/plain' }],
  ['nothing named', 415, 'email=a', { 'Content-Type': '' }],
  ['another charset', 415, 'email=a', { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-7' }],
  [
    'a charset of nothing',
    415,
    'email=a',
    { 'Content-Type': 'application/x-www-form-urlencoded; charset=x-y' },
  ],
  ['what claims to be compressed', 415, 'email=a', { 'Content-Encoding': 'gzip' }],
  ['what claims to be strangely compressed', 415, 'email=a', { 'Content-Encoding': 'snappy' }],
])(
  'row 75: a body of %s is refused with %d, without a word of the reason inside',
  async (_what, status, body, headers) => {
    const answer = await visitor.post(
      '/account/email',
      `_csrf=${encodeURIComponent(token)}&${body}`,
      headers,
    );
    expect(answer.status).toBe(status);
    expect(answer.body.toString()).toContain('<h1>');
    expect(answer.body.toString()).not.toMatch(/node_modules|^\s+at |Error:|body-parser|entity\.|SELECT/m);
  },
);

test('row 75: a compressed body that would grow to a megabyte is refused unread', async () => {
  const bomb = gzipSync(Buffer.alloc(1_000_000, 'a')).toString('latin1');
  expect((await visitor.post('/account/email', bomb, { 'Content-Encoding': 'gzip' })).status).toBe(415);
});

test('row 75: a body that breaks off leaves nothing behind', async () => {
  const before = await dumpDatabase(app.database);
  const headers = {
    Cookie: `sid=${visitor.cookies.get('sid')}`,
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': '5000',
    'Sec-Fetch-Site': 'same-origin',
  };
  const broken = request(app.url, '/account/email', { method: 'POST', headers, body: 'email=a' });
  const late = new Promise((resolve) => setTimeout(resolve, 500, 'waits'));
  expect(await Promise.race([broken.catch(() => 'refused'), late])).toBe('waits'); // until requestTimeout ends it
  broken.catch(() => {}); // the server closes with the test
  expect(await dumpDatabase(app.database)).toEqual(before);
  expect((await visitor.get('/account')).status).toBe(200);
});

test('row 77: a method can not be disguised on account pages either', async () => {
  const fields = `_method=DELETE&_csrf=${encodeURIComponent(token)}`;
  for (const header of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']) {
    const answer = await visitor.post('/account/delete?_method=DELETE', fields, { [header]: 'GET' });
    expect(answer.status).toBe(422); // the form as it is: its password is missing
  }
  const disguised = { Cookie: `sid=${visitor.cookies.get('sid')}`, 'X-HTTP-Method-Override': 'POST' };
  expect((await request(app.url, '/sign-out', { headers: disguised })).status).toBe(303);
  expect((await visitor.get('/account')).status).toBe(200);
});

test('row 78: no file but the built assets is ever served, from account pages either', async () => {
  const names = ['.env', '.git/config', 'package.json', 'data/secrets.json', 'secrets.json', 'etc/passwd'];
  for (const base of [
    '/',
    '/account/',
    '/captcha/',
    '/assets/',
    '/sign-in/',
    '/account/../',
    '/captcha/%2e%2e/',
  ]) {
    for (const name of names) {
      for (const path of [
        name,
        `../${name}`,
        `..%2f${name}`,
        `%2e%2e/${name}`,
        `..%5c${name}`,
        `${name}%00.svg`,
      ]) {
        const { status } = await visitor.get(base + path);
        expect([base + path, [303, 400, 404].includes(status)]).toEqual([base + path, true]);
      }
    }
  }
});

test('row 79: SQL in any field is text', async () => {
  const before = await dumpDatabase(app.database);
  const texts = [
    "'",
    "' OR '1'='1",
    "'; DROP TABLE users; --",
    '$1',
    '\\',
    '"',
    "x' UNION SELECT sid FROM sessions --",
  ];
  for (const text of texts) {
    for (const [address, field] of [
      ...textFields,
      ['/sign-in', 'email'],
      ['/account/delete', 'current_password'],
    ]) {
      const { status } = await post(address ?? '', new URLSearchParams({ [field ?? '']: text }).toString());
      expect([address, text, [303, 422, 429].includes(status)]).toEqual([address, text, true]);
    }
    expect((await visitor.get(`/captcha/${encodeURIComponent(text)}.svg`)).status).toBe(404);
  }
  expect(await dumpDatabase(app.database)).toEqual(before);
});

test('row 79: fields that a form does not have are not read', async () => {
  const fields = {
    theme: 'dark',
    format: 'png',
    quality: '70',
    detection: 'centre',
    units: 'px',
    template: '{photo}',
    id: '00000000-0000-4000-8000-000000000000',
    user_id: '00000000-0000-4000-8000-000000000000',
    email: 'evil@example.org',
    password_hash: 'x',
    created_at: '2000-01-01',
    isAdmin: 'true',
  };
  expect((await post('/account/preferences', new URLSearchParams(fields).toString())).status).toBe(303);
  const rows = await app.database.query(
    `SELECT id, email, preferences, created_at > now() - interval '1 hour' AS "isNew" FROM users WHERE id = $1`,
    [alice.id],
  );
  const preferences = {
    theme: 'dark',
    format: 'png',
    quality: 70,
    detection: 'centre',
    units: 'px',
    template: '{photo}',
    ...noExtras,
  };
  expect(rows).toEqual([{ id: alice.id, email: alice.email, preferences, isNew: true }]);
});

test('row 79: a session of somebody else, and one that can not be, look the same', async () => {
  const bob = await addPerson(app.database, 'bob');
  await signIn(app, bob);
  const rows = await app.database.query('SELECT public_id FROM sessions WHERE user_id = $1', [bob.id]);
  const { public_id: foreign } = rows[0] as { public_id: string };
  const pages = new Set<string>();
  const ids = [
    foreign,
    '00000000-0000-4000-8000-000000000000',
    'abc',
    '-1',
    '0x1',
    `1${'0'.repeat(30)}`,
    '%00',
    "'",
  ];
  for (const id of ids) {
    const { status, body } = await post(`/account/sessions/${id}/end`, '');
    expect([id, status]).toEqual([id, 404]);
    pages.add(body.toString().replace(/[0-9a-f-]{36}/g, ''));
  }
  expect(pages.size).toBe(1);
  expect(await app.database.query('SELECT 1 FROM sessions WHERE public_id = $1', [foreign])).toHaveLength(1);
});

/** With the token in the header, so that the body is what the test says. */
function post(address: string, body: string) {
  return visitor.post(address, body, { 'X-CSRF-Token': token });
}
