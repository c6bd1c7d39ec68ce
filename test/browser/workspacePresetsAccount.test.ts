/** Presets and custom sizes of somebody who is signed in: made on the wall of one browser, used on the wall of another. */
import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { examplePhoto } from '../photos/photos.ts';
import { addPerson, type Person } from '../server/security/accountsApp.ts';
import { openAccountsStage } from './accountsStage.ts';
import { openMenu, openPreset, saveWall } from './presetMenu.ts';
import { Workspace } from './workspacePage.ts';

const stage = openAccountsStage();
let alice: Person;

beforeEach(async () => {
  alice = await addPerson(stage.app.database);
});

/** The workspace of a browser of its own in which alice is signed in; the page must be clean. */
async function inOwnBrowser(
  use: (workspace: Workspace) => Promise<void>,
  allow: RegExp[] = [],
): Promise<void> {
  await stage.visit({ viewport: { width: 1440, height: 900 }, allow }, async ({ page, watch }) => {
    page.on('filechooser', () => {});
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(`${stage.app.url}/sign-in?next=/generate`);
    await page.getByLabel('E-mail address').fill(alice.email);
    await page.getByLabel('Password', { exact: true }).fill(alice.password);
    const asked = page.waitForResponse('**/account/mine');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/generate');
    await asked;
    await use(new Workspace(page, watch));
  });
}

async function addCustomSize(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Choose specs' }).click();
  await page.getByRole('button', { name: 'New custom size' }).click();
  const form = page.getByRole('dialog', { name: 'New custom size' });
  await form.getByLabel('Name').fill('Shop tile');
  await form.getByRole('radio', { name: 'Ratio' }).check();
  await form.getByRole('textbox', { name: 'Ratio' }).fill('4:5');
  await form.getByLabel('Quality').fill('73');
  await form.getByLabel('How the photo meets the size').selectOption({ label: 'Fit with background' });
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Done' }).click();
}

/** Name -> SHA-256 of each exported file. */
async function exportedFiles(workspace: Workspace): Promise<Record<string, string>> {
  const files = await workspace.export();
  const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  return Object.fromEntries(files.map(({ name, bytes }) => [name, hash(bytes)]));
}

describe('a wall that is saved with the account', () => {
  test('makes the very same files in another browser', async () => {
    let files: Record<string, string> = {};
    await inOwnBrowser(async (workspace) => {
      const { page } = workspace;
      await workspace.add([await examplePhoto('fig-in-a-red-bowl')]);
      await addCustomSize(page);
      await page.getByRole('button', { name: /^Options for Instagram, Square/ }).click();
      await page.getByRole('dialog').getByText('Stretch').click();
      await page.keyboard.press('Escape');
      await page.getByLabel('Format').selectOption('jpeg');
      await page.getByRole('slider', { name: 'Quality' }).fill('58');
      await page.getByLabel('Names').fill('{photo}_{spec}_{height}');
      await saveWall(page, 'Shop');
      await page.getByRole('heading', { name: /^Shop 9 specs$/ }).waitFor();
      files = await exportedFiles(workspace);
      expect(Object.keys(files)).toContain('fig-in-a-red-bowl_shop-tile_1624.jpg');
    });
    await inOwnBrowser(async (workspace) => {
      const { page } = workspace;
      await page.getByLabel('Format').selectOption('png');
      await openPreset(page, 'Shop');
      await page.getByRole('heading', { name: /^Shop 9 specs$/ }).waitFor();
      await workspace.add([await examplePhoto('fig-in-a-red-bowl')]);
      expect(await exportedFiles(workspace)).toEqual(files);
    });
    expect(Object.keys(files)).toHaveLength(9);
  }, 90_000);

  test('is told in a browser that has an older version, and saved over it only when the person says so', async () => {
    await inOwnBrowser(async ({ page: one }) => {
      await saveWall(one, 'Shop');
      await one.getByRole('heading', { name: /^Shop 8 specs$/ }).waitFor();
      await inOwnBrowser(
        async ({ page: two }) => {
          await openMenu(two);
          await two.getByText('Kept with your account.').waitFor();
          await two.keyboard.press('Escape');
          await openPreset(two, 'Shop');
          await two.getByLabel('Format').selectOption('webp');
          await one.getByLabel('Format').selectOption('png');
          for (const page of [one, two]) {
            await openMenu(page);
            await page.getByRole('button', { name: 'Update “Shop”' }).click();
            if (page === one) await one.getByRole('heading', { name: /^Shop 8 specs$/ }).waitFor();
          }
          const clash = two.getByRole('group', { name: /changed in another tab or on another device/ });
          await clash.getByRole('button', { name: 'Save this wall over it' }).click();
          await two.getByRole('heading', { name: /^Shop 8 specs$/ }).waitFor();
          const [row] = await stage.app.database.query(
            `SELECT content->'settings'->>'format' AS format, version FROM presets WHERE user_id = $1`,
            [alice.id],
          );
          expect(row).toEqual({ format: 'webp', version: 3 });
        },
        [/status of 409/],
      );
    });
  });

  test('is still its preset’s when the server was away as the page was opened', async () => {
    await inOwnBrowser(
      async ({ page }) => {
        await saveWall(page, 'Shop');
        await page.getByRole('heading', { name: /^Shop 8 specs$/ }).waitFor();
        await page.route('**/account/mine', (route) => route.abort());
        await page.reload();
        await page.getByRole('heading', { name: /^Preset, not loaded yet 8 specs$/ }).waitFor();
        await openMenu(page);
        await page.getByText(/^The server can’t be reached just now\./).waitFor();
        await page.unroute('**/account/mine');
        await page.evaluate(() => window.dispatchEvent(new Event('online')));
        await page.getByRole('dialog').getByRole('button', { name: 'Shop 8 specs, on the wall' }).waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('heading', { name: /^Shop 8 specs$/ }).waitFor();
      },
      [/ERR_FAILED/],
    );
  });

  test('says that nothing was saved when the person is signed out meanwhile, and leaves the wall', async () => {
    await inOwnBrowser(
      async ({ page, tiles }) => {
        await stage.app.database.query('DELETE FROM sessions WHERE user_id = $1', [alice.id]);
        await openMenu(page);
        await page.getByLabel('Save this wall as a new preset').fill('Shop');
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await page.getByText(/^You are signed out now, so nothing was saved/).waitFor();
        expect(await page.getByLabel('Save this wall as a new preset').inputValue()).toBe('Shop');
        expect(await tiles.count()).toBe(8);
      },
      [/status of 40[13]/],
    );
  });
});
