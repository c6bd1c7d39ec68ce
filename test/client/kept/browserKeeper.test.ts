import { beforeEach, expect, test } from 'vitest';
import { createBrowserKeeper } from '../../../client/kept/browserKeeper.ts';
import type { Keeper, Outcome } from '../../../client/kept/keeper.ts';
import { makeUuid } from '../../../client/kept/randomId.ts';
import { noExtras } from '../../../server/presets/exportExtras.shared.ts';
import type { CustomSizeContent, PresetContent } from '../../../server/presets/preset.shared.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';
import { createMemoryBrowser, type MemoryBrowser } from './memoryStorage.ts';

const key = 'allimgfit.presets';
const shop: PresetContent = {
  name: 'Shop',
  items: [{ specId: 'x-post', version: 1, fit: null }],
  fit: defaultFit,
  settings: { format: 'auto', quality: 90, template: '{photo}', ...noExtras },
};
const tag: CustomSizeContent = {
  name: 'Tag',
  size: { kind: 'size', width: 300, height: 200, unit: 'px' },
  fit: null,
  formats: ['jpeg'],
  quality: null,
  minBytes: null,
  maxBytes: null,
  dpi: null,
  safeArea: null,
  mask: null,
};

let browser: MemoryBrowser;
let keeper: Keeper;
let now: number;

beforeEach(() => {
  browser = createMemoryBrowser();
  now = 1_800_000_000_000;
  keeper = createBrowserKeeper(browser.openTab(), () => now);
});

function saved<Value>(outcome: Outcome<Value>): Value {
  if (outcome.kind !== 'saved') throw new Error(`Not saved: ${JSON.stringify(outcome)}`);
  return outcome.value;
}

test('a preset and a custom size are kept, and there again in another tab and after a reload', async () => {
  const preset = saved(await keeper.savePreset(shop, null, makeUuid()));
  const size = saved(await keeper.saveCustomSize(tag, null, makeUuid()));
  expect(preset).toEqual({ ...shop, id: expect.stringMatching(/^[0-9a-f-]{36}$/), version: 1 });
  expect(size).toEqual({ ...tag, id: expect.stringMatching(/^my-[0-9a-f-]{36}$/), version: 1 });
  const again = createBrowserKeeper(browser.openTab());
  expect([again.presets(), again.customSizes()]).toEqual([[preset], [size]]);
  expect(again.where).toBe('browser');
});

test('a form that is sent twice makes one', async () => {
  const formKey = makeUuid();
  const first = saved(await keeper.savePreset(shop, null, formKey));
  expect(saved(await keeper.savePreset(shop, null, formKey))).toEqual(first);
  expect(keeper.presets()).toHaveLength(1);
});

test('the form’s own rules hold, and name the field', async () => {
  const none = await keeper.savePreset({ ...shop, items: [], name: ' ' }, null, makeUuid());
  expect(none).toEqual({
    kind: 'refused',
    errors: { name: 'The name is missing.', items: 'Add at least one spec.' },
  });
  const wide = { ...tag, size: { kind: 'size', width: 9_000_000, height: 1, unit: 'px' } as const };
  expect(await keeper.saveCustomSize(wide, null, makeUuid())).toMatchObject({ kind: 'refused' });
  expect(browser.entries.size).toBe(0);
});

test('names are unique without regard to case, among presets and among sizes, and for a change too', async () => {
  saved(await keeper.savePreset(shop, null, makeUuid()));
  saved(await keeper.saveCustomSize({ ...tag, name: 'Shop' }, null, makeUuid()));
  const taken = {
    kind: 'refused',
    errors: { name: 'You have a preset of this name already. Choose another name.' },
  };
  expect(await keeper.savePreset({ ...shop, name: 'SHOP' }, null, makeUuid())).toEqual(taken);
  const other = saved(await keeper.savePreset({ ...shop, name: 'Blog' }, null, makeUuid()));
  expect(await keeper.savePreset({ ...shop, name: 'shop' }, other, makeUuid())).toEqual(taken);
  expect(saved(await keeper.savePreset({ ...shop, name: 'BLOG' }, other, makeUuid())).version).toBe(2);
});

test('two tabs: who is second is told what it is now, and overwrites nothing', async () => {
  const second = createBrowserKeeper(browser.openTab());
  const base = saved(await keeper.savePreset(shop, null, makeUuid()));
  const changed = saved(await second.savePreset({ ...shop, name: 'Market' }, base, makeUuid()));
  const mine = { ...shop, name: 'Stall' };
  expect(await keeper.savePreset(mine, base, makeUuid())).toEqual({ kind: 'changed', now: changed });
  expect(keeper.presets()).toEqual([changed]);
  expect(saved(await keeper.savePreset(mine, changed, makeUuid()))).toMatchObject({
    name: 'Stall',
    version: 3,
  });
  expect(saved(await second.savePreset(mine, changed, makeUuid()))).toMatchObject({
    name: 'Stall',
    version: 3,
  }); // the same words
  saved(await second.deletePreset(base.id));
  expect(await keeper.savePreset(mine, { id: base.id, version: 3 }, makeUuid())).toEqual({ kind: 'gone' });
});

test('what one tab keeps, another hears of', async () => {
  let heard = 0;
  const stop = createBrowserKeeper(browser.openTab()).listen(() => (heard += 1));
  saved(await keeper.savePreset(shop, null, makeUuid()));
  expect(heard).toBe(1);
  stop();
  saved(await keeper.deletePreset(keeper.presets()[0]?.id ?? ''));
  expect(heard).toBe(1);
});

test('what was deleted comes back, by another name when its own is taken; for a day', async () => {
  const preset = saved(await keeper.savePreset(shop, null, makeUuid()));
  saved(await keeper.deletePreset(preset.id));
  expect([keeper.presets(), await keeper.deletePreset(preset.id)]).toEqual([
    [],
    { kind: 'saved', value: null },
  ]);
  saved(await keeper.restorePreset(preset.id));
  expect(keeper.presets()).toEqual([preset]);

  saved(await keeper.deletePreset(preset.id));
  saved(await keeper.savePreset(shop, null, makeUuid()));
  saved(await keeper.restorePreset(preset.id));
  expect(keeper.presets().map(({ name }) => name)).toEqual(['Shop', 'Shop 2']);

  saved(await keeper.deletePreset(preset.id));
  now += 25 * 60 * 60 * 1000;
  saved(await keeper.deletePreset(keeper.presets()[0]?.id ?? ''));
  expect(await keeper.restorePreset(preset.id)).toEqual({ kind: 'gone' });
  expect(await keeper.deletePreset('no-such-id')).toEqual({ kind: 'gone' });
});

test.each([
  ['full', 'The storage of this browser is full.'],
  ['off', 'its storage is switched off'],
] as const)('storage that is %s: nothing is saved, and the person hears why', async (how, words) => {
  const base = saved(await keeper.savePreset(shop, null, makeUuid()));
  const before = browser.entries.get(key);
  browser.refuse(how);
  for (const outcome of [
    await keeper.savePreset({ ...shop, name: 'Blog' }, null, makeUuid()),
    await keeper.savePreset({ ...shop, name: 'Blog' }, base, makeUuid()),
    await keeper.deletePreset(base.id),
  ]) {
    expect(outcome).toEqual({ kind: 'failed', reason: expect.stringContaining(words) });
  }
  expect(browser.entries.get(key)).toBe(before);
});

test('in a full storage what is deleted makes room: it goes without the way back, and the person hears it', async () => {
  const preset = saved(await keeper.savePreset(shop, null, makeUuid()));
  const size = saved(await keeper.saveCustomSize(tag, null, makeUuid()));
  browser.limit((browser.entries.get(key) ?? '').length);
  expect(await keeper.savePreset({ ...shop, name: 'Blog' }, null, makeUuid())).toMatchObject({
    kind: 'failed',
  });
  const note = 'Deleted. There was no room to keep it for undo.';
  expect(await keeper.deletePreset(preset.id)).toEqual({ kind: 'saved', value: null, note });
  expect([keeper.presets(), keeper.customSizes()]).toEqual([[], [size]]);
  expect(await keeper.restorePreset(preset.id)).toEqual({ kind: 'gone' });
  saved(await keeper.savePreset({ ...shop, name: 'Blog' }, null, makeUuid()));
  expect(await keeper.deleteCustomSize(size.id)).toMatchObject({ kind: 'saved' });
});

test('there is an end: two hundred presets', async () => {
  const entries = Array.from({ length: 200 }, (_, at) => ({
    ...shop,
    name: `P ${at}`,
    id: makeUuid(),
    version: 1,
  }));
  browser.entries.set(key, JSON.stringify({ presets: entries }));
  expect(await keeper.savePreset(shop, null, makeUuid())).toMatchObject({ kind: 'refused' });
  saved(await keeper.deletePreset(entries[0]?.id ?? ''));
  saved(await keeper.savePreset(shop, null, makeUuid()));
  expect(await keeper.restorePreset(entries[0]?.id ?? '')).toMatchObject({ kind: 'refused' });
});

test.each(['', 'no json', '[]', '{"presets": 7}', '{"presets": [null, 1, {"id": "x"}]}'])(
  'whatever stands there (%j), the list can be read and the next preset is kept',
  async (text) => {
    browser.entries.set(key, text);
    expect(keeper.presets()).toEqual([]);
    const preset = saved(await keeper.savePreset(shop, null, makeUuid()));
    expect(keeper.presets()).toEqual([preset]);
  },
);

test('entries that this version can’t read stay as they are', async () => {
  const strange = { id: 'from-tomorrow', name: 'New', hologram: true };
  browser.entries.set(key, JSON.stringify({ presets: [strange], customSizes: [strange], more: 1 }));
  saved(await keeper.savePreset(shop, null, makeUuid()));
  expect(JSON.parse(browser.entries.get(key) ?? '')).toMatchObject({
    presets: [strange, { name: 'Shop' }],
    customSizes: [strange],
    more: 1,
  });
});
