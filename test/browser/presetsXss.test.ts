/**
 * Row 80 of the security study: texts made to become markup, as names and templates, where script shows them: from an account,
 * from what the browser keeps, and from a link. presetsXssForms has the pages of the server.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { checkText } from '../../server/http/text.shared.ts';
import { noExtras } from '../../server/presets/exportExtras.shared.ts';
import { nameKey } from '../../server/presets/names.shared.ts';
import type { CustomSize, Preset } from '../../server/presets/preset.shared.ts';
import { writePresetLink } from '../../server/presets/presetLink.shared.ts';
import { defaultFit } from '../../server/specs/fit.shared.ts';
import { uuidOf } from '../server/presets/keptArbitraries.ts';
import { addPerson, signIn } from '../server/security/accountsApp.ts';
import { xssCorpus } from '../server/security/xssCorpus.ts';
import { openAccountsStage } from './accountsStage.ts';
import { expectInert, openWatched } from './inertTexts.ts';
import { openMenu } from './presetMenu.ts';

const stage = openAccountsStage();

const onOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
/** No key twice, as the tables have it. */
const accepted = xssCorpus
  .map((text) => checkText(text, { label: '', min: 1, max: 60 }))
  .flatMap(({ text, fault }) => (fault === null ? text : []))
  .filter((text, at, all) => all.findIndex((other) => nameKey(other) === nameKey(text)) === at);

const sizeOf = (name: string, at: number): CustomSize => ({
  id: `my-${uuidOf(at)}`,
  version: 1,
  name,
  size: { kind: 'size', width: 300 + at, height: 200, unit: 'px' },
  fit: null,
  formats: ['jpeg'],
  quality: null,
  minBytes: null,
  maxBytes: null,
  dpi: null,
  safeArea: null,
  mask: null,
});
const presetOf = (name: string, at: number): Preset => ({
  id: uuidOf(1000 + at),
  version: 1,
  name,
  items: ['x-post', `my-${uuidOf(at)}`].map((specId) => ({ specId, version: 1, fit: null })),
  fit: defaultFit,
  settings: { format: 'auto', quality: 90, template: name, ...noExtras },
});

async function inBrowser(allow: RegExp[], look: (page: Page, context: BrowserContext) => Promise<void>) {
  const context = await stage.browser.newContext({ reducedMotion: 'reduce' });
  context.setDefaultTimeout(20_000);
  const { page, watch } = await openWatched(context, stage.app.url, allow);
  await look(page, context);
  expect(watch.complaints).toEqual([]);
  expect(watch.foreignRequests).toEqual([]);
  expect(watch.requests.filter((line) => /(GET \/account|POST \/sign-out)$/.test(line))).toEqual([]);
  await context.close();
}

/** Opens every preset of the menu, and looks at the wall each time. */
async function openEach(page: Page, names: readonly string[]): Promise<void> {
  for (const [at, name] of names.entries()) {
    await openMenu(page);
    const entry = page.locator('.preset-list__name').nth(at);
    expect(onOneLine((await entry.textContent()) ?? '')).toBe(onOneLine(name));
    await entry.click();
    await expect
      .poll(async () => onOneLine((await page.locator('#wall-preset').textContent()) ?? ''))
      .toBe(onOneLine(name));
    await expectInert(page, name);
  }
}

const inOrder = (names: readonly string[]) =>
  [...names].sort((a, b) => (nameKey(a) < nameKey(b) ? -1 : Number(nameKey(a) > nameKey(b))));

test('kept by the browser, whatever was written into its storage: on the list, in the forms, on the wall, and in the offer to an account', async () => {
  const texts = xssCorpus.filter((text) => text.length <= 120);
  expect(texts.length).toBeGreaterThanOrEqual(60);
  const kept = JSON.stringify({ presets: texts.map(presetOf), customSizes: texts.map(sizeOf) });
  const alice = await addPerson(stage.app.database);
  await inBrowser([/status of 422/], async (page) => {
    await page.goto(`${stage.app.url}/presets`);
    await page.evaluate((text) => localStorage.setItem('allimgfit.presets', text), kept);
    await page.reload();
    const rows = page.locator('[data-part="list"] > .kept-row');
    await expect.poll(() => rows.count()).toBe(texts.length);
    expect((await rows.locator('[data-part="name"]').allTextContents()).map(onOneLine).sort()).toEqual(
      texts.map(onOneLine).sort(),
    );
    await expectInert(page, 'the list');
    for (const [at, name] of inOrder(texts).entries()) {
      await page.locator('[data-part="list"] > li').nth(at).locator('[data-part="edit"]').click();
      expect(onOneLine(await page.locator('#here-name').inputValue())).toBe(
        onOneLine(name.replace(/[\r\n]/g, '')),
      );
      await expectInert(page, name);
      await page.locator('[data-part="cancel"]').click();
    }
    await rows.nth(3).locator('[data-part="delete"]').click();
    await page.locator('[data-part="undo"] [data-part="restore"]').click();
    await expectInert(page, 'deleted and brought back');

    await page.goto(`${stage.app.url}/generate`);
    await page.getByRole('button', { name: 'Try an example photo' }).click();
    await page.locator('.tile').first().waitFor();
    await openEach(page, inOrder(texts));
    await page.getByRole('button', { name: 'Choose specs' }).click();
    for (const text of texts.slice(0, 12)) {
      await page.getByRole('searchbox').fill(text);
      await expectInert(page, text);
    }
    await page.getByRole('searchbox').fill('');
    await expectInert(page, 'the list of specs');
    await page.getByRole('button', { name: 'Done' }).click();
    await page
      .getByRole('button', { name: /^Options for/ })
      .last()
      .click();
    await expectInert(page, 'the panel of a tile');

    await page.goto(`${stage.app.url}/sign-in?next=/presets`);
    await page.getByLabel('E-mail address').fill(alice.email);
    await page.getByLabel('Password', { exact: true }).fill(alice.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Add them to your account' }).click();
    await page.waitForLoadState('networkidle');
    await expectInert(page, 'the offer');
  });
}, 300_000);

test('from a link: in the words about it, on the wall and in its tiles', async () => {
  await inBrowser([], async (page) => {
    await page.goto(`${stage.app.url}/generate`);
    await page.getByRole('button', { name: 'Try an example photo' }).click();
    await page.locator('.tile').first().waitFor();
    const open = page.locator('#link-open');
    for (const [at, name] of accepted.entries()) {
      const { settings, ...preset } = presetOf(name, at);
      const template = /[/{}]/.test(name) ? '{photo}' : name;
      const link = writePresetLink({ ...preset, settings: { ...settings, template } }, [sizeOf(name, at)]);
      await page.evaluate((hash) => location.assign(hash), link ?? '');
      await expect
        .poll(async () => onOneLine((await page.locator('#link-offer-words').textContent()) ?? ''))
        .toContain(`“${onOneLine(name)}”`);
      await expectInert(page, name);
      await open.click();
      await expect
        .poll(async () => onOneLine((await page.locator('#tiles').textContent()) ?? ''))
        .toContain(onOneLine(name));
      await expectInert(page, name);
    }
    for (const text of xssCorpus) {
      await page.evaluate((hash) => location.assign(`#preset=${hash}`), text);
      await page.getByText('can’t be read').first().waitFor();
      await expectInert(page, text);
      await page.locator('#link-dismiss').click();
    }
  });
}, 200_000);

test('kept with an account: on the list, in the editor as htmx swaps it, and in the workspace', async () => {
  const alice = await addPerson(stage.app.database);
  const visitor = await signIn(stage.app, alice);
  for (const [at, name] of accepted.entries()) {
    const { id: sizeId, version: _, name: __, ...rules } = sizeOf(name, at);
    const { id, version: ___, name: ____, ...content } = presetOf(name, at);
    await keep('custom_sizes', sizeId.slice(3), name, rules);
    await keep('presets', id, name, content);
  }
  async function keep(table: string, id: string, name: string, content: object) {
    await stage.app.database.query(
      `INSERT INTO ${table} (id, user_id, made_by, name, name_key, content) VALUES ($1, $2, gen_random_uuid(), $3, $4, $5)`,
      [id, alice.id, name, nameKey(name), JSON.stringify(content)],
    );
  }

  await inBrowser([/status of (409|422)/], async (page, context) => {
    await context.addCookies(
      [...visitor.cookies].map(([name, value]) => ({ name, value, url: stage.app.url })),
    );
    await page.goto(`${stage.app.url}/presets`);
    const names = await page.locator('.kept-row:not(.kept-row--size) .kept-row__name').allTextContents();
    expect(names.map(onOneLine).sort()).toEqual(accepted.map(onOneLine).sort());
    await expectInert(page, 'the list');

    await page.goto(`${stage.app.url}/presets/${uuidOf(1000)}`);
    for (const group of await page.locator('.finder__group').all())
      await group.evaluate((details) => details.setAttribute('open', ''));
    await expectInert(page, 'all specs that can be added');
    for (const [at, text] of accepted.entries()) {
      await page.getByLabel('Name', { exact: true }).fill(text);
      await page.getByLabel('Quality, 1 to 100').fill('x');
      await page.getByLabel('File names').fill(text);
      await page.getByLabel('Search specs by place, size, ratio or format').fill(text);
      const act =
        at % 2 === 0
          ? page.getByRole('button', { name: 'Find' })
          : page.getByRole('button', { name: 'Save', exact: true });
      await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'POST'),
        act.click(),
      ]);
      await page.getByText('Not saved yet').first().waitFor();
      await expect.poll(() => page.locator('.htmx-swapping, .htmx-settling, .htmx-request').count()).toBe(0);
      await expectInert(page, text);
    }
    for (const text of accepted.filter((_, at) => at % 6 === 0)) {
      await page.goto(`${stage.app.url}/presets/${uuidOf(1000)}`);
      await stage.app.database.query('UPDATE presets SET version = version + 1 WHERE id = $1', [
        uuidOf(1000),
      ]);
      await page.getByLabel('Name', { exact: true }).fill(text);
      await page.getByLabel('File names').fill('{photo}');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('heading', { name: 'It was changed elsewhere' }).waitFor();
      await expectInert(page, text);
    }

    const asked = page.waitForResponse('**/account/mine');
    await page.goto(`${stage.app.url}/generate`);
    await (await asked).finished();
    await page.getByRole('button', { name: 'Try an example photo' }).click();
    await page.locator('.tile').first().waitFor();
    await openEach(page, inOrder(accepted).slice(0, 20));
    await page.getByRole('button', { name: 'Choose specs' }).click();
    const inPicker = onOneLine((await page.locator('#spec-list').textContent()) ?? '');
    expect(accepted.filter((name) => !inPicker.includes(onOneLine(name)))).toEqual([]);
    await expectInert(page, 'the list of specs');
  });
}, 300_000);
