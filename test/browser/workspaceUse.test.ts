import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../server/specs/catalogue.ts';
import { distinctPhotos, examplePhoto } from '../photos/photos.ts';
import { type App, startApp } from './app.ts';
import { axeViolations, overflowing } from './audit.ts';
import { launchBrowser } from './chromium.ts';
import { inWorkspace, filesOf, type Kept, settingsKey, type Workspace } from './workspacePage.ts';

let app: App;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const centred: Kept = { settings: { detection: 'centre' } };

describe('keyboard', () => {
  test('is enough from the page load to the zip', async () => {
    await inWorkspace({ browser, app }, { kept: centred }, async ({ page, ...workspace }) => {
      await tabTo(page, /^Choose photos$/);
      const chooser = page.waitForEvent('filechooser');
      await page.keyboard.press('Enter');
      await (await chooser).setFiles([await examplePhoto('fig-in-a-red-bowl')]);
      await tabTo(page, /^Focal point/);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Shift+ArrowDown');
      expect(await workspace.focalPoint.getAttribute('aria-label')).toMatch(/51 % right, 60 % down/);
      await tabTo(page, /^Export 8 files$/);
      const download = page.waitForEvent('download');
      await page.keyboard.press('Enter');
      expect(await filesOf(await download)).toHaveLength(8);
    });
  });

  test('chooses specs: search, tick, untick, and back to where it was', async () => {
    await inWorkspace({ browser, app }, { kept: centred }, async (workspace) => {
      const { page, tiles } = workspace;
      await tabTo(page, /^Specs$/);
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Specs' });
      await dialog.waitFor();
      await page.keyboard.type('passport 600');
      const found = dialog.getByRole('checkbox').filter({ visible: true });
      await expect.poll(() => found.count()).toBeGreaterThan(0);
      await tabTo(page, /US passport, print/);
      await page.keyboard.press('Space');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      expect(await nameOfFocused(page)).toMatch(/Specs/);
      await expect.poll(() => tiles.count()).toBe(9);
    });
  });
});

describe('what is kept', () => {
  test('settings, specs and fit are there again after a reload', async () => {
    await inWorkspace({ browser, app }, {}, async ({ page, tiles }) => {
      await page.getByRole('button', { name: 'Specs', exact: true }).click();
      await page.getByRole('searchbox').fill('mastodon avatar');
      await page.getByRole('checkbox', { name: /^Avatar/ }).check();
      await page.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('button', { name: /^Fit of all tiles/ }).click();
      await page.getByRole('radio', { name: 'Fit with background' }).check();
      await page.keyboard.press('Escape');
      await page.getByLabel('Format').selectOption('webp');
      await page.getByRole('slider', { name: 'Quality' }).fill('63');
      await page.getByLabel('Names').fill('{spec}-{photo}');
      await page.reload();
      await expect.poll(() => tiles.count()).toBe(9);
      expect(await page.getByLabel('Format').inputValue()).toBe('webp');
      expect(await page.getByRole('slider', { name: 'Quality' }).inputValue()).toBe('63');
      expect(await page.getByLabel('Names').inputValue()).toBe('{spec}-{photo}');
      await page.getByRole('button', { name: 'Fit of all tiles: Fit with background' }).waitFor();
    });
  });

  test('nothing but the settings is stored: no photo, no name of one', async () => {
    await inWorkspace({ browser, app }, {}, async ({ page, ...workspace }) => {
      await add(workspace, page);
      await page.getByLabel('Format').selectOption('png');
      await page.reload();
      const stored = await page.evaluate(() => Object.entries(localStorage));
      expect(stored.map(([key]) => key)).toEqual([settingsKey]);
      expect(JSON.stringify(stored)).not.toContain('fig-in-a-red-bowl');
      expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
      expect(await page.context().cookies()).toEqual([]);
    });
  });
});
