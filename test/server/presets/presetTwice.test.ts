/** The same form twice, two tabs, many at once: nothing is made twice and nothing is overwritten unseen. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type AccountsApp, noLimits, serveAccounts } from '../security/accountsApp.ts';
import {
  aPreset,
  byHtmx,
  type Entries,
  enter,
  fieldsOf,
  keptPresets,
  makePreset,
  type PresetPerson,
  readEditor,
  scripts,
  send,
  valuesOf,
  withField,
} from './presetsApp.ts';

const most = 6;
let app: AccountsApp;
let alice: PresetPerson;

beforeAll(async () => {
  app = await serveAccounts({ ...noLimits, LIMIT_PRESETS_KEPT: String(most) });
});
beforeEach(async () => {
  alice = await enter(app);
});
afterAll(() => app.stop());

const key = (formKey: string = randomUUID()): Entries => [['formKey', formKey]];
const read = (answer: { body: Buffer }) => JSON.parse(answer.body.toString());

test('a form sent ten times at once makes one preset, and each answer leads to it', async () => {
  const entries = [...key(), ...fieldsOf()];
  const answers = await Promise.all(Array.from({ length: 10 }, () => send(alice, '/presets', entries)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
  expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
  expect(await keptPresets(app, alice)).toHaveLength(1);
});

test('going back and changing the form of a preset that it has made asks what is meant', async () => {
  const form = key();
  await send(alice, '/presets', [...form, ...fieldsOf()]);
  const again = [...form, ...fieldsOf({ name: 'Shop, other' })];
  const answer = await send(alice, '/presets', again);
  expect(answer.status).toBe(409);
  expect(answer.body.toString()).toContain('It made the preset “Shop”.');
  expect(read(await send(alice, '/presets', again, scripts))).toMatchObject({ now: { name: 'Shop' } });
  expect(await keptPresets(app, alice)).toHaveLength(1);
  const second = await send(alice, '/presets', [...readEditor(answer), ['do', 'save']]);
  expect(second.status).toBe(303);
  expect(await keptPresets(app, alice)).toMatchObject([{ name: 'Shop' }, { name: 'Shop, other' }]);
});

test('the form of a preset that was deleted since can make it anew', async () => {
  const form = key();
  const made = await send(alice, '/presets', [...form, ...fieldsOf()], scripts);
  await send(alice, `/presets/${read(made).preset.id}/delete`, []);
  const answer = await send(alice, '/presets', [...form, ...fieldsOf()]);
  expect(answer.status).toBe(409);
  expect(answer.body.toString()).toContain('“Shop” was deleted');
  expect((await send(alice, '/presets', readEditor(answer))).status).toBe(303);
  expect(await keptPresets(app, alice)).toHaveLength(1);
});

test('twenty at once, with room for one, make one more; the others are told why', async () => {
  for (let at = 1; at < most; at += 1) await makePreset(alice, { name: `Preset ${at}` });
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      send(alice, '/presets', [...key(), ...fieldsOf({ name: `New ${at}` })], scripts),
    ),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  const refused = answers.filter(({ status }) => status === 422);
  expect(refused).toHaveLength(19);
  for (const answer of refused) {
    expect(read(answer).errors.limit).toBe(
      'You keep 6 presets, and more are not possible here. Delete one first.',
    );
  }
  expect(await keptPresets(app, alice)).toHaveLength(most);
});

test('at the limit the form, a copy and a way back say so and lose nothing', async () => {
  const gone = await makePreset(alice, { name: 'Gone' });
  await send(alice, `/presets/${gone}/delete`, []);
  const ids: string[] = [];
  for (let at = 0; at < most; at += 1) ids.push(await makePreset(alice, { name: `Preset ${at}` }));
  const form = await send(alice, '/presets', [...key(), ...fieldsOf({ name: 'One more' })]);
  expect(form.status).toBe(422);
  expect(valuesOf(readEditor(form), 'name')).toEqual(['One more']);
  for (const [address, fields] of [
    [`/presets/${ids[0]}/duplicate`, key()],
    [`/presets/${gone}/restore`, []],
  ] as [string, Entries][]) {
    const answer = await send(alice, address, fields);
    expect(answer.status).toBe(422);
    expect(answer.body.toString()).toContain('You keep 6 presets');
    expect(read(await send(alice, address, fields, scripts)).errors.limit).toContain('You keep 6 presets');
  }
  expect(await keptPresets(app, alice)).toHaveLength(most);
});

test('two tabs: the second is told what the first saved, keeps its own form, and can keep either', async () => {
  const id = await makePreset(alice);
  const [one, two] = [
    readEditor(await alice.get(`/presets/${id}`)),
    readEditor(await alice.get(`/presets/${id}`)),
  ];
  await send(alice, `/presets/${id}`, [...withField(one, 'name', 'From the first'), ['do', 'save']]);
  const mine = withField(withField(two, 'quality', '70'), 'item', ...valuesOf(two, 'item').slice(1));
  for (const headers of [{}, byHtmx]) {
    const told = await send(alice, `/presets/${id}`, [...mine, ['do', 'save']], headers);
    expect(told.status).toBe(409);
    const html = told.body.toString();
    expect(html).toContain('saved less than a minute ago, in another tab or on another device');
    for (const words of ['From the first', 'Keep mine', 'Take the other', 'Instagram Square post 1:1'])
      expect(html).toContain(words);
    expect(valuesOf(readEditor(told), 'quality')).toEqual(['70']);
  }
  expect(await keptPresets(app, alice)).toMatchObject([{ name: 'From the first', version: 2 }]);
  const told = await send(alice, `/presets/${id}`, [...mine, ['do', 'save']]);
  const kept = await send(alice, `/presets/${id}`, [...readEditor(told), ['do', 'save']]);
  expect(kept.status).toBe(303);
  expect(await keptPresets(app, alice)).toMatchObject([
    { name: 'Shop', version: 3, content: { settings: { quality: 70 } } },
  ]);
});

test('of ten who save the same version at once one wins, and nine are told', async () => {
  const id = await makePreset(alice);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, at) =>
      send(alice, `/presets/${id}`, [['version', '1'], ...fieldsOf({ name: `Name ${at}` })], scripts),
    ),
  );
  const [won, told] = [200, 409].map((wanted) => answers.filter(({ status }) => status === wanted));
  expect([won?.length, told?.length]).toEqual([1, 9]);
  const [kept] = await keptPresets(app, alice);
  for (const answer of told ?? []) {
    expect(read(answer).now).toMatchObject({ id, version: 2, name: (kept as { name: string }).name });
  }
});

test('the same save twice is one save', async () => {
  const id = await makePreset(alice);
  const form = [...withField(readEditor(await alice.get(`/presets/${id}`)), 'name', 'Twice')];
  const [one, two] = [
    await send(alice, `/presets/${id}`, form, scripts),
    await send(alice, `/presets/${id}`, form, scripts),
  ];
  expect([one?.status, two?.status]).toEqual([200, 200]);
  expect(read(two ?? one)).toEqual({ preset: { ...aPreset, name: 'Twice', id, version: 2 } });
});

test('saving what another tab deleted is 404 for a script and never a 500', async () => {
  const id = await makePreset(alice);
  await send(alice, `/presets/${id}/delete`, []);
  const answer = await send(alice, `/presets/${id}`, [['version', '1'], ...fieldsOf()], scripts);
  expect([answer.status, read(answer)]).toEqual([404, { reason: expect.stringContaining('no such preset') }]);
});
