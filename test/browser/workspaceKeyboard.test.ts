import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { examplePhoto } from '../photos/photos.ts';
import { openStage } from './stage.ts';
import { centred, filesOf, inWorkspace } from './workspacePage.ts';

const stage = openStage();

describe('the keyboard', () => {
  test('is enough from the page load to the zip', async () => {
    await inWorkspace(stage, { kept: centred }, async (workspace) => {
      const { page } = workspace;
      await tabTo(page, page.getByRole('button', { name: 'Choose photos' }));
      const chooser = page.waitForEvent('filechooser');
      await page.keyboard.press('Enter');
      await (await chooser).setFiles([await examplePhoto('fig-in-a-red-bowl')]);
      await workspace.photosAreReady(1);
      await tabTo(page, workspace.focalPoint);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Shift+ArrowDown');
      await expect.poll(() => workspace.focal()).toEqual({ x: 0.51, y: 0.6 });
      await tabTo(page, workspace.exportButton);
      const download = page.waitForEvent('download');
      await page.keyboard.press('Enter');
      expect(await filesOf(await download)).toHaveLength(8);
    });
  });

  test('finds a spec, puts it on the wall, pins it, and takes it off again', async () => {
    await inWorkspace(stage, { kept: centred }, async (workspace) => {
      const { page, tiles } = workspace;
      await workspace.add([await examplePhoto('picos-de-europa')]);
      const openSpecs = page.getByRole('button', { name: 'Choose specs' });
      await tabTo(page, openSpecs);
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Specs' });
      await dialog.waitFor();
      await page.keyboard.type('mastodon avatar');
      await tabTo(page, dialog.getByRole('checkbox', { name: /^Avatar/ }));
      await page.keyboard.press('Space');
      await expect.poll(() => tiles.count()).toBe(9);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await expect.poll(() => hasFocus(openSpecs)).toBe(true);

      const tile = page.getByRole('group', { name: /^Mastodon, Avatar/ });
      await tabTo(page, tile);
      await page.keyboard.press('p');
      await expect.poll(() => tile.getAttribute('aria-label')).toMatch(/own crop/);
      await page.keyboard.press('ControlOrMeta+z');
      await expect.poll(() => tile.getAttribute('aria-label')).not.toMatch(/own crop/);
      await tabTo(page, page.getByRole('button', { name: 'Options for Mastodon, Avatar' }));
      await page.keyboard.press('Enter');
      await tabTo(page, page.getByRole('button', { name: 'Remove from wall' }));
      await page.keyboard.press('Enter');
      await expect.poll(() => tiles.count()).toBe(8);
    });
  });
});

/** Presses Tab until `target` has the focus; at most once around the page. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const seen = new Set<string>();
  for (let press = 0; press < 120; press++) {
    const focused = await target.evaluate((element) =>
      element === document.activeElement ? null : (document.activeElement?.outerHTML.slice(0, 90) ?? ''),
    );
    if (focused === null) return;
    seen.add(focused);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target}; it reaches\n${[...seen].join('\n')}`);
}

async function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}
