/** The account's keeper against the real server: the forms that it sends, and what it makes of each answer. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AccountKeeper } from '../../../client/kept/accountKeeper.ts';
import { createAccountRequests } from '../../../client/kept/accountRequests.ts';
import { chooseKeeper } from '../../../client/kept/chooseKeeper.ts';
import { findImportOffer } from '../../../client/kept/importOffer.ts';
import { type Keeper, type Outcome, onceKnown } from '../../../client/kept/keeper.ts';
import { makeUuid } from '../../../client/kept/randomId.ts';
import { noExtras } from '../../../server/presets/exportExtras.shared.ts';
import type { CustomSizeContent, PresetContent } from '../../../server/presets/preset.shared.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';
import {
  type AccountsApp,
  addPerson,
  noLimits,
  type Person,
  serveAccounts,
  signIn,
} from '../../server/security/accountsApp.ts';
import type { Visitor } from '../../server/security/visitor.ts';
import { createMemoryBrowser } from './memoryStorage.ts';

let app: AccountsApp;
let alice: Person;
let visitor: Visitor;
let isOnline: boolean;

beforeAll(async () => {
  app = await serveAccounts({ ...noLimits, LIMIT_PRESETS_KEPT: '400' }); // more than one file can hold
});

beforeEach(async () => {
  alice = await addPerson(app.database);
  visitor = await signIn(app, alice);
  isOnline = true;
});

afterAll(() => app.stop());

/** As a browser sends it, with the cookies of the visitor. */
async function send(address: Parameters<typeof fetch>[0], init: RequestInit = {}): Promise<Response> {
  if (!isOnline) throw new TypeError('Failed to fetch');
  const headers = { Accept: 'application/json', 'Sec-Fetch-Site': 'same-origin' };
  const {
    status,
    body,
    headers: got,
  } = init.method === 'POST'
    ? await visitor.post(String(address), String(init.body), headers)
    : await visitor.get(String(address), headers);
  return new Response(new Uint8Array(body), {
    status,
    headers: { 'Content-Type': got['content-type'] ?? '' },
  });
}

const named: string[] = [];
const requests = createAccountRequests(send, (_body, name) => named.push(name));

async function open(): Promise<Keeper> {
  return chooseKeeper(await requests.ask(), createMemoryBrowser().openTab(), requests);
}

const shop: PresetContent = {
  name: 'Shop',
  items: [
    { specId: 'x-post', version: 1, fit: { ...defaultFit, mode: 'contain', background: { kind: 'blur' } } },
    { specId: 'x-header', version: 1, fit: null },
  ],
  fit: { ...defaultFit, background: { kind: 'colour', colour: '#102030' } },
  settings: { format: 'webp', quality: 70, template: '{photo}-{spec}', ...noExtras },
};
const tag: CustomSizeContent = {
  name: 'Tag',
  size: { kind: 'size', width: 85.5, height: 54, unit: 'mm' },
  fit: { ...defaultFit, mode: 'stretch' },
  formats: ['png', 'jpeg'],
  quality: null,
  minBytes: 2000,
  maxBytes: 500_000,
  dpi: 300,
  safeArea: { kind: 'inset', top: 0.1, right: 0.1, bottom: 0.1, left: 0.1 },
  mask: 'rounded',
};

function saved<Value>(outcome: Outcome<Value>): Value {
  if (outcome.kind !== 'saved') throw new Error(`Not saved: ${JSON.stringify(outcome)}`);
  return outcome.value;
}

test('what is saved comes back the same, is in the list, and there again for the next page', async () => {
  const keeper = await open();
  expect([keeper.where, keeper.limits.presets]).toEqual(['account', 400]);
  let heard = 0;
  keeper.listen(() => (heard += 1));
  const preset = saved(await keeper.savePreset(shop, null, makeUuid()));
  const size = saved(await keeper.saveCustomSize(tag, null, makeUuid()));
  expect(preset).toEqual({ ...shop, id: expect.any(String), version: 1 });
  expect(size).toEqual({ ...tag, id: expect.stringMatching(/^my-/), version: 1 });
  const next = await open();
  for (const one of [keeper, next]) expect([one.presets(), one.customSizes()]).toEqual([[preset], [size]]);
  expect(heard).toBe(2);
  expect(named).toEqual(['your preset', 'your custom size']);
});

test('a form that is sent twice makes one; a name that is taken is said at the field', async () => {
  const keeper = await open();
  const formKey = makeUuid();
  const first = saved(await keeper.savePreset(shop, null, formKey));
  expect(saved(await keeper.savePreset(shop, null, formKey))).toEqual(first);
  const taken = await keeper.savePreset({ ...shop, name: 'sHOP' }, null, makeUuid());
  expect(taken).toEqual({ kind: 'refused', errors: { name: expect.stringContaining('already') } });
  saved(await keeper.saveCustomSize(tag, null, makeUuid()));
  expect(await keeper.saveCustomSize({ ...tag, name: 'TAG' }, null, makeUuid())).toMatchObject({
    kind: 'refused',
  });
});

test('two pages: who is second hears what it is now', async () => {
  const [one, other] = [await open(), await open()];
  for (const save of [
    (keeper: Keeper, name: string, base: { id: string; version: number } | null) =>
      keeper.savePreset({ ...shop, name }, base, makeUuid()),
    (keeper: Keeper, name: string, base: { id: string; version: number } | null) =>
      keeper.saveCustomSize({ ...tag, name }, base, makeUuid()),
  ]) {
    const base = saved<{ id: string; version: number }>(await save(one, 'First', null));
    const now = saved<{ id: string; version: number }>(await save(other, 'Second', base));
    expect(now.version).toBe(2);
    expect(await save(one, 'Third', base)).toEqual({ kind: 'changed', now });
    expect(saved<object>(await save(one, 'Third', now))).toMatchObject({ name: 'Third', version: 3 });
  }
});

test('what was deleted is gone, and comes back', async () => {
  const keeper = await open();
  const preset = saved(await keeper.savePreset(shop, null, makeUuid()));
  const size = saved(await keeper.saveCustomSize(tag, null, makeUuid()));
  saved(await keeper.deletePreset(preset.id));
  saved(await keeper.deleteCustomSize(size.id));
  expect([keeper.presets(), keeper.customSizes(), (await open()).presets()]).toEqual([[], [], []]);
  expect(await keeper.savePreset(shop, preset, makeUuid())).toEqual({ kind: 'gone' });
  saved(await keeper.restorePreset(preset.id));
  saved(await keeper.restoreCustomSize(size.id));
  expect([keeper.presets(), keeper.customSizes()]).toEqual([[preset], [size]]);
});

test('a form that made what was deleted since makes nothing, and says that it is gone', async () => {
  const keeper = await open();
  const [one, two] = [makeUuid(), makeUuid()];
  const preset = saved(await keeper.savePreset(shop, null, one));
  const size = saved(await keeper.saveCustomSize(tag, null, two));
  saved(await keeper.deletePreset(preset.id));
  saved(await keeper.deleteCustomSize(size.id));
  expect(await keeper.savePreset(shop, null, one)).toEqual({ kind: 'gone' });
  expect(await keeper.saveCustomSize(tag, null, two)).toEqual({ kind: 'gone' });
});

test('what belongs to somebody else is as good as not there', async () => {
  const keeper = await open();
  const preset = saved(await keeper.savePreset(shop, null, makeUuid()));
  visitor = await signIn(app, await addPerson(app.database, 'bob'));
  const bobs = await open();
  expect(await bobs.savePreset(shop, preset, makeUuid())).toEqual({ kind: 'gone' });
  expect(await bobs.deletePreset(preset.id)).toEqual({ kind: 'gone' });
});

test('a token of a session that was renewed is fetched anew; one of a session that ended is the end', async () => {
  const keeper = await open();
  await visitor.submit('/account', '/account/password', {
    current_password: alice.password,
    new_password: 'nine pears on a plate',
  });
  saved(await keeper.savePreset(shop, null, makeUuid()));
  await visitor.submit('/account', '/sign-out', {});
  expect(await keeper.savePreset({ ...shop, name: 'Blog' }, null, makeUuid())).toEqual({ kind: 'signedOut' });
});

test('another account in the same browser gets nothing that was meant for the first', async () => {
  const keeper = await open();
  visitor = await signIn(app, await addPerson(app.database, 'bob'));
  expect(await keeper.savePreset(shop, null, makeUuid())).toEqual({ kind: 'signedOut' });
  expect((await open()).presets()).toEqual([]);
});

/** A page that was opened while the server was away, in a browser where Alice was signed in. */
async function openOffline(): Promise<Keeper | AccountKeeper> {
  const who = await requests.ask();
  if (who.kind !== 'signedIn') throw new Error('Nobody is signed in');
  isOnline = false;
  const storage = createMemoryBrowser().openTab();
  storage.write('allimgfit.account', JSON.stringify({ tag: who.account.tag, preferences: {} }));
  return chooseKeeper(await requests.ask(), storage, requests);
}

test('without the server nothing is saved, and it is said in words; later it goes, to the list that is there', async () => {
  const blog = saved(await (await open()).savePreset({ ...shop, name: 'Blog' }, null, makeUuid()));
  const keeper = await openOffline();
  expect(keeper.where).toBe('account');
  const failed = await keeper.savePreset(shop, null, makeUuid());
  expect(failed).toEqual({ kind: 'failed', reason: expect.stringContaining('can’t be reached') });
  isOnline = true;
  const preset = saved(await keeper.savePreset(shop, null, makeUuid()));
  expect(keeper.presets()).toEqual([blog, preset]);
});

test('a page that was opened without the server belongs to whom it was made for, whoever answers later', async () => {
  const keeper = await openOffline();
  isOnline = true;
  const bob = await addPerson(app.database, 'bob');
  visitor = await signIn(app, bob);
  saved(await (await open()).savePreset({ ...shop, name: 'Of Bob' }, null, makeUuid()));
  expect(await keeper.savePreset(shop, null, makeUuid())).toEqual({ kind: 'signedOut' });
  if ('refresh' in keeper) await keeper.refresh();
  expect(keeper.presets()).toEqual([]);
  expect((await open()).presets().map(({ name }) => name)).toEqual(['Of Bob']);
});

test('what the account has is there when it is asked again after the server came back', async () => {
  const blog = saved(await (await open()).savePreset({ ...shop, name: 'Blog' }, null, makeUuid()));
  const keeper = await openOffline();
  expect([keeper.presets(), keeper.isKnown]).toEqual([[], false]);
  const heard: unknown[] = [];
  onceKnown(keeper, () => heard.push(keeper.presets()));
  isOnline = true;
  if ('refresh' in keeper) await keeper.refresh();
  expect([keeper.presets(), keeper.isKnown]).toEqual([[blog], true]);
  saved(await keeper.savePreset(shop, null, makeUuid()));
  onceKnown(keeper, () => heard.push('at once'));
  expect(heard).toEqual([[blog], 'at once']);
});

test('a browser that never signed in keeps presets by itself, also without the server', async () => {
  isOnline = false;
  expect((await open()).where).toBe('browser');
});

test('too many at once: the server’s own words come through', async () => {
  const limited = await serveAccounts({ ...noLimits, LIMIT_PRESET_WRITES: '1', LIMIT_PRESETS_KEPT: '1' });
  try {
    visitor = await signIn(limited, await addPerson(limited.database));
    const keeper = await open();
    saved(await keeper.savePreset(shop, null, makeUuid()));
    expect(await keeper.savePreset({ ...shop, name: 'Blog' }, null, makeUuid())).toEqual({
      kind: 'failed',
      reason: expect.stringMatching(/^There were too many tries/),
    });
  } finally {
    await limited.stop();
  }
});

test('presets of the browser go to the account in as many files as it takes, with their sizes once', async () => {
  const storage = createMemoryBrowser().openTab();
  const sizeId = `my-${makeUuid()}`;
  const long = Array.from({ length: 59 }, (_, at) => ({
    specId: `spec-${at}-${'x'.repeat(50)}`,
    version: 1,
    fit: shop.fit,
  }));
  const items = [...long, { specId: sizeId, version: 1, fit: null }];
  const presets = Array.from({ length: 340 }, (_, at) => ({
    ...shop,
    items,
    name: `P ${at}`,
    id: makeUuid(),
    version: 1,
  }));
  storage.write(
    'allimgfit.presets',
    JSON.stringify({
      presets,
      customSizes: [
        { ...tag, id: sizeId, version: 1 },
        { ...tag, name: 'Other', id: `my-${makeUuid()}`, version: 1 },
      ],
    }),
  );
  const who = await requests.ask();
  const token = who.kind === 'signedIn' ? who.account.csrfToken : '';
  const offer = findImportOffer(storage, requests, token);
  expect(offer?.words).toBe('340 presets and 2 custom sizes are kept in this browser only.');
  expect(await offer?.add()).toEqual({
    kind: 'added',
    words: '340 presets and 2 custom sizes are in your account now.',
  });
  expect(named.filter((name) => name === 'your presets').length).toBeGreaterThan(1);
  expect(storage.read('allimgfit.presets')).toBeNull();
  const keeper = await open();
  expect([keeper.presets().length, keeper.customSizes().map(({ name }) => name)]).toEqual([
    340,
    ['Other', 'Tag'],
  ]);
  const [size] = keeper.customSizes().filter(({ name }) => name === 'Tag');
  for (const { items: kept } of keeper.presets()) expect(kept.at(-1)?.specId).toBe(size?.id);
});
