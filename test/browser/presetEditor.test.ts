/** The editor of presets in a real browser: without script, with it, by keyboard, and in two tabs. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { builtIn } from '../../server/specs/catalogue.ts';
import { aPreset, enter, keptPresets, makePreset, type PresetPerson } from '../server/presets/presetsApp.ts';
import { openAccountsStage } from './accountsStage.ts';
import { axeViolations, overflowing } from './audit.ts';

const stage = openAccountsStage();
/** Chromium prints one line for a form that was refused; that is what was asked for. */
const refusals = /status of 4(22|09)/;

async function visit(
  options: BrowserContextOptions,
  look: (page: Page, alice: PresetPerson) => Promise<void>,
): Promise<void> {
  const alice = await enter(stage.app);
  const { cookies } = alice;
  await stage.visit({ cookies, allow: [refusals], ...options }, ({ page }) => look(page, alice));
}

const open = (page: Page, address: string) => page.goto(stage.app.url + address);
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const rowNames = (page: Page) => page.locator('.preset-item__name').allTextContents();
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

test.each([
  ['without script', { javaScriptEnabled: false }],
  ['with script', { javaScriptEnabled: true }],
])('%s: a preset is made, put in order, saved, deleted and brought back', async (_how, options) => {
  await visit(options, async (page, alice) => {
    await open(page, '/presets');
    await page.getByRole('link', { name: 'New preset' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Shop');
    await page.getByLabel('Search specs by place, size, ratio or format').fill('story');
    await page.keyboard.press('Enter');
    await page.getByText(/\d+ of \d+ specs/).waitFor();
    await page
      .getByRole('checkbox', { name: /^Story 9:16/ })
      .first()
      .check();
    await button(page, 'Add the ticked specs').click();
    await button(page, 'Remove Instagram Story 9:16').waitFor();
    await page.getByLabel('Search specs by place, size, ratio or format').fill('x post');
    await button(page, 'Find').click();
    await page
      .getByRole('checkbox', { name: /^Post 16:9/ })
      .first()
      .check();
    await page.getByRole('radio', { name: 'Fit with background' }).check();
    await page.getByLabel('Background', { exact: true }).selectOption({ label: 'Blurred photo' });
    await button(page, 'Add the ticked specs').click();
    await button(page, 'Move X Post 16:9 up').click();
    await page.getByText('X Post 16:9 moved up: now 1 of 2.').waitFor({ state: 'attached' });
    await expect.poll(() => focused(page)).toBe('Move X Post 16:9 up');
    expect(await keptPresets(stage.app, alice)).toEqual([]);
    await page.locator('.editor__bar').getByText('Not saved yet').waitFor();
    await button(page, 'Save the preset').click();
    await page.getByText('“Shop” is saved.').waitFor();
    expect(await keptPresets(stage.app, alice)).toMatchObject([
      {
        name: 'Shop',
        content: {
          items: [{ specId: 'x-post' }, { specId: 'instagram-story' }],
          fit: { mode: 'contain', background: { kind: 'blur' } },
        },
      },
    ]);
    await button(page, 'Delete Shop').click();
    await page.getByText('“Shop” is deleted.').waitFor();
    await expect.poll(() => focused(page)).toBe('Undo: bring “Shop” back');
    await page.keyboard.press('Enter');
    await page.getByText('“Shop” is back.').waitFor();
    await page.reload();
    expect(await page.getByRole('link', { name: 'Shop', exact: true }).count()).toBe(1);
  });
});

test('by keyboard a row moves as often as its button is pressed, and the focus stays on it', async () => {
  await visit({}, async (page, alice) => {
    const id = await makePreset(alice);
    await open(page, `/presets/${id}`);
    const last = (await rowNames(page))[2] ?? '';
    await button(page, `Move ${last} up`).focus();
    for (const [place, words] of [
      [2, `${last} moved up: now 2 of 3.`],
      [1, `${last} moved up: now 1 of 3.`],
      [1, `${last} is first already.`],
    ] as const) {
      await page.keyboard.press('Enter');
      await page.getByText(words).waitFor({ state: 'attached' });
      expect((await rowNames(page))[place - 1]).toBe(last);
      await expect.poll(() => focused(page)).toBe(`Move ${last} up`);
    }
    await button(page, `Remove ${last}`).press('Enter');
    await page.getByText(`${last} is removed.`).waitFor({ state: 'attached' });
    await expect.poll(() => focused(page)).toBe(`Remove ${(await rowNames(page))[0]}`);
  });
});

test('of two tabs the second is told what differs, keeps its form, and can save it nevertheless', async () => {
  await visit({}, async (page, alice) => {
    const id = await makePreset(alice);
    const other = await page.context().newPage();
    for (const tab of [page, other]) await open(tab, `/presets/${id}`);
    await other.getByLabel('Name', { exact: true }).fill('Of the other tab');
    await button(other, 'Save').click();
    await other.getByText('“Of the other tab” is saved.').waitFor();
    await page.getByLabel('Quality, 1 to 100').fill('55');
    await button(page, 'Save').click();
    const warning = page.getByRole('alert', { name: 'It was changed elsewhere' });
    await warning.waitFor();
    expect(await warning.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await warning.getByRole('row').allInnerTexts()).toEqual([
      'What\tThe other\tYours',
      'Name\tOf the other tab\tShop',
      'Quality\t90\t55',
    ]);
    expect(await axeViolations(page)).toEqual([]);
    await warning.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByText('“Shop” is saved.').waitFor();
    expect(await keptPresets(stage.app, alice)).toMatchObject([
      { name: 'Shop', version: 3, content: { settings: { quality: 55 } } },
    ]);
  });
});

test('long lists have a field that finds rows, and what it hides is kept', async () => {
  await visit({}, async (page, alice) => {
    const items = builtIn.specs.slice(0, 20).map(({ id, version }) => ({ specId: id, version, fit: null }));
    const id = await makePreset(alice, { items });
    await open(page, '/presets');
    expect(await page.getByRole('searchbox').count()).toBe(0); // one row needs no search
    await open(page, `/presets/${id}`);
    const find = page.getByRole('searchbox', { name: 'Find a spec in this preset' });
    await find.fill('STORY 9:16');
    const shown = page.locator('.preset-item__name:visible');
    await expect.poll(() => shown.allTextContents()).toEqual(['Instagram Story 9:16', 'Facebook Story 9:16']);
    await page.getByText('2 of 20', { exact: true }).waitFor();
    await button(page, 'Remove Instagram Story 9:16').click();
    await page.getByText('1 of 19', { exact: true }).waitFor();
    expect(await shown.allTextContents()).toEqual(['Facebook Story 9:16']);
    expect(await axeViolations(page)).toEqual([]);
    await button(page, 'Save').click();
    await page.getByText('“Shop” is saved.').waitFor();
    expect(await keptPresets(stage.app, alice)).toMatchObject([
      { content: { items: items.filter(({ specId }) => specId !== 'instagram-story') } },
    ]);
    await Promise.all(Array.from({ length: 12 }, (_, at) => makePreset(alice, { name: `Client ${at}` })));
    await open(page, '/presets');
    await page.getByRole('searchbox', { name: 'Find a preset' }).fill('client 11');
    await page.getByText('1 of 13', { exact: true }).waitFor();
    expect(await page.locator('.kept-row__name:visible').allTextContents()).toEqual(['Client 11']);
  });
});

test('going back after saving and sending once more makes no second preset', async () => {
  await visit({}, async (page, alice) => {
    await open(page, '/presets/new?specs=x-post');
    await page.getByLabel('Name', { exact: true }).fill('Once');
    await button(page, 'Save the preset').click();
    await page.getByText('“Once” is saved.').waitFor();
    await page.goBack();
    await page.getByLabel('Name', { exact: true }).fill('Once');
    await button(page, 'Save the preset').click();
    await page.getByRole('alert').getByText('You have a preset of this name already.').waitFor();
    expect(await keptPresets(stage.app, alice)).toHaveLength(1);
  });
});

test.each([
  [1440, 'light'],
  [390, 'dark'],
  [320, 'light'],
] as const)('at %d px, %s, every state fits and has no violation', async (width, colorScheme) => {
  await visit({ viewport: { width, height: 800 }, colorScheme }, async (page, alice) => {
    const check = async (state: string) =>
      expect([state, await axeViolations(page), await overflowing(page)]).toEqual([state, [], []]);
    await open(page, '/presets');
    await check('empty list');
    await makePreset(alice, { name: 'A name as long as a name may be, with words of all lengths.' });
    const gone = await makePreset(alice, {
      name: 'Gone',
      items: [...aPreset.items, { specId: 'a-spec-that-is-no-longer-there', version: 3, fit: aPreset.fit }],
    });
    await open(page, '/presets');
    await check('list');
    await open(page, `/presets/${gone}`);
    await check('editor');
    await button(page, 'Find').click();
    await page.locator('.editor__state').first().waitFor();
    await check('draft');
    await page.getByLabel('Name', { exact: true }).fill('');
    await button(page, 'Save').click();
    await page.getByRole('alert').waitFor();
    await check('refused');
  });
});
