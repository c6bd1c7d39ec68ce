/** The list of presets: what it costs, what it says of each, and what a stranger gets. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database, Query } from '../../../server/database/pool.ts';
import { changedWords } from '../../../server/presets/changedWords.ts';
import { comparePresets } from '../../../server/presets/presetDifferences.shared.ts';
import { dateWords } from '../../../server/specs/words.shared.ts';
import { type AccountsApp, noLimits, serveAccounts } from '../security/accountsApp.ts';
import { createVisitor, readForm } from '../security/visitor.ts';
import { createTestDatabase, type TestDatabase } from '../testDatabase.ts';
import {
  aPreset,
  enter,
  fieldsOf,
  keptPresets,
  makePreset,
  type PresetPerson,
  readEditor,
  scripts,
  send,
  valuesOf,
} from './presetsApp.ts';

let db: TestDatabase;
let app: AccountsApp;
/** The statements since it was emptied. */
const asked: string[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
  app = await serveAccounts(noLimits, { ...db, database: listening(db.database) });
});
afterAll(async () => {
  await app.stop();
  await db.drop();
});

function listening(database: Database): Database {
  const note =
    (query: Query): Query =>
    (text, values) => {
      asked.push(text);
      return query(text, values);
    };
  return {
    ...database,
    query: note(database.query),
    inTransaction: (work) => database.inTransaction((query) => work(note(query))),
  };
}

async function addMany(owner: string, count: number): Promise<void> {
  const { name: _name, ...content } = aPreset;
  await db.database.query(
    `INSERT INTO presets (user_id, made_by, name, name_key, content)
     SELECT $1, gen_random_uuid(), 'Preset ' || at, 'preset ' || at, $2 FROM generate_series(1, $3::int) AS at`,
    [owner, JSON.stringify(content), count],
  );
}

/** The statements that opening the page takes. */
async function countQueries(person: PresetPerson, address: string): Promise<number> {
  await person.get(address); // the session has been seen then
  asked.length = 0;
  const { status } = await person.get(address);
  expect(status).toBe(200);
  return asked.length;
}

test('200 presets take as many queries as one, and so does each page', async () => {
  const [few, many] = [await enter(app), await enter(app, 'bob')];
  const id = await makePreset(few);
  await addMany(many.id, 200);
  expect(await countQueries(many, '/presets')).toBe(2); // the session, and everything that is kept or was deleted
  expect(await countQueries(few, '/presets')).toBe(2);
  expect(await countQueries(few, `/presets?done=deleted&id=${id}`)).toBe(2);
  expect(await countQueries(few, `/presets/${id}`)).toBe(3);
  expect(await countQueries(few, '/presets/new')).toBe(3); // and the preferences
  const html = (await many.get('/presets')).body.toString();
  expect(html.match(/class="kept-row"/g)).toHaveLength(200);
  expect(html).toContain('200 of 200: to make another, delete one first');
});

test('somebody without a session gets a page, and no database is asked', async () => {
  asked.length = 0;
  const { status, headers, body } = await createVisitor(app.url).get('/presets');
  expect([status, headers['cache-control'], headers['set-cookie']]).toEqual([200, 'no-store', undefined]);
  expect(body.toString()).toContain('href="/sign-in?next=%2Fpresets"');
  expect(body.toString()).toContain('needs JavaScript');
  expect(asked).toEqual([]);
});

test('a person with nothing yet is told what a preset is and how to make one', async () => {
  const html = (await (await enter(app)).get('/presets')).body.toString();
  expect(html).toContain('href="/presets/new"');
  expect(html).toContain('Open the workspace and save the wall');
  expect(html).toContain('A preset is a named set of specs');
});

test('a row names its first specs, draws them, and leads to each of its acts', async () => {
  const alice = await enter(app);
  const id = await makePreset(alice);
  const html = (await alice.get('/presets')).body.toString();
  expect(html).toContain('3 specs');
  expect(html).toContain('Instagram Square post 1:1, X Post 16:9');
  expect(/<svg class="strip".*?<path d="([^"]*)"/.exec(html)?.[1]?.match(/M/g)).toHaveLength(3);
  for (const href of [
    `/generate?preset=${id}`,
    `/presets/${id}`,
    `/presets/${id}#share`,
    `/presets/${id}/export`,
  ])
    expect(html).toContain(`href="${href}"`);
  for (const act of ['duplicate', 'delete']) expect(html).toContain(`action="/presets/${id}/${act}"`);
});

test('a row that holds nonsense is shown with what can be done to it, and all others as ever', async () => {
  const alice = await enter(app);
  await makePreset(alice);
  const broken = await makePreset(alice, { name: 'Broken' });
  await db.database.query(`UPDATE presets SET content = '{"items":[{"specId":7}]}' WHERE id = $1`, [broken]);
  const { status, body } = await alice.get('/presets');
  expect(status).toBe(200);
  expect(body.toString()).toContain('It can only be deleted.');
  expect(body.toString()).toContain(`action="/presets/${broken}/delete"`);
  expect(body.toString()).not.toContain(`href="/presets/${broken}"`);
  expect(body.toString()).toContain('Instagram Square post 1:1');
});

test('a preset that can’t be read has a page that deletes it, can’t be overwritten, and comes back as it was', async () => {
  const alice = await enter(app);
  const id = await makePreset(alice, { name: 'Newer <b>' });
  const address = `/presets/${id}`;
  await db.database.query(`UPDATE presets SET content = content || '{"newer":1}' WHERE id = $1`, [id]);
  const page = await alice.get(address);
  expect(page.status).toBe(409);
  expect(page.body.toString()).toContain('It can only be deleted.');
  expect(page.body.toString()).toContain('Newer &lt;b&gt;');
  expect((await alice.get(address, scripts)).status).toBe(409);
  const saved = await send(alice, address, [['version', '1'], ...fieldsOf({ name: 'Mine' }), ['do', 'save']]);
  expect(saved.status).toBe(409);
  expect(saved.body.toString()).toContain('What is kept can’t be read');
  expect(valuesOf(readEditor(saved), 'name')).toEqual(['Mine']);
  const form = readForm(page.body.toString(), `${address}/delete`);
  expect((await alice.post(`${address}/delete`, form)).status).toBe(303);
  expect((await send(alice, `${address}/restore`, [])).headers.location).toBe(
    `/presets?done=restored&id=${id}`,
  );
  const again = await send(alice, `${address}/restore`, [], scripts);
  expect([again.status, JSON.parse(again.body.toString())]).toEqual([200, { preset: null }]);
  expect(await keptPresets({ ...app, database: db.database }, alice)).toMatchObject([
    { content: { newer: 1 } },
  ]);
});

test('a custom size that can’t be read is listed with its name, deleted and brought back', async () => {
  const alice = await enter(app);
  const made = await alice.submit('/presets/sizes/new', '/presets/sizes', {
    name: 'Odd',
    width: '30',
    height: '20',
  });
  const address = made.headers.location?.split('?')[0] ?? '';
  await db.database.query(`UPDATE custom_sizes SET content = content || '{"newer":1}' WHERE user_id = $1`, [
    alice.id,
  ]);
  const list = (await alice.get('/presets')).body.toString();
  expect(list).toContain('>Odd</p>');
  expect(list).toContain('1 of 200');
  const page = await alice.get(address);
  expect([page.status, page.body.toString().includes('It can only be deleted.')]).toEqual([409, true]);
  const blank = readForm((await alice.get('/presets/sizes/new')).body.toString(), '/presets/sizes');
  const typed = { ...blank, version: '1', name: 'Mine', width: '40', height: '20' };
  const saved = await alice.post(address, typed);
  expect([saved.status, saved.body.toString().includes('value="Mine"')]).toEqual([409, true]);
  const removed = await alice.post(`${address}/delete`, readForm(list, `${address}/delete`));
  expect(removed.status).toBe(303);
  expect((await send(alice, `${address}/restore`, [])).status).toBe(303);
  const again = await send(alice, `${address}/restore`, [], scripts);
  expect([again.status, JSON.parse(again.body.toString())]).toEqual([200, { customSize: null }]);
});

test('what was deleted is listed with the day it goes for good, and is brought back from there', async () => {
  const [alice, bob] = [await enter(app), await enter(app, 'bob')];
  const empty = (await alice.get('/presets')).body.toString();
  expect(empty).not.toContain('id="deleted"');
  const id = await makePreset(alice, { name: 'Fig <b>' });
  const size = { name: 'Plum', width: '30', height: '20' };
  const made = await alice.submit('/presets/sizes/new', '/presets/sizes', size);
  const address = made.headers.location?.split('?')[0] ?? '';
  await send(alice, `/presets/${id}/delete`, []);
  await send(alice, `${address}/delete`, []);
  const html = (await alice.get('/presets')).body.toString();
  const goes = new Date(Date.now() + 30 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  expect(html).toContain('2 can be brought back');
  expect(html).toContain('Fig &lt;b&gt;');
  expect(html).toContain(`Preset · gone for good on ${dateWords(goes)}`);
  expect(html).toContain(`Custom size · gone for good on ${dateWords(goes)}`);
  expect((await bob.get('/presets')).body.toString()).not.toContain('id="deleted"');
  for (const action of [`/presets/${id}/restore`, `${address}/restore`]) {
    expect((await alice.post(action, readForm(html, action))).status).toBe(303);
  }
  const after = (await alice.get('/presets')).body.toString();
  expect(after).not.toContain('id="deleted"');
  expect([after.includes(`href="/presets/${id}"`), after.includes(`href="${address}"`)]).toEqual([
    true,
    true,
  ]);
});

test('somebody with custom sizes alone can export them', async () => {
  const alice = await enter(app);
  expect((await alice.get('/presets')).body.toString()).not.toContain('href="/presets/export"');
  await alice.submit('/presets/sizes/new', '/presets/sizes', { name: 'Plum', width: '30', height: '20' });
  expect((await alice.get('/presets')).body.toString()).toContain(
    'href="/presets/export" download>Export all sizes<',
  );
});

test('a new preset and a new custom size begin with the preferences of the account', async () => {
  const alice = await enter(app);
  const before = readEditor(await alice.get('/presets/new'));
  expect(['format', 'quality'].map((name) => valuesOf(before, name))).toEqual([['auto'], ['90']]);
  await db.database.query('UPDATE users SET preferences = $2 WHERE id = $1', [
    alice.id,
    JSON.stringify({ format: 'webp', quality: 71, template: '{spec}', units: 'mm' }),
  ]);
  const fields = readEditor(await alice.get('/presets/new'));
  const begun = ['format', 'quality', 'template'].map((name) => valuesOf(fields, name));
  expect(begun).toEqual([['webp'], ['71'], ['{spec}']]);
  const size = readForm((await alice.get('/presets/sizes/new')).body.toString(), '/presets/sizes');
  expect([size.unit, size.dpi]).toEqual(['mm', '300']);
});

test('what the address says was done is said only of a row of one’s own', async () => {
  const [alice, bob] = [await enter(app), await enter(app, 'bob')];
  const id = await makePreset(alice, { name: 'Hers' });
  for (const done of ['saved', 'deleted', '__proto__', 'constructor', '<b>']) {
    const address = `/presets?done=${encodeURIComponent(done)}&id=`;
    const foreign = (await bob.get(address + id)).body.toString();
    expect(foreign).not.toContain('Hers');
    expect(foreign).not.toContain('class="notice');
    expect((await alice.get(`${address}${randomUUID()}`)).body.toString()).not.toContain('class="notice');
  }
  expect((await alice.get('/presets?done[]=saved&id[]=x')).status).toBe(200);
});

test('differences name what differs, and nothing else', () => {
  const item = (specId: string) => ({ specId, version: 1, fit: null });
  const mine = { ...aPreset, items: [item('a'), item('b'), item('c')] };
  const nameOf = (id: string) => id.toUpperCase();
  expect(comparePresets(mine, mine, nameOf)).toEqual([]);
  const other = {
    ...mine,
    name: 'Other',
    items: [item('c'), { ...item('b'), version: 2 }, item('d')],
    settings: { ...mine.settings, format: 'png' as const },
  };
  expect(comparePresets(mine, other, nameOf)).toEqual([
    { what: 'Name', mine: 'Shop', other: 'Other' },
    { what: 'Specs in one of them alone', mine: 'A', other: 'D' },
    { what: 'Order', mine: 'A, B, C', other: 'C, B, D' },
    { what: 'Rules of B', mine: 'version 1', other: 'version 2' },
    { what: 'Format', mine: 'As each spec asks', other: 'PNG' },
  ]);
});

test.each([
  [0, 'less than a minute ago'],
  [60_000, 'a minute ago'],
  [3 * 60_000, '3 minutes ago'],
  [3_600_000, 'an hour ago'],
  [5 * 3_600_000, '5 hours ago'],
  [30 * 3_600_000, 'yesterday'],
  [72 * 3_600_000, 'on 18 Nov 2026'],
])('%d ms ago is said as %s', (ms, words) => {
  const now = new Date('2026-11-21T12:00:00Z');
  expect(changedWords(new Date(now.getTime() - ms), now)).toBe(words);
});
