/** Rows 12, 27, 42, 51 and 84: what people type and what browsers carry is in no log line, and in no column but its own. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLogFields, requestLogFields } from '../../../server/pages/legalFacts.ts';
import { type AccountsApp, serveAccounts, solveCheck } from './accountsApp.ts';
import { createVisitor, readForm, readToken, type Visitor } from './visitor.ts';
import { dumpColumns } from './wholeDatabase.ts';

const email = 'canary.mail.4711@example.org';
const firstPassword = 'canary-word-4711 of the first days';
const secondPassword = 'canary-word-4712 of the later days';

/** Headers that a browser or an attacker may send; `\u009b` and the rest must not forge lines either. */
const headers = {
  'User-Agent': `canary-agent-4711 \u009b31m Firefox/140.0 ${'x'.repeat(4000)}`,
  Referer: 'http://127.0.0.1/?token=canary-referer-4711',
  Authorization: 'Bearer canary-bearer-4711',
  'X-Forwarded-For': 'canary-forwarded-4711',
  'Accept-Language': 'canary-language-4711',
  'X-Request-Id': 'canary-request-4711',
};

let app: AccountsApp;
/** Everything secret that came up on the way. */
const canaries = new Set([email, email.toUpperCase(), firstPassword, secondPassword, 'canary']);

beforeAll(async () => {
  app = await serveAccounts();
  await live();
});

afterAll(() => app.stop());

/** A whole life of an account, with wrong turns, noting each cookie, token and answer. */
async function live(): Promise<void> {
  const alice = createVisitor(app.url, headers);
  await send(alice, '/register', '/register', { email: 'no address canary', password: firstPassword });
  await send(alice, '/register', '/register', { email, password: 'canary' });
  await send(alice, '/register', '/register', { email, password: firstPassword });
  await send(alice, '/account', '/account/preferences', {
    theme: 'canary',
    quality: 'canary',
    format: 'canary',
  });
  await send(alice, '/account', '/account/email', { email: 'canary@', current_password: firstPassword });
  await send(alice, '/account', '/account/password', {
    current_password: 'canary wrong',
    new_password: secondPassword,
  });
  await send(alice, '/account', '/account/password', {
    current_password: firstPassword,
    new_password: secondPassword,
  });
  await send(alice, '/account', '/account/export', { current_password: secondPassword });
  await alice.post('/account/delete', { _csrf: 'canary-token-4711', current_password: secondPassword });
  await alice.post('/account/delete', { _csrf: 'canary-token-4711' }, { 'Sec-Fetch-Site': 'none' });
  await alice.post('/account/delete', `_csrf=canary&canary=${'canary'.repeat(10_000)}`);
  await alice.post('/account/email', '{"canary":1}', { 'Content-Type': 'application/json; charset=canary' });
  for (const address of ['/account', '/sign-in', '/privacy', '/captcha/canary.svg', '/specs/canary', '/']) {
    const path = address.replace('canary', 'none');
    await alice.get(
      `${path}?_csrf=canary-token-4711&password=${encodeURIComponent(firstPassword)}&email=${email}`,
    );
  }
  await send(alice, '/account', '/sign-out', {});
  await send(alice, '/sign-in', '/sign-in', { email, password: 'canary of a wrong password' });
  await send(alice, '/sign-in', '/sign-in', { email: `${email}.canary`, password: firstPassword });
  await send(alice, '/sign-in', '/sign-in', { email, password: secondPassword });
}

async function send(
  visitor: Visitor,
  page: string,
  action: string,
  fields: Record<string, string>,
): Promise<void> {
  const html = (await visitor.get(page)).body.toString();
  const form = readForm(html, action);
  canaries.add(readToken(html));
  if (form.work_id !== undefined) await solveCheck(app.database, form);
  for (const cookie of visitor.cookies.values()) canaries.add(cookie).add(decodeURIComponent(cookie));
  const { status } = await visitor.post(action, { ...form, ...fields });
  expect([action, status < 500]).toEqual([action, true]);
  for (const cookie of visitor.cookies.values()) canaries.add(cookie).add(decodeURIComponent(cookie));
}

const lines = (): Record<string, unknown>[] =>
  app
    .log()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('the journey was one: it registered, changed, exported, failed, signed out and in', () => {
  const events = lines().flatMap(({ event }) => (event === undefined ? [] : [event]));
  for (const event of [
    'registered',
    'password-refused',
    'password-changed',
    'exported',
    'signed-out',
    'sign-in-failed',
    'signed-in',
    'request-forged',
    'form-out-of-date',
  ]) {
    expect(events).toContain(event);
  }
  expect(canaries.size).toBeGreaterThan(20);
});

test('row 84: every log line is one JSON object without control characters, its time in UTC', () => {
  expect(app.log()).not.toMatch(/[^\P{Cc}\n]/u);
  for (const line of lines()) expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

test('row 84: no line has a password, e-mail, cookie, token, agent or address', () => {
  for (const canary of canaries) expect(app.log()).not.toContain(canary);
  expect(app.log()).not.toMatch(/127\.0\.0\.1|::1|4711|Firefox/);
});

test('row 84: an old tab, a forged request and a limit that was reached are told apart and noted, with the account when it is known', async () => {
  const limited = await serveAccounts({ LIMIT_CAPTCHA: '1' });
  const stranger = createVisitor(limited.url);
  for (const headers of [{}, { 'Sec-Fetch-Site': 'cross-site' }])
    await stranger.post('/sign-in', {}, headers); // an old tab of ours, then a page of another site
  await stranger.get('/sign-in');
  await stranger.get('/sign-in');
  const events = limited.log().match(/"event":"[^"]+"/g);
  expect(events).toEqual([
    '"event":"form-out-of-date"',
    '"event":"request-forged"',
    '"event":"limit-reached"',
  ]);
  await limited.stop();
  const forged = lines().find(({ event }) => event === 'request-forged');
  expect(forged).toMatchObject({ level: 'warn', account: expect.stringMatching(/^[0-9a-f]{16}$/) });
});

test('row 12: no line and no address that we ever gave out has a token', () => {
  expect(app.log()).not.toMatch(/_csrf|\?/);
});

test('row 84: a line of an event has the fields that the privacy page names, and no account by its id', async () => {
  const [user] = await app.database.query('SELECT id FROM users WHERE email = $1', [email]);
  const events = lines().filter(({ msg }) => msg === 'audit');
  const named = [...auditLogFields.map(({ name }) => name), 'level', 'msg'];
  for (const event of events) expect(named).toEqual(expect.arrayContaining(Object.keys(event)));
  expect(app.log()).not.toContain((user as { id: string }).id);
  const accounts = new Set(events.flatMap(({ account }) => account ?? []));
  expect(accounts.size).toBe(1);
});

test('row 84: every other line has the fields that the privacy page names', () => {
  const named = [...requestLogFields.map(({ name }) => name), 'level', 'msg'];
  for (const line of lines().filter(({ msg }) => msg === 'request')) {
    expect(named).toEqual(expect.arrayContaining(Object.keys(line)));
  }
  expect(new Set(lines().map(({ msg }) => msg))).toEqual(new Set(['request', 'audit']));
});

test('rows 42, 51: in the database each canary is in its own column, and secrets are in none', async () => {
  const dump = await dumpColumns(app.database);
  expect(dump.get('users.email')).toEqual([email]);
  const own = ['users.email', 'users.email_key'];
  for (const [column, texts] of dump) {
    const text = texts.join('\n');
    for (const canary of canaries) {
      if (own.includes(column) && email.includes(canary)) continue;
      expect([column, text.includes(canary)]).toEqual([column, false]);
    }
    expect([column, /127\.0\.0\.1|::1/.test(text)]).toEqual([column, false]);
  }
  expect(dump.get('sessions.device')?.join()).toMatch(/^Firefox/);
});
