/** Presets that come with the address of the workspace: one of the person's own, and one that somebody shared. */
import { describe, expect, test } from 'vitest';
import { axeViolations } from './audit.ts';
import { addPhoto, arrange, openMenu, openPreset, saveWall, wallOf } from './presetMenu.ts';
import { openStage } from './stage.ts';
import { inWorkspace } from './workspacePage.ts';

const stage = openStage();

const kept = {
  specIds: ['instagram-square', 'og-image', 'x-post'],
  settings: { detection: 'centre' as const, format: 'webp' as const, quality: 61 },
};

describe('the address', () => {
  test('of a preset that is not among one’s own says so, and leaves the wall', async () => {
    await inWorkspace(stage, { kept }, async (workspace) => {
      const { page } = workspace;
      await page.goto(`${stage.app.url}/generate?preset=33333333-3333-4333-8333-333333333333`);
      await page.getByText('The preset in this address is not among yours.').waitFor();
      await page.getByRole('button', { name: 'Close' }).click();
      await expect.poll(() => new URL(page.url()).search).toBe('');
      await expect.poll(() => wallOf(workspace)).toHaveLength(3);
    });
  });

  test('with a broken link says so', async () => {
    await inWorkspace(stage, { kept }, async ({ page }) => {
      await page.goto(`${stage.app.url}/generate#preset=nonsense`);
      await page.getByText('The preset in this link can’t be read.').waitFor();
      await page.getByRole('button', { name: 'Close' }).click();
      await expect.poll(() => new URL(page.url()).hash).toBe('');
    });
  });
});

describe('a link to the wall', () => {
  /** Makes a wall, and gives its link and what its tiles say. */
  async function shareOne(): Promise<{ link: string; wall: string[] }> {
    let shared: { link: string; wall: string[] } | undefined;
    const context = { permissions: ['clipboard-read', 'clipboard-write'] };
    await inWorkspace(stage, { kept, context }, async (workspace) => {
      const { page } = workspace;
      await addPhoto(workspace);
      await arrange(workspace);
      await saveWall(page, 'Shop');
      await openMenu(page);
      await page.getByRole('button', { name: 'Copy link to this wall' }).click();
      await page
        .getByText(/^Link copied/)
        .first()
        .waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      await page.keyboard.press('Escape');
      shared = { link, wall: await wallOf(workspace) };
    });
    if (!shared) throw new Error('Nothing was shared');
    return shared;
  }

  test('gives somebody else the same wall, says nothing to the server, and is theirs when they save it', async () => {
    const { link, wall } = await shareOne();
    expect(link).toMatch(/\/generate#preset=/);
    await inWorkspace(stage, {}, async (workspace) => {
      const { page, watch } = workspace;
      await page.goto(link);
      const offer = page.getByRole('group', { name: 'Preset “Shop” from a link: 4 specs.' });
      await offer.waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await offer.getByRole('button', { name: 'Open' }).click();
      await offer.waitFor({ state: 'hidden' });
      await addPhoto(workspace);
      await expect.poll(() => wallOf(workspace)).toEqual(wall);
      expect(await page.getByLabel('Format').inputValue()).toBe('webp');
      expect(watch.requests.join()).not.toContain('preset=');
      await saveWall(page, 'From Ada');
      await page.getByRole('heading', { name: /^From Ada 4 specs$/ }).waitFor();
      await expect.poll(() => wallOf(workspace)).toEqual(wall);
      page.on('dialog', (dialog) => void dialog.accept());
      await page.reload();
      await openPreset(page, 'From Ada');
      await addPhoto(workspace);
      await expect.poll(() => wallOf(workspace)).toEqual(wall);
    });
  });

  test('is saved at once, or left alone', async () => {
    const { link } = await shareOne();
    await inWorkspace(stage, { kept }, async (workspace) => {
      const { page } = workspace;
      await page.goto(link);
      await page.getByRole('button', { name: 'Not now' }).click();
      await expect.poll(() => wallOf(workspace)).toHaveLength(3);
      for (const name of ['Shop', 'Shop 2']) {
        await page.goto(link);
        await page.getByRole('button', { name: 'Save to mine' }).click();
        await page.getByRole('heading', { name: new RegExp(`^${name} 4 specs$`) }).waitFor();
      }
      await page.getByRole('button', { name: 'Choose specs' }).click();
      expect(await page.getByRole('button', { name: /^Edit/ }).count(), 'one custom size, not two').toBe(1);
    });
  });

  test('is shown to be copied by hand where the clipboard is closed', async () => {
    await inWorkspace(stage, { kept }, async ({ page }) => {
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined });
      });
      await openMenu(page);
      await page.getByRole('button', { name: 'Copy link to this wall' }).click();
      const link = page.getByLabel('Copy this link');
      await expect.poll(() => link.inputValue()).toMatch(/\/generate#preset=/);
    });
  });
});
