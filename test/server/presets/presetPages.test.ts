/** Making, changing, copying, deleting and bringing back presets: plain, by htmx, as JSON, and with bad input. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readPresetLink } from '../../../server/presets/presetLink.shared.ts';
import { type AccountsApp, serveAccounts } from '../security/accountsApp.ts';
import {
  aPreset,
  byHtmx,
  enter,
  fieldsOf,
  keptPresets,
  makePreset,
  type PresetPerson,
  readEditor,
  scripts,
  send,
  specIdsOf,
  valuesOf,
  withField,
} from './presetsApp.ts';

let app: AccountsApp;
let alice: PresetPerson;

beforeAll(async () => {
  app = await serveAccounts();
});
beforeEach(async () => {
  alice = await enter(app);
});
afterAll(() => app.stop());

const page = async (address: string) => (await alice.get(address)).body.toString();
const { name: _name, ...stored } = aPreset;

describe('making one', () => {
  const make = (entries = fieldsOf(), headers = {}) =>
    send(alice, '/presets', [['formKey', randomUUID()], ...entries], headers);

  test('plain: the list comes next and says so', async () => {
    const answer = await make();
    expect([answer.status, answer.headers.location]).toEqual([
      303,
      expect.stringMatching(/^\/presets\?done=created&id=/),
    ]);
    expect(await page(answer.headers.location ?? '')).toContain('“Shop” is saved.');
    expect(await keptPresets(app, alice)).toEqual([
      { id: expect.any(String), name: 'Shop', version: 1, content: stored },
    ]);
  });

  test('by htmx: the list comes next', async () => {
    const answer = await make(fieldsOf(), byHtmx);
    expect([answer.status, answer.headers['hx-redirect']]).toEqual([
      200,
      expect.stringMatching(/^\/presets\?done=created&id=/),
    ]);
  });

  test('by a script: 201 with the preset', async () => {
    const answer = await make(fieldsOf(), scripts);
    expect(answer.status).toBe(201);
    expect(JSON.parse(answer.body.toString())).toEqual({
      preset: { ...aPreset, id: expect.any(String), version: 1 },
    });
  });

  test('the empty form, filled in by hand, makes one: specs that are ticked need no other button', async () => {
    const form = readEditor(await alice.get('/presets/new'));
    expect(specIdsOf(form)).toEqual([]);
    const filled = withField(withField(form, 'name', 'By hand'), 'add', 'x-post', 'instagram-square');
    expect((await send(alice, '/presets', [...filled, ['do', 'save']])).status).toBe(303);
    const [made] = await keptPresets(app, alice);
    expect(made).toMatchObject({
      name: 'By hand',
      content: { items: [{ specId: 'x-post' }, { specId: 'instagram-square' }] },
    });
  });

  test('the form of a wall brings its specs along, each once, and leaves out what is unknown', async () => {
    const form = readEditor(await alice.get('/presets/new?specs=x-post,nothing,instagram-square,x-post'));
    expect(specIdsOf(form)).toEqual(['x-post', 'instagram-square']);
    expect(specIdsOf(readEditor(await alice.get('/presets/new?specs[]=x-post')))).toEqual([]);
  });

  test.each([
    ['name', fieldsOf({ name: '' }), 'The name is missing.'],
    ['quality', withField(fieldsOf(), 'quality', '101'), 'Quality is a whole number from 1 to 100.'],
    ['items', withField(fieldsOf(), 'item'), 'Add at least one spec.'],
    ['template', withField(fieldsOf(), 'template', '../{photo}'), 'A name cannot hold a slash'],
    ['mode', withField(fieldsOf(), 'mode', 'fill'), 'Choose one of the list.'],
    ['colour', withField(fieldsOf(), 'colour', '#12'), 'A colour is written like #ffffff.'],
  ])('a wrong %s is 422 with the form as it was, and nothing is made', async (field, entries, sentence) => {
    const answer = await make(entries);
    expect(answer.status).toBe(422);
    const html = answer.body.toString();
    expect(html).toContain(`href="#preset-${field}"`);
    expect(html).toContain(sentence);
    expect(html).toContain(`id="preset-${field}"`);
    expect(html).toMatch(/<title>Error · New preset/);
    for (const name of ['name', 'quality', 'template', 'item'])
      expect(valuesOf(readEditor(answer), name)).toEqual(valuesOf(entries, name));
    const json = await make(entries, scripts);
    expect(json.status).toBe(422);
    expect(JSON.parse(json.body.toString()).errors[field]).toContain(sentence);
    expect(await keptPresets(app, alice)).toEqual([]);
  });

  test('a name that is taken, whatever its case, is said at the field', async () => {
    await makePreset(alice);
    const answer = await make(fieldsOf({ name: 'SHOP' }));
    expect(answer.status).toBe(422);
    expect(answer.body.toString()).toContain('You have a preset of this name already.');
    const json = await make(fieldsOf({ name: 'shop' }), scripts);
    expect(JSON.parse(json.body.toString())).toEqual({
      errors: { name: 'You have a preset of this name already. Choose another name.' },
    });
    expect(await keptPresets(app, alice)).toHaveLength(1);
  });

  test('what a form sends beside its fields is not kept: owner, version, id, dates', async () => {
    const bob = await enter(app, 'bob');
    const id = randomUUID();
    const more: [string, string][] = [
      ['user_id', bob.id],
      ['id', id],
      ['version', '9'],
      ['created_at', '2000-01-01'],
    ];
    await make([...fieldsOf(), ...more]);
    expect(await keptPresets(app, bob)).toEqual([]);
    expect(await keptPresets(app, alice)).toMatchObject([{ version: 1 }]);
    expect(await keptPresets(app, alice)).not.toMatchObject([{ id }]);
  });

  test('markup in a name is text on every page', async () => {
    const name = `<img src=x onerror="alert(1)">'"&`;
    const id = await makePreset(alice, { name });
    for (const address of ['/presets', `/presets?done=created&id=${id}`, `/presets/${id}`]) {
      const html = await page(address);
      expect(html).not.toContain('<img src=x');
      expect(html).toContain('&lt;img src=x');
    }
  });
});

describe('changing one', () => {
  test('the editor shows what is kept, and saves what was changed', async () => {
    const own = { mode: 'contain', enlarge: false, background: { kind: 'blur' } } as const;
    const items = [{ specId: 'x-post', version: 1, fit: own }, ...aPreset.items.slice(0, 1)];
    const id = await makePreset(alice, { items });
    const answer = await alice.get(`/presets/${id}`);
    expect(answer.body.toString()).toContain('Its own fit: Fit with background, blurred photo.');
    const form = withField(readEditor(answer), 'name', 'Shop, spring');
    const saved = await send(alice, `/presets/${id}`, [...form, ['do', 'save']]);
    expect([saved.status, saved.headers.location]).toEqual([303, `/presets?done=saved&id=${id}`]);
    expect(await keptPresets(app, alice)).toEqual([
      { id, name: 'Shop, spring', version: 2, content: { ...stored, items } },
    ]);
  });

  test('by htmx and by a script', async () => {
    const id = await makePreset(alice);
    const htmx = await send(alice, `/presets/${id}`, [['version', '1'], ...fieldsOf({ name: 'B' })], byHtmx);
    expect(htmx.headers['hx-redirect']).toBe(`/presets?done=saved&id=${id}`);
    const json = await send(alice, `/presets/${id}`, [['version', '2'], ...fieldsOf({ name: 'C' })], scripts);
    expect(json.status).toBe(200);
    expect(JSON.parse(json.body.toString())).toEqual({ preset: { ...aPreset, name: 'C', id, version: 3 } });
  });

  test('bad input comes back with what was typed, and nothing is changed', async () => {
    const id = await makePreset(alice);
    const entries = withField(fieldsOf({ name: 'New name' }), 'quality', 'ninety');
    const answer = await send(alice, `/presets/${id}`, [['version', '1'], ...entries]);
    expect(answer.status).toBe(422);
    expect(valuesOf(readEditor(answer), 'name')).toEqual(['New name']);
    expect(valuesOf(readEditor(answer), 'quality')).toEqual(['ninet']);
    expect(answer.body.toString()).toContain('<h1>Shop</h1>');
    expect(await keptPresets(app, alice)).toMatchObject([{ name: 'Shop', version: 1 }]);
  });

  test.each([
    ['', 422],
    ['0', 422],
    ['x', 422],
    ['99999999999', 422],
  ])('a form without its version is refused: %j', async (version, status) => {
    const id = await makePreset(alice);
    const answer = await send(alice, `/presets/${id}`, [['version', version], ...fieldsOf()]);
    expect(answer.status).toBe(status);
  });

  test('the link of the editor holds the whole preset', async () => {
    const id = await makePreset(alice);
    const link = /id="preset-link" value="([^"]+)"/.exec(await page(`/presets/${id}`))?.[1] ?? '';
    const url = new URL(link);
    expect([url.origin, url.pathname, url.search]).toEqual([app.url, '/generate', '']);
    expect(readPresetLink(url.hash)).toMatchObject({ kind: 'preset', preset: { name: 'Shop' } });
  });
});

describe('acts', () => {
  test('a copy: plain, by htmx and by a script, and once for each form', async () => {
    const id = await makePreset(alice);
    const formKey: [string, string][] = [['formKey', randomUUID()]];
    const first = await send(alice, `/presets/${id}/duplicate`, formKey);
    const again = await send(alice, `/presets/${id}/duplicate`, formKey);
    expect([first.status, again.headers.location]).toEqual([303, first.headers.location]);
    expect(await page(first.headers.location ?? '')).toContain('The copy is “Shop 2”.');
    const key = (): [string, string][] => [['formKey', randomUUID()]];
    const htmx = await send(alice, `/presets/${id}/duplicate`, key(), byHtmx);
    expect(htmx.headers['hx-redirect']).toMatch(/done=copied/);
    const json = await send(alice, `/presets/${id}/duplicate`, key(), scripts);
    expect([json.status, JSON.parse(json.body.toString()).preset.name]).toEqual([201, 'Shop 4']);
    expect(await keptPresets(app, alice)).toHaveLength(4);
  });

  test('deleting leaves a way back, that brings it back as it was', async () => {
    const id = await makePreset(alice);
    const deleted = await send(alice, `/presets/${id}/delete`, []);
    expect([deleted.status, deleted.headers.location]).toEqual([303, `/presets?done=deleted&id=${id}`]);
    const html = await page(deleted.headers.location ?? '');
    expect(html).toContain('“Shop” is deleted. It can be brought back for 30 days.');
    expect(html).toContain(`action="/presets/${id}/restore"`);
    expect(await keptPresets(app, alice)).toEqual([]);
    expect((await alice.get(`/presets/${id}`)).headers.location).toBe(`/presets?done=deleted&id=${id}`);
    const restored = await send(alice, `/presets/${id}/restore`, []);
    expect(await page(restored.headers.location ?? '')).toContain('“Shop” is back.');
    expect(await keptPresets(app, alice)).toEqual([{ id, name: 'Shop', version: 1, content: stored }]);
  });

  test('deleting and bringing back by htmx and by a script; twice is once', async () => {
    const id = await makePreset(alice);
    expect((await send(alice, `/presets/${id}/delete`, [], byHtmx)).headers['hx-redirect']).toMatch(
      /deleted/,
    );
    const again = await send(alice, `/presets/${id}/delete`, [], scripts);
    expect([again.status, again.body.toString()]).toEqual([200, '{}']);
    expect((await send(alice, `/presets/${id}/restore`, [], byHtmx)).headers['hx-redirect']).toMatch(
      /restored/,
    );
    const back = await send(alice, `/presets/${id}/restore`, [], scripts);
    expect([back.status, JSON.parse(back.body.toString()).preset.name]).toEqual([200, 'Shop']);
  });

  test('what comes back while another has its name says what it is called now', async () => {
    const id = await makePreset(alice);
    await send(alice, `/presets/${id}/delete`, []);
    await makePreset(alice);
    const restored = await send(alice, `/presets/${id}/restore`, []);
    expect(await page(restored.headers.location ?? '')).toContain('It is back as “Shop 2”');
  });

  test('an address of an act that is only opened leads to the list', async () => {
    const id = await makePreset(alice);
    for (const act of ['duplicate', 'delete', 'restore']) {
      const { status, headers } = await alice.get(`/presets/${id}/${act}`);
      expect([status, headers.location]).toEqual([303, '/presets']);
    }
    expect(await keptPresets(app, alice)).toHaveLength(1);
  });
});
