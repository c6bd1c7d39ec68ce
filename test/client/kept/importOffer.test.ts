/** What of a browser's presets goes to the account, and what stays, whatever other tabs do meanwhile. */

import { beforeEach, expect, test } from 'vitest';
import type { SentAnswer } from '../../../client/kept/accountRequests.ts';
import { createBrowserKeeper } from '../../../client/kept/browserKeeper.ts';
import { findImportOffer } from '../../../client/kept/importOffer.ts';
import type { Keeper, Outcome } from '../../../client/kept/keeper.ts';
import { makeUuid } from '../../../client/kept/randomId.ts';
import type { BrowserStorage } from '../../../client/kept/storage.ts';
import { noExtras } from '../../../server/presets/exportExtras.shared.ts';
import { parsePresetFile } from '../../../server/presets/file/presetFile.shared.ts';
import type { CustomSizeContent, PresetContent } from '../../../server/presets/preset.shared.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';
import { createMemoryBrowser } from './memoryStorage.ts';

let storage: BrowserStorage;
let keeper: Keeper;
let sent: URLSearchParams[];
/** Another tab does this while the file is on its way. */
let meanwhile: () => Promise<unknown>;
let answer: SentAnswer;

beforeEach(() => {
  storage = createMemoryBrowser().openTab();
  keeper = createBrowserKeeper(storage);
  sent = [];
  meanwhile = async () => {};
  answer = { kind: 'answered', status: 201, body: {} };
});

const offer = () =>
  findImportOffer(
    storage,
    {
      ask: async () => ({ kind: 'unreachable' }),
      async send(_address, body) {
        sent.push(body);
        await meanwhile();
        return answer;
      },
    },
    'token',
  );

/** What the server would read of the files that were sent: names of presets with their items, and sizes of no preset. */
function read(): unknown[] {
  return sent.map((body) => {
    const file = parsePresetFile(body.get('json') ?? '', {
      presets: 200,
      specsPerPreset: 60,
      customSizes: 200,
    });
    if (file.kind === 'refused') return file.faults;
    const nameOf = (item: (typeof file.presets)[number]['items'][number]) =>
      item.kind === 'spec' ? item.specId : item.customSize.name;
    const places = file.presets.flatMap((one) => one.items);
    const carried = new Set(places.flatMap((item) => (item.kind === 'customSize' ? item.customSize : [])));
    return [
      ...file.presets.map(({ name, items }) => `${name}: ${items.map(nameOf).join(' ')}`),
      ...file.customSizes.filter((size) => !carried.has(size)).map(({ name }) => name),
    ];
  });
}

const preset = (name: string, ...specIds: string[]): PresetContent => ({
  name,
  items: specIds.map((specId) => ({ specId, version: 1, fit: null })),
  fit: defaultFit,
  settings: { format: 'auto', quality: 90, template: '{photo}', ...noExtras },
});
const size = (name: string): CustomSizeContent => ({
  name,
  size: { kind: 'longest', px: 500 },
  fit: null,
  formats: ['png'],
  quality: null,
  minBytes: null,
  maxBytes: null,
  dpi: null,
  safeArea: null,
  mask: null,
});

async function keep<Value>(saving: Promise<Outcome<Value>>): Promise<Value> {
  const outcome = await saving;
  if (outcome.kind !== 'saved') throw new Error(`Not saved: ${JSON.stringify(outcome)}`);
  return outcome.value;
}
const keepPreset = (content: PresetContent, base: { id: string; version: number } | null = null) =>
  keep(keeper.savePreset(content, base, makeUuid()));
const keepSize = (name: string) => keep(keeper.saveCustomSize(size(name), null, makeUuid()));
const names = () => [keeper.presets(), keeper.customSizes()].map((all) => all.map(({ name }) => name));

test('a preset takes a size along that was to stay here, which stays', async () => {
  const [mine] = [await keepSize('Mine'), await keepSize('Unused')];
  offer()?.keepHere();
  expect(offer()).toBeNull();
  await keepPreset(preset('Both', mine.id, 'x-post'));
  await keepPreset(preset('Only', mine.id));
  expect(offer()?.words).toBe('2 presets and 1 custom size are kept in this browser only.');
  await offer()?.add();
  expect(read()).toEqual([['Both: Mine x-post', 'Only: Mine']]);
  expect(names()).toEqual([[], ['Mine', 'Unused']]);
  expect(offer()).toBeNull();
});

test('what another tab changed after the offer was made goes as it is now', async () => {
  const shop = await keepPreset(preset('Shop', 'x-post'));
  const found = offer();
  await keepPreset(preset('Shop', 'x-post', 'x-header'), shop);
  await keepPreset(preset('Late', 'x-post'));
  expect(await found?.add()).toMatchObject({ words: '2 presets are in your account now.' });
  expect(read()).toEqual([['Shop: x-post x-header', 'Late: x-post']]);
  expect(names()).toEqual([[], []]);
});

test('what is changed while it is on its way stays here', async () => {
  const mine = await keepSize('Mine');
  const shop = await keepPreset(preset('Shop', 'x-post'));
  const shut = await keepPreset(preset('Shut', 'x-post'));
  meanwhile = async () => {
    await keepPreset(preset('Shop 2', 'x-post'), shop);
    await keep(keeper.saveCustomSize(size('Mine 2'), mine, makeUuid()));
  };
  expect((await offer()?.add())?.kind).toBe('added');
  expect(names()).toEqual([['Shop 2'], ['Mine 2']]);
  expect(keeper.presets().some(({ id }) => id === shut.id)).toBe(false);
});

test('a failed import is sent again under its key, and the next one has a key of its own', async () => {
  await keepPreset(preset('Shop', 'x-post'));
  await keepSize('Stays');
  answer = { kind: 'unreachable' };
  expect(await offer()?.add()).toMatchObject({ kind: 'failed' });
  answer = { kind: 'answered', status: 201, body: {} };
  meanwhile = () => keepPreset(preset('Next', 'x-post')); // so the entry of the storage stays
  await offer()?.add();
  meanwhile = async () => {};
  await offer()?.add();
  const keys = sent.map((body) => body.get('formKey'));
  expect([keys[1] === keys[0], keys[2] === keys[1], keys.length]).toEqual([true, false, 3]);
});

test('nothing is sent when another tab has added them, or deleted them, already', async () => {
  const shop = await keepPreset(preset('Shop', 'x-post'));
  const found = offer();
  await keeper.deletePreset(shop.id);
  expect(await found?.add()).toMatchObject({ kind: 'added', words: expect.stringContaining('nothing left') });
  expect(sent).toEqual([]);
});
