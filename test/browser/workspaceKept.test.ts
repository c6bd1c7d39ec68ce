import { describe, expect, test } from 'vitest';
import { examplePhoto } from '../photos/photos.ts';
import { openStage } from './stage.ts';
import { centred, inWorkspace, settingsKey } from './workspacePage.ts';

const stage = openStage();

describe('what is kept', () => {
  test('settings, specs and fit are there again after a reload', async () => {
    await inWorkspace(stage, {}, async ({ page, tiles }) => {
      await page.getByRole('button', { name: 'Choose specs' }).click();
      await page.getByRole('searchbox').fill('mastodon avatar');
      await page.getByRole('checkbox', { name: /^Avatar/ }).check();
      await page.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('button', { name: /^Fit of all tiles/ }).click();
      await page.getByRole('dialog').getByText('Fit with background').click();
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

  test('is the settings and nothing else: no photo, no name of one, no cookie', async () => {
    await inWorkspace(stage, {}, async (workspace) => {
      const { page } = workspace;
      await workspace.add([await examplePhoto('fig-in-a-red-bowl')]);
      await page.getByLabel('Format').selectOption('png');
      await expect
        .poll(() => page.evaluate((key) => localStorage.getItem(key), settingsKey))
        .toContain('"format":"png"');
      const stored = await page.evaluate(() => Object.entries(localStorage));
      expect(stored.map(([key]) => key)).toEqual([settingsKey]);
      expect(JSON.stringify(stored)).not.toContain('fig-in-a-red-bowl');
      expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
      expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
      expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(0);
      expect(await page.context().cookies()).toEqual([]);
    });
  });
});

test('leaving asks first while there is work that was not exported, and only then', async () => {
  await inWorkspace(stage, { kept: centred }, async (workspace) => {
    const { page } = workspace;
    const asked: string[] = [];
    page.on('dialog', async (dialog) => {
      asked.push(dialog.type());
      await dialog.dismiss();
    });
    const specs = page.getByRole('navigation').getByRole('link', { name: 'Specs' });
    await workspace.add([await examplePhoto('dandelion-at-dusk')]);
    await specs.click();
    await expect.poll(() => asked).toEqual(['beforeunload']);
    expect(new URL(page.url()).pathname).toBe('/generate');
    await workspace.photosAreReady(1);

    await workspace.export();
    await workspace.result.getByText(/saved as/).waitFor();
    await specs.click();
    await page.waitForURL('**/specs');
    expect(asked).toEqual(['beforeunload']);
  });
});

test('works with the network off once it is loaded, and sends nothing', async () => {
  await inWorkspace(stage, {}, async (workspace) => {
    const { page, watch } = workspace;
    await page.waitForLoadState('networkidle'); // the workers' script comes after the page's own load
    await page.context().setOffline(true);
    const before = watch.requests.length;
    await workspace.add([await examplePhoto('picos-de-europa'), await examplePhoto('two-dogs-at-a-window')]);
    expect(await workspace.export()).toHaveLength(16);
    expect(watch.requests.slice(before)).toEqual([]);
    await page.getByText('0 bytes sent').waitFor();
  });
  expect(stage.app.bodiesReceived).toEqual([]);
});
