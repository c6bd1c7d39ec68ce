/** Where the focus of the keyboard goes when what had it goes away. */
import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { distinctPhotos, examplePhoto } from '../photos/photos.ts';
import { specOf } from './specOf.ts';
import { openStage } from './stage.ts';
import { centred, inWorkspace } from './workspacePage.ts';

const stage = openStage();
const ogImage = specOf('-og-image-');
const twoSpecs = { ...centred, specIds: ['og-image', 'instagram-square'] };

describe('the focus', () => {
  test('is on Cancel while an export runs, and back on the button that started it', async () => {
    await inWorkspace(stage, { kept: centred }, async (workspace) => {
      const { page, exportBar, exportButton } = workspace;
      await workspace.add(await distinctPhotos(4));
      await exportButton.focus();
      const download = page.waitForEvent('download');
      await page.keyboard.press('Enter');
      await expectFocus(exportBar.getByRole('button', { name: 'Cancel' }));
      await download;
      await expectFocus(exportButton);
    });
  });

  test('stays where the person went while an export ran', async () => {
    await inWorkspace(stage, { kept: centred }, async (workspace) => {
      const { page, focalPoint } = workspace;
      await workspace.add(await distinctPhotos(4));
      const download = page.waitForEvent('download');
      await workspace.exportButton.click();
      await focalPoint.focus();
      await download;
      await workspace.result.waitFor();
      await expectFocus(focalPoint);
    });
  });

  test('comes back to the tile whose file was saved', async () => {
    await inWorkspace(stage, { kept: twoSpecs }, async (workspace) => {
      const { page } = workspace;
      await workspace.add([await examplePhoto('picos-de-europa')]);
      const options = page.getByRole('button', { name: /^Options for/ }).first();
      await options.click();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save this file' }).click();
      await download;
      await workspace.result.waitFor();
      await expectFocus(options);
    });
  });

  test('goes to the field of the names when one file cannot be named', async () => {
    await inWorkspace(stage, { kept: twoSpecs }, async (workspace) => {
      const { page } = workspace;
      await workspace.add([await examplePhoto('picos-de-europa')]);
      await page.getByLabel('Names').fill('{nonsense}');
      await page
        .getByRole('button', { name: /^Options for/ })
        .first()
        .click();
      await page.getByRole('button', { name: 'Save this file' }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await expectFocus(page.getByLabel('Names'));
    });
  });

  test('goes to the next tile when one leaves the wall, and to the specs after the last', async () => {
    await inWorkspace(stage, { kept: twoSpecs }, async (workspace) => {
      const { page, tiles } = workspace;
      await workspace.add([await examplePhoto('picos-de-europa')]);
      for (const next of [
        page.getByRole('group', { name: `${ogImage.group}, ${ogImage.name}` }),
        page.getByRole('button', { name: 'Choose specs' }),
      ]) {
        await page
          .getByRole('button', { name: /^Options for/ })
          .first()
          .click();
        await page.getByRole('button', { name: 'Remove from wall' }).click();
        await expectFocus(next);
      }
      await expect.poll(() => tiles.count()).toBe(0);
    });
  });

  test('stays on its tile when the wall is laid out anew, and goes on when undo takes the tile away', async () => {
    await inWorkspace(stage, { kept: twoSpecs }, async (workspace) => {
      const { page, tiles } = workspace;
      await workspace.add([await examplePhoto('picos-de-europa')]);
      const tile = page.getByRole('group', { name: `${ogImage.group}, ${ogImage.name}` });
      await tile.focus();
      await page.setViewportSize({ width: 1200, height: 900 });
      await page.waitForTimeout(300);
      await expectFocus(tile);

      await page.getByRole('button', { name: 'Choose specs' }).click();
      await page.getByLabel(/^Search specs/).fill('mastodon avatar');
      await page.getByRole('checkbox', { name: /^Avatar/ }).check();
      await page.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('group', { name: /^Mastodon, Avatar/ }).focus();
      await page.keyboard.press('ControlOrMeta+z');
      await expect.poll(() => tiles.count()).toBe(2);
      await expectFocus(tile);
    });
  });

  test('goes to the chosen fit when a tile follows the wall again', async () => {
    await inWorkspace(stage, { kept: twoSpecs }, async (workspace) => {
      const { page } = workspace;
      await workspace.add([await examplePhoto('picos-de-europa')]);
      await page
        .getByRole('button', { name: /^Options for/ })
        .first()
        .click();
      await page.getByRole('dialog').getByText('Stretch').click();
      await page.getByRole('button', { name: 'Same fit as the wall' }).click();
      await expectFocus(page.getByRole('radio', { name: 'Crop to fill' }));
    });
  });

  test('goes to "Add photos" when the list of refused files is cleared', async () => {
    await inWorkspace(stage, {}, async (workspace) => {
      const { page } = workspace;
      const empty = { name: 'empty.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) };
      await workspace.choose([await examplePhoto('picos-de-europa'), empty]);
      await workspace.photosAreReady(1);
      await page.getByRole('button', { name: 'Clear list' }).click();
      await expectFocus(page.getByRole('button', { name: 'Add photos' }));
    });
  });
});

async function expectFocus(target: Locator): Promise<void> {
  // A failure tells where the focus is instead.
  const focused = () => target.page().evaluate(() => document.activeElement?.outerHTML.slice(0, 300));
  await expect
    .poll(async () => (await target.evaluate((it) => it === document.activeElement)) || (await focused()))
    .toBe(true);
}
