/** What a person hears who does not see the page: the words of the live regions, where they can be heard. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { distinctPhotos, examplePhoto } from '../photos/photos.ts';
import { openStage } from './stage.ts';
import { centred, inWorkspace } from './workspacePage.ts';

const stage = openStage();

describe('is spoken', () => {
  test('how many photos were added, with the reason of one that could not be decoded', async () => {
    await inWorkspace(stage, { kept: centred }, async (workspace) => {
      const [good, ...others] = await distinctPhotos(2);
      if (!good || !others[0]) throw new Error('There are no photos');
      // Its first bytes are a JPEG's: only the decoder finds out.
      const broken = { ...others[0], name: 'broken.jpg', buffer: others[0].buffer.subarray(0, 40) };
      await workspace.choose([good, broken]);
      await expectSpoken(workspace.page, /^1 photo added\. broken\.jpg /);
    });
  });

  test('that a photo was removed, and how many are left', async () => {
    await inWorkspace(stage, { kept: centred }, async (workspace) => {
      await workspace.add(await distinctPhotos(2));
      await workspace.page.getByRole('button', { name: 'Remove photo' }).click();
      await expectSpoken(workspace.page, /^dandelion-at-dusk 1\.jpg removed, 1 photo left$/);
    });
  });

  test('which photo an undo is about, and that photo is shown', async () => {
    await inWorkspace(stage, { kept: centred }, async (workspace) => {
      const { page, focalPoint } = workspace;
      await workspace.add(await distinctPhotos(2));
      await focalPoint.press('ArrowRight');
      await page.getByRole('button', { name: /^Photo 2 of 2/ }).click();
      await page.keyboard.press('ControlOrMeta+z');
      await expectSpoken(page, /^Undone, on dandelion-at-dusk 1\.jpg$/);
      const first = page.getByRole('button', { name: /^Photo 1 of 2/ });
      await expect.poll(() => first.getAttribute('aria-current')).toBe('true');
    });
  });

  test('how many specs a search finds, inside the open dialog', async () => {
    await inWorkspace(stage, {}, async ({ page }) => {
      await page.getByRole('button', { name: 'Choose specs' }).click();
      await page.getByLabel(/^Search specs/).fill('mastodon avatar');
      await expectSpoken(page, /^1 spec found$/);
      await page.getByLabel(/^Search specs/).fill('nothing like it');
      await expectSpoken(page, /^No spec matches “nothing like it”/);
    });
  });

  test('that a tile was pinned, inside the open dialog, and where keys move its crop', async () => {
    const kept = { ...centred, specIds: ['instagram-square'] };
    await inWorkspace(stage, { kept }, async (workspace) => {
      const { page } = workspace;
      await workspace.add([await examplePhoto('fig-in-a-red-bowl')]);
      await page.getByRole('button', { name: /^Options for/ }).click();
      await page.getByRole('checkbox', { name: /^Own crop/ }).check();
      await expectSpoken(page, /^Pinned\./);
      await page.keyboard.press('Escape');
      const tile = page.getByRole('group', { name: /^Instagram, Square post/ });
      await tile.press('+');
      await expectSpoken(page, /^Crop 50 % right, 50 % down, zoom 1\.1×$/);
      await tile.press('Shift+ArrowRight');
      await expectSpoken(page, /^Crop 5\d % right, 50 % down, zoom 1\.1×$/);
    });
  });

  test('that an export is running when another file is asked for', async () => {
    await inWorkspace(stage, { kept: centred }, async (workspace) => {
      const { page, exportButton } = workspace;
      await workspace.add(await distinctPhotos(12));
      await exportButton.click();
      const options = page.getByRole('button', { name: /^Options for/ }).first();
      await options.click();
      await page.getByRole('button', { name: 'Save this file' }).click();
      await expectSpoken(page, /^An export is running\.$/);
    });
  });
});

test('an example photo that cannot be loaded is listed where everybody sees it', async () => {
  await inWorkspace(stage, { allow: [/Failed to load resource/] }, async (workspace) => {
    const { page, refused } = workspace;
    await page.route('**/fig-in-a-red-bowl*', (route) => route.fulfill({ status: 503 }));
    await page.getByRole('button', { name: 'Try an example photo' }).click();
    await refused.getByText('The example photo could not be loaded.').waitFor();
    await expectSpoken(page, /^The example photo could not be loaded\./);
  });
});

test('a new photo in the place of an exported one is asked for before the page is left', async () => {
  await inWorkspace(stage, { kept: { ...centred, specIds: ['og-image'] } }, async (workspace) => {
    const { page } = workspace;
    const [first, second] = await distinctPhotos(2);
    if (!first || !second) throw new Error('There are no photos');
    const asks = () =>
      page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
    await workspace.add([first]);
    await workspace.export();
    await workspace.result.waitFor();
    expect(await asks()).toBe(false);
    await page.getByRole('button', { name: 'Remove photo' }).click();
    await workspace.add([second]);
    expect(await asks()).toBe(true);
  });
});

/** Only regions that are not inert can be heard: roles are looked up as assistive technology sees the page. */
async function expectSpoken(page: Page, words: RegExp): Promise<void> {
  const dialog = page.getByRole('dialog');
  const spoken = async () =>
    ((await dialog.count()) > 0 ? dialog : page).getByRole('status').allTextContents();
  await expect.poll(spoken).toContainEqual(expect.stringMatching(words));
}
