/** The buttons of the editor: each changes the form, loses nothing that was typed, and saves nothing. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PresetContent } from '../../../server/presets/preset.shared.ts';
import { createCatalogue } from '../../../server/specs/catalogue.shared.ts';
import { builtIn } from '../../../server/specs/catalogue.ts';
import { type AccountsApp, noLimits, serveAccounts } from '../security/accountsApp.ts';
import {
  aPreset,
  byHtmx,
  type Entries,
  enter,
  keptPresets,
  makePreset,
  type PresetPerson,
  readEditor,
  send,
  specIdsOf,
  valuesOf,
  withField,
} from './presetsApp.ts';

const [first, second, third] = ['instagram-square', 'x-post', 'facebook-page-cover'];
const most = 5;

let app: AccountsApp;
let alice: PresetPerson;
let id: string;

/** The catalogue in which one spec had another limit before. */
const catalogue = createCatalogue(
  builtIn.specs.map((spec) =>
    spec.id === second || spec.id === third
      ? {
          ...spec,
          version: 2,
          maxBytes: 2_000_000,
          earlier: [{ version: 1, until: '2026-11-20', rules: { maxBytes: 5_000_000 } }],
        }
      : spec,
  ),
  builtIn.popularIds,
);

beforeAll(async () => {
  app = await serveAccounts({ ...noLimits, LIMIT_PRESET_SPECS: String(most) }, undefined, { catalogue });
  alice = await enter(app);
  id = await makePreset(alice);
});
afterAll(() => app.stop());

/** Opens the editor, changes fields, presses the button. */
async function press(button: string, change: (form: Entries) => Entries = (form) => form, headers = {}) {
  const form = change(readEditor(await alice.get(`/presets/${id}`)));
  const answer = await send(alice, `/presets/${id}`, [...form, ['do', button]], headers);
  return { answer, html: answer.body.toString(), form: readEditor(answer) };
}

const focused = (html: string) =>
  /<(?:button|p|h2|input)\b[^>]*\sid="([^"]+)"[^>]*\sautofocus/.exec(html)?.[1];

test.each([
  ['up:1', [second, first, third], `up-${second}`, 'moved up: now 1 of 3.'],
  ['down:1', [first, third, second], `down-${second}`, 'moved down: now 3 of 3.'],
  ['up:0', [first, second, third], `up-${first}`, 'is first already.'],
  ['down:2', [first, second, third], `down-${third}`, 'is last already.'],
  ['remove:0', [second, third], `remove-${second}`, 'is removed.'],
  ['remove:2', [first, second], `remove-${second}`, 'is removed.'],
])(
  '%s: the list is %j, the focus and the live region follow, nothing is saved',
  async (button, ids, focus, said) => {
    const before = await keptPresets(app, alice);
    for (const headers of [{}, byHtmx]) {
      const { answer, html, form } = await press(button, undefined, headers);
      expect(answer.status).toBe(200);
      expect(specIdsOf(form)).toEqual(ids);
      expect(focused(html)).toBe(focus);
      expect(/<p class="spoken" role="status">([^<]*)</.exec(html)?.[1]).toContain(said);
      expect(html).toContain('Not saved yet');
      expect(html).toContain('<main id="main"'); // what htmx takes from the answer
    }
    expect(await keptPresets(app, alice)).toEqual(before);
  },
);

test('every button keeps what was typed, also what is wrong, and says nothing of it yet', async () => {
  const typed = {
    name: 'Half a na',
    quality: '9999',
    template: '{photo',
    mode: 'contain',
    colour: '#102030',
  };
  const change = (form: Entries) =>
    Object.entries(typed).reduce((fields, [name, value]) => withField(fields, name, value), form);
  for (const button of ['up:1', 'remove:0', 'find', 'add', 'accept:1', 'acceptAll', 'sameFit:0']) {
    const { form, html } = await press(button, change);
    for (const [name, value] of Object.entries(typed)) expect(valuesOf(form, name)).toEqual([value]);
    expect(html).not.toContain('class="errors"');
  }
});

test('a spec that changed says what, and keeps the old version until it is accepted and saved', async () => {
  const html = (await alice.get(`/presets/${id}`)).body.toString();
  expect(html).toContain('max 2\u00a0MB, was 5\u00a0MB');
  expect((await alice.get('/presets')).body.toString()).toContain('2 changed');
  const one = await press('accept:1');
  expect(valuesOf(one.form, 'item').map((item) => JSON.parse(item).version)).toEqual([1, 2, 1]);
  const all = await press('acceptAll');
  expect(valuesOf(all.form, 'item').map((item) => JSON.parse(item).version)).toEqual([1, 2, 2]);
  expect(all.html).not.toContain('was 5');
  const other = await makePreset(alice, { name: 'Other' });
  const saved = await send(alice, `/presets/${other}`, [
    ...withField(readEditor(await alice.get(`/presets/${other}`)), 'item', ...valuesOf(all.form, 'item')),
    ['do', 'save'],
  ]);
  expect(saved.status).toBe(303);
  expect((await alice.get(`/presets/${other}`)).body.toString()).not.toContain('was 5');
});

test('an own fit is carried along and can be dropped', async () => {
  const fit: PresetContent['fit'] = { mode: 'stretch', enlarge: false, background: { kind: 'transparent' } };
  const own = await makePreset(alice, {
    name: 'Own fit',
    items: aPreset.items.map((item) => ({ ...item, fit })),
  });
  const form = readEditor(await alice.get(`/presets/${own}`));
  const moved = await send(alice, `/presets/${own}`, [...form, ['do', 'up:1']]);
  expect(valuesOf(readEditor(moved), 'item').map((item) => JSON.parse(item).fit)).toEqual([fit, fit, fit]);
  const dropped = await send(alice, `/presets/${own}`, [...form, ['do', 'sameFit:2']]);
  expect(valuesOf(readEditor(dropped), 'item').map((item) => JSON.parse(item).fit)).toEqual([fit, fit, null]);
});

test('ticked specs are added at the end; what is there already is not added again', async () => {
  const { form, html } = await press('add', (fields) =>
    withField(fields, 'add', 'linkedin-post', first, 'no-such-spec'),
  );
  expect(specIdsOf(form)).toEqual([first, second, third, ...specIdsOf(form).slice(3)]);
  expect(specIdsOf(form).length).toBe(builtIn.find('linkedin-post') === null ? 3 : 4);
  expect(html).not.toContain('no-such-spec');
});

test('searching shows what matches and keeps the ticks, also those that are not shown now', async () => {
  const { form, html } = await press('find', (fields) =>
    withField(withField(fields, 'q', 'story'), 'add', 'linkedin-banner', 'instagram-story'),
  );
  const known = ['linkedin-banner', 'instagram-story'].filter((one) => builtIn.find(one) !== null);
  expect(valuesOf(form, 'add').sort()).toEqual(known.sort());
  expect(html).toMatch(/\d+ of \d+ specs/);
  expect(html).toContain('Story');
  expect(focused(html)).toBe('preset-found');
});

test('Return in the search field searches, and in any other field saves', async () => {
  const searched = await press('enter', (form) => withField(form, 'q', 'story'));
  expect(searched.answer.status).toBe(200);
  expect(searched.html).toMatch(/\d+ of \d+ specs/);
  const form = withField(readEditor(await alice.get(`/presets/${id}`)), 'name', 'Shop');
  expect((await send(alice, `/presets/${id}`, [...form, ['do', 'enter']])).status).toBe(303);
});

test('more specs than a preset holds are refused in words, and the ticks stay', async () => {
  const ticks = builtIn.specs
    .map((spec) => spec.id)
    .filter((one) => ![first, second, third].includes(one))
    .slice(0, 3);
  for (const button of ['add', 'save']) {
    const { answer, html, form } = await press(button, (fields) => withField(fields, 'add', ...ticks));
    expect(answer.status).toBe(button === 'save' ? 422 : 200);
    expect(html).toContain('A preset holds 5 specs at most, and this would be 6. Take some out first.');
    expect(valuesOf(form, 'add').sort()).toEqual([...ticks].sort());
    expect(specIdsOf(form)).toEqual([first, second, third]);
  }
});

test('a spec that is no longer known stays until it is removed', async () => {
  const items = [...aPreset.items, { specId: 'gone-for-good', version: 4, fit: null }];
  const gone = await makePreset(alice, { name: 'Gone', items });
  const answer = await alice.get(`/presets/${gone}`);
  expect(answer.body.toString()).toContain('No longer in the catalogue.');
  const form = readEditor(answer);
  expect((await send(alice, `/presets/${gone}`, [...form, ['do', 'save']])).status).toBe(303);
  const again = readEditor(await alice.get(`/presets/${gone}`));
  expect(specIdsOf(again)).toContain('gone-for-good');
  const removed = await send(alice, `/presets/${gone}`, [...again, ['do', 'remove:3']]);
  expect(specIdsOf(readEditor(removed))).toEqual([first, second, third]);
});

test.each(['up:99', 'up:x', 'up', 'remove:-1', 'nonsense', 'accept:1e3', '__proto__'])(
  'a button that is none of ours, %s, does no harm',
  async (button) => {
    const { answer } = await send(alice, `/presets/${id}`, [
      ...readEditor(await alice.get(`/presets/${id}`)),
      ['do', button],
    ]).then((sent) => ({ answer: sent }));
    expect([200, 303]).toContain(answer.status);
    expect(await keptPresets(app, alice)).toContainEqual(
      expect.objectContaining({
        id,
        name: 'Shop',
        content: expect.objectContaining({ items: aPreset.items }),
      }),
    );
  },
);

test('a new preset is edited in the same way before it is there', async () => {
  const before = await keptPresets(app, alice);
  const form = readEditor(await alice.get(`/presets/new?specs=${first},${second}`));
  const moved = await send(alice, '/presets', [...form, ['do', 'down:0']]);
  expect([moved.status, specIdsOf(readEditor(moved))]).toEqual([200, [second, first]]);
  expect(valuesOf(readEditor(moved), 'formKey')).toEqual(valuesOf(form, 'formKey'));
  expect(await keptPresets(app, alice)).toEqual(before);
});

test('a draft of a preset that another tab deleted goes on as a new one', async () => {
  const own = await makePreset(alice, { name: `Draft ${randomUUID().slice(0, 8)}` });
  const form = readEditor(await alice.get(`/presets/${own}`));
  await send(alice, `/presets/${own}/delete`, []);
  const answer = await send(alice, `/presets/${own}`, [...form, ['do', 'save']]);
  expect(answer.status).toBe(409);
  expect(answer.body.toString()).toContain('It was deleted meanwhile');
  const made = await send(alice, '/presets', [...readEditor(answer), ['do', 'save']]);
  expect(made.headers.location).toMatch(/^\/presets\?done=created&id=/);
});

test('a form whose session has changed is carried on with all its specs in their order', async () => {
  const form = readEditor(await alice.get(`/presets/${id}`));
  const stale = await send(alice, `/presets/${id}`, [
    ...withField(form, '_csrf', 'of another session'),
    ['do', 'down:0'],
  ]);
  expect(stale.status).toBe(403);
  const html = stale.body.toString();
  const carried = [...html.matchAll(/name="item" value="([^"]+)"/g)].map(([, item = '']) => item);
  expect(carried.map((item) => /specId&#34;:&#34;([\w-]+)/.exec(item)?.[1])).toEqual([first, second, third]);
  expect(html).toContain(`action="/presets/${id}"`);
});
