/** A form that comes at a bad time is handed back with what was typed: nobody types it twice. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Query } from '../../../server/database/pool.ts';
import {
  byHtmx,
  type Entries,
  enter,
  fieldsOf,
  keptPresets,
  scripts,
  send,
  valuesOf,
} from '../presets/presetsApp.ts';
import { createTestDatabase, type TestDatabase } from '../testDatabase.ts';
import { type AccountsApp, noLimits, serveAccounts } from './accountsApp.ts';
import { createVisitor, readForm } from './visitor.ts';

let own: TestDatabase;
let app: AccountsApp;
let limited: AccountsApp;
/** Statements that hold it fail as they do while PostgreSQL is away; an empty string: all of them. */
let away: string | null = null;

beforeAll(async () => {
  own = await createTestDatabase();
  const { database } = own;
  const failing =
    (query: Query): Query =>
    (text, values) =>
      away !== null && text.includes(away)
        ? Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' }))
        : query(text, values);
  const stopped = {
    ...database,
    query: failing(database.query),
    inTransaction: (<Result>(work: (query: Query) => Promise<Result>) =>
      database.inTransaction((query) => work(failing(query)))) as typeof database.inTransaction,
  };
  app = await serveAccounts(noLimits, { ...own, database: stopped });
  limited = await serveAccounts({ ...noLimits, LIMIT_PRESET_WRITES: '1' });
});
afterEach(() => {
  away = null;
});
afterAll(async () => {
  await app.stop();
  await limited.stop();
  await own.drop();
});

/** What the one form inside of #main would send. */
function readCarried(html: string, action: string): Entries {
  const main = /<main id="main"[\s\S]*?<\/main>/.exec(html)?.[0] ?? '';
  const form = main.match(/<form\b[\s\S]*?<\/form>/g)?.find((text) => text.includes(`action="${action}"`));
  if (form === undefined) throw new Error(`No form is sent to ${action}:\n${html}`);
  return [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(
    ([, name = '', value = '']) => [name, value.replaceAll('&#34;', '"').replaceAll('&amp;', '&')],
  );
}

const draft = (): Entries => [['formKey', randomUUID()], ...fieldsOf({ name: 'Fig & bowl' }), ['do', 'save']];

describe.each([
  ['plain', {}],
  ['by htmx', byHtmx],
])('a preset that is saved %s', (_how, headers) => {
  test.each([
    ['nobody can be asked who it is', ''],
    ['the row can’t be written', 'INSERT INTO presets'],
  ])('while %s comes back with every field in its order, and is saved by one press', async (_when, text) => {
    const alice = await enter(app);
    const sent = draft();
    away = text;
    const answer = await send(alice, '/presets', sent, headers);
    away = null;
    const html = answer.body.toString();
    expect(answer.status).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(html).toContain('Nothing was saved. What you typed is kept on this page: try again from here.');
    expect(html).toContain(`<code>${answer.headers['x-request-id']}</code>`);
    const carried = readCarried(html, '/presets');
    expect(carried.filter(([name]) => name !== '_csrf')).toEqual(sent);
    expect(valuesOf(carried, 'item')).toHaveLength(3);
    const again = await send(alice, '/presets', carried);
    expect([again.status, await keptPresets(app, alice)]).toMatchObject([303, [{ name: 'Fig & bowl' }]]);
  });
});

test('what comes too often is handed back as well, and stays refused', async () => {
  const alice = await enter(limited);
  await send(alice, '/presets', draft());
  const sent = draft();
  const answer = await send(alice, '/presets', sent);
  expect(answer.status).toBe(429);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(60);
  const carried = readCarried(answer.body.toString(), '/presets');
  expect(carried.filter(([name]) => name !== '_csrf')).toEqual(sent);
  expect((await send(alice, '/presets', carried)).status).toBe(429);
});

test('a file that was to be imported is not sent back by megabytes, to nobody', async () => {
  const [alice, stranger] = [await enter(app), createVisitor(app.url)];
  const file: Entries = [
    ['formKey', randomUUID()],
    ['json', '"'.repeat(1_000_000)],
  ];
  const answers = [await stranger.post('/presets/import', Object.fromEntries(file))];
  away = '';
  answers.push(await send(alice, '/presets/import', file));
  away = null;
  expect(answers.map(({ status }) => status)).toEqual([403, 503]);
  for (const { body } of answers) {
    expect(body.length).toBeLessThan(10_000);
    expect(body.toString()).not.toContain('name="json"');
  }
});

test('no password is handed back, and the page says so', async () => {
  const alice = await enter(app);
  away = '';
  const answer = await alice.post('/account/email', {
    _csrf: alice.token,
    email: 'plum@example.org',
    current_password: 'canary-secret',
    work: '77',
    picture_id: 'canary-id',
  });
  away = null;
  const html = answer.body.toString();
  expect([answer.status, html.includes('canary')]).toEqual([503, false]);
  expect(html).toContain('kept on this page, but not passwords');
  const form = readForm(html, '/account/email');
  expect(form).toEqual({ _csrf: alice.token, email: 'plum@example.org' });
  expect((await alice.post('/account/email', form)).status).toBe(422); // it is through: the password is missing
});

test('somebody else’s values are not handed out, a script gets no page, and a page that was only opened no form', async () => {
  const alice = await enter(app);
  away = '';
  const unknown = await send(alice, '/presets', draft(), { 'Sec-Fetch-Site': 'none' });
  const script = await send(alice, '/presets', draft(), scripts);
  const opened = await alice.get('/presets');
  away = null;
  expect([unknown.status, unknown.body.toString().includes('Fig')]).toEqual([503, false]);
  expect([script.status, Object.keys(JSON.parse(script.body.toString()))]).toEqual([503, ['reason']]);
  expect([opened.status, opened.body.toString().includes('Nothing was saved')]).toEqual([503, false]);
});
