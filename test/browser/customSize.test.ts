/** Custom sizes and the import of presets in a real browser: without script, with htmx, and nothing that axe or a narrow window complains about. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { addPerson, signIn } from '../server/security/accountsApp.ts';
import { openAccountsStage } from './accountsStage.ts';
import { axeViolations, overflowing } from './audit.ts';

const stage = openAccountsStage();

/** Chromium prints one line for a form that was refused; that is what was asked for. */
const refusals = /status of 4(22|09)/;

/** Somebody who is signed in opens a page. */
async function visit(options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> {
  const { cookies } = await signIn(stage.app, await addPerson(stage.app.database));
  await stage.visit({ cookies, allow: [refusals], ...options }, ({ page }) => look(page));
}

const open = (page: Page, path: string) => page.goto(stage.app.url + path);

describe.each([
  { how: 'without script', javaScriptEnabled: false },
  { how: 'with script', javaScriptEnabled: true },
])('$how', ({ javaScriptEnabled }) => {
  test('a custom size is made, refused with what was typed, changed, deleted and brought back', async () => {
    await visit({ javaScriptEnabled }, async (page) => {
      await open(page, '/presets/sizes/new');
      await page.getByLabel('Name').fill('Passport');
      await page.getByLabel('Width', { exact: true }).fill('35');
      await page.getByLabel('Height', { exact: true }).fill('45,5');
      await page.locator('#size-unit').selectOption('mm');
      await page.locator('#size-maxBytes').fill('240');
      await page.getByRole('button', { name: 'Make the custom size' }).click();
      await page.getByRole('link', { name: /mm become pixels by it/ }).click();
      await page.locator('#size-dpi').fill('300');
      expect(await page.getByLabel('Height', { exact: true }).inputValue()).toBe('45,5');
      await page.getByRole('button', { name: 'Make the custom size' }).click();
      await page.getByRole('status').filter({ hasText: 'The custom size is made.' }).waitFor();
      await page.locator('#size-safeArea').selectOption('circle');
      await page.getByLabel('Its diameter').fill('80');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('status').filter({ hasText: 'is saved' }).waitFor();
      expect(await page.getByLabel('Its diameter').inputValue()).toBe('80');
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('heading', { name: '“Passport” is deleted' }).waitFor();
      await page.getByRole('button', { name: 'Undo: bring it back' }).click();
      await page.getByRole('status').filter({ hasText: 'is back' }).waitFor();
    });
  });

  test('what the choices make pointless steps back, by style alone', async () => {
    await visit({ javaScriptEnabled }, async (page) => {
      await open(page, '/presets/sizes/new');
      const seen = async () =>
        (
          await page
            .locator('.size-form [name]:visible')
            .evaluateAll((all) => all.map((one) => one.getAttribute('name')))
        ).filter((name) => name !== 'kind');
      const always = [
        'name',
        'dpi',
        'jpeg',
        'png',
        'webp',
        'avif',
        'ico',
        'preferred',
        'quality',
        'minBytes',
        'minUnit',
        'maxBytes',
        'maxUnit',
      ];
      const ends = ['safeArea', 'mask'];
      expect(new Set(await seen())).toEqual(new Set([...always, 'width', 'height', 'unit', 'mode', ...ends]));
      await page.getByText('Part of the photo').first().click();
      expect(new Set(await seen())).toEqual(new Set([...always, 'percent', ...ends]));
      await page.getByText('Ratio').first().click();
      await page.locator('#size-mode').selectOption('contain');
      await page.locator('#size-safeArea').selectOption('inset');
      const insets = ['insetTop', 'insetRight', 'insetBottom', 'insetLeft'];
      expect(new Set(await seen())).toEqual(
        new Set([...always, 'ratio', 'mode', 'background', 'colour', ...ends, ...insets]),
      );
      await page.locator('#size-background').selectOption('blur');
      expect(await seen()).not.toContain('colour');
    });
  });

  test('a file with faults is refused with its text, and mended it is imported', async () => {
    await visit({ javaScriptEnabled }, async (page) => {
      await open(page, '/presets/import');
      await page.getByLabel('The text of an exported file').fill(fileOf('X Post'));
      await page.getByRole('button', { name: 'Import' }).click();
      await page.getByText('presets[0].items[0].spec').waitFor();
      expect(await page.getByLabel('The text of an exported file').inputValue()).toBe(fileOf('X Post'));
      await page.getByLabel('The text of an exported file').fill(fileOf('x-post'));
      await page.getByRole('button', { name: 'Import' }).click();
      await page.getByRole('status').filter({ hasText: '1 preset made.' }).waitFor();
      await page.getByRole('link', { name: 'Shop' }).click();
      expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Shop');
    });
  });
});

test('with script nothing is loaded anew for a refusal, and the summary has the focus', async () => {
  await visit({}, async (page) => {
    await open(page, '/presets/sizes/new');
    await page.evaluate(() => document.documentElement.setAttribute('data-same', ''));
    await page.getByRole('button', { name: 'Make the custom size' }).click();
    await page.locator('.errors:focus').waitFor();
    expect(await page.locator('html[data-same]').count()).toBe(1);
  });
});

test('two tabs: the second compares, without a reload, and may save over the first', async () => {
  await visit({}, async (page) => {
    await open(page, '/presets/sizes/new');
    await page.getByLabel('Name').fill('Banner');
    await page.getByLabel('Width', { exact: true }).fill('1500');
    await page.getByLabel('Height', { exact: true }).fill('500');
    await page.getByRole('button', { name: 'Make the custom size' }).click();
    await page.getByRole('status').filter({ hasText: 'is made' }).waitFor();
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByLabel('Width', { exact: true }).fill('1600');
    await other.getByRole('button', { name: 'Save' }).click();
    await other.getByRole('status').filter({ hasText: 'is saved' }).waitFor();
    await page.getByLabel('Width', { exact: true }).fill('1700');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'It was changed elsewhere' }).waitFor();
    await page.getByRole('row', { name: /Size.*1600.*1700/ }).waitFor();
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByRole('status').filter({ hasText: 'is saved' }).waitFor();
    expect(await page.getByLabel('Width', { exact: true }).inputValue()).toBe('1700');
  });
});

test('a file that is chosen fills the field', async () => {
  await visit({}, async (page) => {
    await open(page, '/presets/import');
    const buffer = Buffer.from(`\ufeff${fileOf('x-post')}`);
    await page
      .getByLabel('Or choose the file:')
      .setInputFiles({ name: 'shop.json', mimeType: 'application/json', buffer });
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByRole('link', { name: 'Shop' }).waitFor();
    await open(page, '/presets/import');
    const large = {
      name: 'large.json',
      mimeType: 'application/json',
      buffer: Buffer.alloc(4_000_001, 'x'),
    };
    await page.getByLabel('Or choose the file:').setInputFiles(large);
    await page.getByText('large.json is too large for a file of presets.').waitFor();
  });
});

describe.each([
  { width: 1440, colorScheme: 'light' as const },
  { width: 1440, colorScheme: 'dark' as const },
  { width: 390, colorScheme: 'light' as const },
  { width: 320, colorScheme: 'dark' as const },
])('at $width px, $colorScheme', ({ width, colorScheme }) => {
  test('no axe violation and nothing that sticks out, in every state', async () => {
    await visit({ viewport: { width, height: 900 }, colorScheme }, async (page) => {
      const audit = async (state: string) => {
        expect([state, await axeViolations(page), await overflowing(page)]).toEqual([state, [], []]);
      };
      await open(page, '/presets/sizes/new');
      await audit('new');
      for (const kind of ['ratio', 'longest', 'percent']) {
        await page.locator(`[name="kind"][value="${kind}"]`).check();
        await audit(kind);
      }
      await page.locator('[name="kind"][value="ratio"]').check();
      await page.locator('#size-mode').selectOption('contain');
      await page.locator('#size-safeArea').selectOption('inset');
      for (const box of ['#size-jpeg', '#size-png']) await page.locator(box).uncheck();
      await page.locator('#size-quality').fill('x');
      await page.locator('#size-minBytes').fill('300');
      await page.locator('#size-maxBytes').fill('240');
      await page.getByRole('button', { name: 'Make the custom size' }).click();
      await page.locator('.errors').waitFor();
      await audit('errors');
      await open(page, '/presets/import');
      await audit('import');
      await page.getByLabel('The text of an exported file').fill(fileOf('X Post'));
      await page.getByRole('button', { name: 'Import' }).click();
      await page.locator('.errors').waitFor();
      await audit('import-errors');
      for (const _time of [1, 2]) {
        await page.getByLabel('The text of an exported file').fill(fileOf('a-spec-of-tomorrow', true));
        await page.getByRole('button', { name: 'Import' }).click();
        await page.getByRole('link', { name: 'All presets and sizes' }).waitFor();
        await audit('imported');
        if (_time === 1) await open(page, '/presets/import');
      }
      await page.getByRole('link', { name: 'All presets and sizes' }).click();
      await page.getByRole('link', { name: /^Edit Passport/ }).click();
      await audit('kept');
      const other = await page.context().newPage();
      await other.goto(page.url());
      await other.getByLabel('Width', { exact: true }).fill('36');
      await other.getByRole('button', { name: 'Save' }).click();
      await other.getByRole('status').filter({ hasText: 'is saved' }).waitFor();
      await page.getByLabel('Width', { exact: true }).fill('37');
      await page.getByLabel('Name').fill('Passport with a name that is as long as it may be, truly so');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: 'It was changed elsewhere' }).waitFor();
      await audit('conflict');
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('heading', { name: /is deleted/ }).waitFor();
      await audit('deleted');
    });
  });
});

function fileOf(spec: string, withSize = false): string {
  const fit = { mode: 'cover', enlarge: false, background: { kind: 'blur' } };
  const settings = { format: 'auto', quality: 90, template: '{photo}' };
  const size = { kind: 'size', width: 35, height: 45, unit: 'mm' };
  const items = [{ spec, version: 1 }, ...(withSize ? [{ customSize: 'Passport' }] : [])];
  return JSON.stringify({
    schema: 'all-img-fit-presets/1',
    presets: [{ name: 'Shop', fit, settings, items }],
    customSizes: withSize ? [{ name: 'Passport', size, formats: ['jpeg'], dpi: 300 }] : [],
  });
}
