/** Presets of a browser that is signed out, what becomes of them at signing in, and what script adds to those of an account. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { addPerson, type Person } from '../server/security/accountsApp.ts';
import { axeViolations, overflowing } from './audit.ts';
import { openKeptStage, qualityOf, stored } from './keptPage.ts';

const stage = openKeptStage();
const { inBrowser, signIn, signOut, openWorkspace } = stage;
let alice: Person;

beforeEach(async () => {
  alice = await addPerson(stage.app.database);
});

const shop = {
  name: 'Shop',
  items: [
    { specId: 'x-post', version: 1, fit: null },
    { specId: 'mastodon-avatar', version: 1, fit: null },
    { specId: 'my-5a8b1c9e-1c9e-4c9e-8c9e-5a8b1c9e5a8b', version: 1, fit: null },
  ],
  fit: { mode: 'cover', enlarge: false, background: { kind: 'colour', colour: '#ffffff' } },
  settings: { format: 'webp', quality: 70, template: '{photo}' },
};
const tag = {
  id: 'my-5a8b1c9e-1c9e-4c9e-8c9e-5a8b1c9e5a8b',
  version: 1,
  name: 'Price tag',
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

/** As a browser has them that saved presets while signed out. */
async function keepPresets(page: Page, names: string[]): Promise<void> {
  const presets = names.map((name, at) => ({
    ...shop,
    name,
    id: `${at}a8b1c9e-1c9e-4c9e-8c9e-5a8b1c9e5a8b`,
    version: 1,
  }));
  await page.goto(`${stage.app.url}/presets`);
  await page.evaluate(
    (text) => localStorage.setItem('allimgfit.presets', text),
    JSON.stringify({ presets, customSizes: [tag] }),
  );
}

/** Drags the row with that number above the first one, by its handle. */
async function dragToTop(page: Page, form: string, at: number): Promise<void> {
  const handle = page.locator(`${form} .drag-handle`).nth(at);
  await handle.scrollIntoViewIfNeeded();
  const first = page.locator(`${form} .preset-item__name`).first();
  const [from, to] = [await handle.boundingBox(), await first.boundingBox()];
  await page.mouse.move((from?.x ?? 0) + 5, (from?.y ?? 0) + 10);
  await page.mouse.down();
  await page.mouse.move((from?.x ?? 0) + 5, (to?.y ?? 0) - 8, { steps: 8 });
  await page.mouse.up();
}

describe('presets of a browser', () => {
  test('are offered to the account once, with their custom sizes, and are gone from the browser then', async () => {
    await inBrowser(async (page) => {
      await keepPresets(page, ['Shop', 'Blog', 'Press']);
      await signIn(page, alice, '/presets');
      await page.getByText('3 presets and 1 custom size are kept in this browser only.').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Add them to your account' }).click();
      await page.getByRole('link', { name: 'Press', exact: true }).waitFor();
      expect((await stored(page))['allimgfit.presets']).toBeUndefined();
      const rows = await stage.app.database.query(
        `SELECT (SELECT count(*)::int FROM presets WHERE user_id = $1) AS presets,
           (SELECT count(*)::int FROM custom_sizes WHERE user_id = $1) AS sizes`,
        [alice.id],
      );
      expect(rows).toEqual([{ presets: 3, sizes: 1 }]);
      await page.reload();
      expect(await page.getByRole('button', { name: 'Add them to your account' }).count()).toBe(0);
    });
  });

  test('stay where they are when the offer is turned down, and nobody is asked again; the workspace offers them too', async () => {
    await inBrowser(async (page) => {
      await keepPresets(page, ['Shop']);
      await signIn(page, alice);
      await openWorkspace(page);
      await page.getByRole('button', { name: /^Presets?/ }).click();
      await page.getByText('1 preset and 1 custom size are kept in this browser only.').waitFor();
      await page.getByRole('button', { name: 'Keep them here' }).click();
      await page.goto(`${stage.app.url}/presets`);
      await page.waitForLoadState('networkidle');
      expect(await page.getByText('kept in this browser only').count()).toBe(0);
      await signOut(page);
      await page.goto(`${stage.app.url}/presets`);
      await page.getByText('Shop').waitFor();
    });
  });

  test('are renamed, put in order by key and by dragging, copied, deleted and brought back', async () => {
    await inBrowser(async (page) => {
      await keepPresets(page, ['Shop']);
      await page.reload();
      await page.getByRole('button', { name: 'Edit Shop' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Market');
      await page.getByRole('button', { name: 'Move Mastodon Avatar up' }).click();
      await page.getByText('Mastodon Avatar moved: now 1 of 3.').waitFor();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('up-mastodon-avatar');
      const names = page.locator('.kept-edit .preset-item__name');
      await dragToTop(page, '.kept-edit', 2);
      await expect.poll(() => names.first().textContent()).toBe('Price tag');
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('button', { name: 'Edit Market' }).waitFor();
      const kept = JSON.parse((await stored(page))['allimgfit.presets'] ?? '');
      expect(kept.presets[0]).toMatchObject({ name: 'Market', version: 2 });
      expect(kept.presets[0].items.map(({ specId }: { specId: string }) => specId)).toEqual([
        tag.id,
        'mastodon-avatar',
        'x-post',
      ]);

      await page.getByRole('button', { name: 'Duplicate Market' }).click();
      await page.getByText('The copy is “Market 2”.').waitFor();
      const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
      await expect.poll(focused).toBe('Market 2');
      // A double click: the second one meets the row that has moved up.
      const deleted = page.getByRole('button', { name: 'Delete Market', exact: true });
      await deleted.evaluate((button: HTMLElement) => {
        const undo = document.querySelector('[data-part="undo"]');
        button.click();
        const again = () =>
          undo?.checkVisibility()
            ? document.querySelector<HTMLElement>('.kept__list [data-part="delete"]')?.click()
            : setTimeout(again);
        again();
      });
      await page.getByText('“Market” is deleted.').waitFor();
      await page.getByRole('button', { name: 'Edit Market 2', exact: true }).waitFor();
      expect(await page.getByRole('button', { name: 'Edit Market', exact: true }).count()).toBe(0);
      await page.getByRole('button', { name: 'Undo: bring “Market” back' }).click();
      await page.getByRole('button', { name: 'Edit Market', exact: true }).waitFor();
      await expect.poll(focused).toBe('Market');
    });
  });

  test('are saved as a file that imports again, here and there, and opened in the workspace', async () => {
    await inBrowser(async (page) => {
      await keepPresets(page, ['Shop']);
      await page.reload();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export Shop as a file' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('all-img-fit-Shop.json');
      const path = await download.path();
      expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ presets: [{ name: 'Shop' }] });
      await inBrowser(async (other) => {
        await other.goto(`${stage.app.url}/presets`);
        await other.getByText('Import presets').click();
        await other.getByLabel('Or choose the file').setInputFiles(path);
        await expect.poll(() => other.locator('textarea').inputValue()).toContain('Price tag');
        await other.getByRole('button', { name: 'Import', exact: true }).click();
        await other.getByText('Imported: “Shop”, “Price tag”.').waitFor();
        await other.locator('textarea').fill('{"schema":"all-img-fit-presets/1","presets":[{"name":""}]}');
        await other.getByRole('button', { name: 'Import', exact: true }).click();
        await other.getByText('presets[0].fit is missing.').waitFor();
        const mine = other.waitForResponse('**/account/mine');
        await other.getByRole('link', { name: 'Open in the workspace: Shop' }).click();
        await mine;
        await expect
          .poll(() => other.getByRole('listitem').filter({ hasText: 'Price tag' }).count())
          .toBeGreaterThan(0);
        await expect.poll(() => qualityOf(other).inputValue()).toBe('70');
      });
    });
  });

  test('fit the page at every width, in both themes, with a form open', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await inBrowser(async (page) => {
        await page.emulateMedia({ colorScheme });
        await keepPresets(page, ['Shop', 'A preset with a name that is as long as the name of a preset may']);
        await page.reload();
        await page.getByText('Import presets').click();
        await page.getByRole('button', { name: 'Edit Shop' }).click();
        for (const width of [1440, 1024, 390, 320]) {
          await page.setViewportSize({ width, height: 900 });
          expect(await overflowing(page), `at ${width} px`).toEqual([]);
          expect(await axeViolations(page), `at ${width} px`).toEqual([]);
        }
      });
    }
  });
});

describe('presets of an account', () => {
  test('are dragged into order, their link is copied, and a file is chosen instead of pasted', async () => {
    await inBrowser(async (page, context) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await keepPresets(page, ['Shop']);
      await signIn(page, alice, '/presets');
      await page.getByRole('button', { name: 'Add them to your account' }).click();
      await page.getByRole('link', { name: 'Shop', exact: true }).click();
      await page.getByRole('button', { name: 'Copy the link' }).click();
      await page.getByText('Copied.').waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      expect(link).toMatch(new RegExp(`^${stage.app.url}/generate#preset=`));
      await dragToTop(page, '.editor', 2);
      await page.getByText('Not saved yet').waitFor();
      expect(await page.getByRole('button', { name: 'Move Price tag up' }).getAttribute('value')).toBe(
        'up:0',
      );
      await page.getByRole('button', { name: 'Move Price tag down' }).click(); // the server goes on from there
      await page.getByText('Price tag moved down: now 2 of 3.').waitFor();
      await page.getByRole('button', { name: 'Save', exact: true }).last().click();
      await page.getByText('“Shop” is saved.').waitFor();
      const rows = await stage.app.database.query(
        `SELECT jsonb_path_query_array(content, '$.items[*].specId') AS ids FROM presets WHERE user_id = $1`,
        [alice.id],
      );
      expect(rows).toEqual([{ ids: ['x-post', expect.stringMatching(/^my-/), 'mastodon-avatar'] }]);

      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Export Shop as a file' }).click(),
      ]);
      await page.goto(`${stage.app.url}/presets/import`);
      await page.getByLabel('Or choose the file').setInputFiles(await download.path());
      await expect.poll(() => page.locator('textarea').inputValue()).toContain('Price tag');
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText('Shop 2').waitFor();
    });
  });
});
