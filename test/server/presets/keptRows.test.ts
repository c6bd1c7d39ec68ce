/** What a person keeps, on a real PostgreSQL: ownership, names, limits, and two who act at the same moment. */

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { noExtras } from '../../../server/presets/exportExtras.shared.ts';
import { listPresets, presetRows, readPreset } from '../../../server/presets/presetQueries.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';
import { createTestDatabase, type TestDatabase } from '../testDatabase.ts';

const most = 8;
const rows = presetRows({ presets: most });
const content = {
  items: [{ specId: 'instagram-square', version: 1, fit: null }],
  fit: defaultFit,
  settings: { format: 'auto' as const, quality: 90, template: '{photo}-{spec}', ...noExtras },
};
const other = { ...content, settings: { ...content.settings, quality: 70 } };

let db: TestDatabase;
let alice: string;
let bob: string;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  alice = await addOwner();
  bob = await addOwner();
});

/** An account that nobody signs in to. */
async function addOwner(): Promise<string> {
  const id = randomUUID();
  await db.database.query(
    `INSERT INTO users (id, email, email_key, password_hash, pepper_version)
     VALUES ($1, $2, $2, 'the hash of no password', 1)`,
    [id, id],
  );
  return id;
}

const insert = (name: string, formKey: string = randomUUID(), owner = alice) =>
  rows.insert(db.database, owner, { name, content, formKey });

async function insertRow(name: string, owner = alice) {
  const outcome = await insert(name, randomUUID(), owner);
  if (outcome.kind !== 'saved') throw new Error(`Not saved: ${outcome.kind}`);
  return outcome.row;
}

const names = async (owner = alice) => (await listPresets(db.database.query, owner)).map(({ name }) => name);

test('a row is kept as it was given, and the list is in the order of names', async () => {
  await insertRow('shop');
  await insertRow('Blog');
  await insertRow('ärger');
  expect(await names()).toEqual(['Blog', 'shop', 'ärger']);
  const [first] = await listPresets(db.database.query, alice);
  expect(first).toEqual({ ...content, name: 'Blog', version: 1, id: expect.any(String) });
});

test('a name is free again when its row is deleted, and taken whatever its case', async () => {
  const { id } = await insertRow('Shop');
  expect(await insert('SHOP')).toEqual({ kind: 'taken' });
  expect((await insert('Shop', randomUUID(), bob)).kind).toBe('saved');
  await rows.remove(db.database, alice, id);
  expect((await insert('ｓｈｏｐ')).kind).toBe('saved');
});

test('a form sent ten times at once makes one row, and each answer is that row', async () => {
  const formKey = randomUUID();
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => insert('Shop', formKey)));
  const ids = outcomes.map((outcome) => (outcome.kind === 'saved' ? outcome.row.id : outcome.kind));
  expect(new Set(ids).size).toBe(1);
  expect(await names()).toEqual(['Shop']);
});

test('the same key of another person is another form', async () => {
  const formKey = randomUUID();
  await insert('Shop', formKey);
  expect((await insert('Shop', formKey, bob)).kind).toBe('saved');
});

test('a form that made a row which was deleted since makes none', async () => {
  const formKey = randomUUID();
  const made = await insert('Shop', formKey);
  await rows.remove(db.database, alice, made.kind === 'saved' ? made.row.id : '');
  expect(await insert('Shop', formKey)).toEqual({ kind: 'spent' });
});

test('twenty at once, with room for one, make one more', async () => {
  for (let at = 1; at < most; at += 1) await insertRow(`Preset ${at}`);
  const outcomes = await Promise.all(Array.from({ length: 20 }, (_, at) => insert(`New ${at}`)));
  const kinds = outcomes.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'saved')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'full')).toHaveLength(19);
  expect(await names()).toHaveLength(most);
});

test('of ten that want the same name at once one gets it', async () => {
  const outcomes = await Promise.all(Array.from({ length: 10 }, (_, at) => insert(at % 2 ? 'Shop' : 'SHOP')));
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['saved', ...Array(9).fill('taken')]);
});

test('of two who save the same version one wins, and the other is told what it is now', async () => {
  const { id, version } = await insertRow('Shop');
  const save = (name: string) => rows.save(db.database, alice, { id, version, name, content: other });
  const outcomes = await Promise.all([save('First'), save('Second')]);
  const [winner, loser] = outcomes.toSorted((a) => (a.kind === 'saved' ? -1 : 1));
  expect([winner?.kind, loser?.kind]).toEqual(['saved', 'changed']);
  const [kept] = await names();
  expect(loser).toMatchObject({ now: { name: kept, version: 2, content: other } });
});

test('the same save sent twice is saved once', async () => {
  const { id, version } = await insertRow('Shop');
  const saved = { id, version, name: 'Shop', content: other };
  const outcomes = [
    await rows.save(db.database, alice, saved),
    await rows.save(db.database, alice, saved),
  ] as const;
  expect(outcomes).toMatchObject([
    { kind: 'saved', row: { version: 2 } },
    { kind: 'saved', row: { version: 2 } },
  ]);
});

test('a save to a name that another has is refused, and changes nothing', async () => {
  await insertRow('Blog');
  const { id, version } = await insertRow('Shop');
  expect(await rows.save(db.database, alice, { id, version, name: 'blog', content })).toEqual({
    kind: 'taken',
  });
  expect(await rows.save(db.database, alice, { id, version, name: 'SHOP', content })).toMatchObject({
    kind: 'saved',
    row: { name: 'SHOP', version: 2 },
  });
});

test('a save waits while something else of the same owner is named', async () => {
  const { id, version } = await insertRow('Blog');
  const done: string[] = [];
  let saving: Promise<unknown> = Promise.resolve();
  await db.database.inTransaction(async (query) => {
    await query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [alice]);
    saving = rows
      .save(db.database, alice, { id, version, name: 'Shop', content })
      .then(({ kind }) => done.push(kind));
    await sleep(150);
    expect(done).toEqual([]);
  });
  await saving;
  expect(done).toEqual(['saved']);
});

test('bringing back, copying and renaming to the same name at once: both are answered, and no name is there twice', async () => {
  for (let round = 0; round < 12; round += 1) {
    const owner = await addOwner();
    const shop = await insertRow('Shop', owner);
    const blog = await insertRow('Blog', owner);
    const isCopy = round % 2 === 0;
    if (!isCopy) await rows.remove(db.database, owner, shop.id);
    const [made, renamed] = await Promise.all([
      isCopy
        ? rows.duplicate(db.database, owner, { id: shop.id, formKey: randomUUID() })
        : rows.restore(db.database, owner, shop.id),
      rows.save(db.database, owner, { ...blog, name: isCopy ? 'Shop 2' : 'Shop', content }),
    ]);
    expect(['saved', 'restored']).toContain(made.kind);
    expect(['saved', 'taken']).toContain(renamed.kind);
    expect(new Set(await names(owner)).size).toBe(isCopy ? 3 : 2);
  }
});

test('what was deleted can’t be saved, and comes back as it was', async () => {
  const { id, version } = await insertRow('Shop');
  expect(await rows.remove(db.database, alice, id)).toMatchObject({ name: 'Shop' });
  expect(await rows.remove(db.database, alice, id)).toMatchObject({ name: 'Shop' });
  expect(await names()).toEqual([]);
  expect(await rows.find(db.database.query, alice, id)).toBeNull();
  expect(await rows.save(db.database, alice, { id, version, name: 'Shop', content })).toEqual({
    kind: 'gone',
  });
  const restored = { kind: 'restored', row: { name: 'Shop', version: 1 }, was: null };
  expect(await rows.restore(db.database, alice, id)).toMatchObject(restored);
  expect(await rows.restore(db.database, alice, id)).toMatchObject(restored);
  expect(await names()).toEqual(['Shop']);
});

test('what comes back while its name is taken gets another, and while all places are taken waits', async () => {
  const { id } = await insertRow('Shop');
  await rows.remove(db.database, alice, id);
  await insertRow('shop');
  expect(await rows.restore(db.database, alice, id)).toMatchObject({
    kind: 'restored',
    row: { name: 'Shop 2', version: 2 },
    was: 'Shop',
  });
  await rows.remove(db.database, alice, id);
  for (let at = 1; at < most; at += 1) await insertRow(`Preset ${at}`);
  expect(await rows.restore(db.database, alice, id)).toEqual({ kind: 'full' });
});

test('a copy has a free name and the same content, once for each form', async () => {
  const { id } = await insertRow('Shop');
  const formKey = randomUUID();
  const copies = await Promise.all([1, 2, 3].map(() => rows.duplicate(db.database, alice, { id, formKey })));
  expect(new Set(copies.map((copy) => (copy.kind === 'saved' ? copy.row.id : '')))).toHaveProperty('size', 1);
  await rows.duplicate(db.database, alice, { id, formKey: randomUUID() });
  expect(await names()).toEqual(['Shop', 'Shop 2', 'Shop 3']);
  const all = await rows.list(db.database.query, alice);
  expect(all.map((row) => row.content)).toEqual([content, content, content]);
});

test('nobody finds, saves, copies, deletes or restores what belongs to another', async () => {
  const { id, version } = await insertRow('Shop');
  const deleted = await insertRow('Blog');
  await rows.remove(db.database, alice, deleted.id);
  expect(await rows.find(db.database.query, bob, id)).toBeNull();
  expect((await rows.save(db.database, bob, { id, version, name: 'Mine', content: other })).kind).toBe(
    'gone',
  );
  expect(await rows.duplicate(db.database, bob, { id, formKey: randomUUID() })).toEqual({ kind: 'gone' });
  expect(await rows.remove(db.database, bob, id)).toBeNull();
  expect(await rows.restore(db.database, bob, deleted.id)).toEqual({ kind: 'gone' });
  expect(await names(bob)).toEqual([]);
  expect(await rows.find(db.database.query, alice, id)).toMatchObject({ name: 'Shop', version, content });
});

test('an account that has gone keeps nothing', async () => {
  const { id } = await insertRow('Shop');
  await db.database.query('DELETE FROM users WHERE id = $1', [alice]);
  expect(await insert('Blog')).toEqual({ kind: 'gone' });
  expect(await rows.remove(db.database, alice, id)).toBeNull();
  expect(await db.database.query('SELECT 1 FROM presets WHERE user_id = $1', [alice])).toEqual([]);
});

test('deleting again and again keeps no more rows than one may have', async () => {
  for (let at = 0; at < 2 * most + 3; at += 1) {
    const { id } = await insertRow(`Preset ${at}`);
    await rows.remove(db.database, alice, id);
  }
  const kept = await db.database.query('SELECT name FROM presets WHERE user_id = $1 ORDER BY deleted_at', [
    alice,
  ]);
  expect(kept).toHaveLength(most);
  expect(kept.at(-1)).toEqual({ name: `Preset ${2 * most + 2}` });
});

test('a row that holds nonsense is listed without content and harms no other', async () => {
  const { id } = await insertRow('Broken');
  await insertRow('Shop');
  await db.database.query(`UPDATE presets SET content = '{"items": "none"}' WHERE id = $1`, [id]);
  const all = await rows.list(db.database.query, alice);
  expect(all.map((row) => [row.name, row.content === null])).toEqual([
    ['Broken', true],
    ['Shop', false],
  ]);
  expect(await names()).toEqual(['Shop']);
  expect(() => all.slice(0, 1).map(readPreset)).toThrow('is no preset');
});
