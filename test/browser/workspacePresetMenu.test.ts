/** The panel of presets: finding one among many, and letting go of the one on the wall. */
import { expect, test } from 'vitest';
import { axeViolations } from './audit.ts';
import { openMenu, openPreset, saveWall } from './presetMenu.ts';
import { openStage } from './stage.ts';
import { inWorkspace } from './workspacePage.ts';

const stage = openStage();
const presetsKey = 'allimgfit.presets';
const kept = {
  specIds: ['instagram-square', 'og-image', 'x-post'],
  settings: { detection: 'centre' as const, format: 'webp' as const, quality: 61 },
};

test('the preset on the wall is let go of, so that the person’s own settings count again, and taken back', async () => {
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page } = workspace;
    const format = () => page.getByLabel('Format').inputValue();
    await saveWall(page, 'Shop');
    await page.getByLabel('Format').selectOption('jpeg');
    await page.getByRole('button', { name: 'Close the preset' }).click();
    await page.getByRole('heading', { name: /^Wall 3 specs$/ }).waitFor();
    await expect.poll(format).toBe('webp');
    await page.reload();
    await page.getByRole('heading', { name: /^Wall 3 specs$/ }).waitFor();
    await openPreset(page, 'Shop');
    await page.getByRole('heading', { name: /^Shop 3 specs$/ }).waitFor();
    await openMenu(page);
    await page.getByRole('button', { name: 'Close preset', exact: true }).click();
    await page.getByRole('heading', { name: /^Wall 3 specs$/ }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: /^Shop 3 specs$/ }).waitFor();
  });
});

test('among many presets the panel finds one by its name', async () => {
  await inWorkspace(stage, { kept }, async ({ page }) => {
    const presets = Array.from({ length: 14 }, (_, at) => ({
      id: `11111111-1111-4111-8111-1111111111${10 + at}`,
      version: 1,
      name: `Client ${at}`,
      items: [{ specId: 'x-post', version: 1, fit: null }],
      fit: { mode: 'cover', enlarge: false, background: { kind: 'colour', colour: '#ffffff' } },
      settings: { format: 'auto', quality: 90, template: '{photo}-{spec}' },
    }));
    await page.evaluate(([key, text]) => localStorage.setItem(key, text), [
      presetsKey,
      JSON.stringify({ version: 1, presets, customSizes: [] }),
    ] as const);
    await page.reload();
    await openMenu(page);
    const menu = page.getByRole('dialog', { name: 'Presets' });
    await menu.getByRole('searchbox', { name: 'Find a preset' }).fill(' CLIENT 13');
    const entries = menu.getByRole('list').getByRole('button');
    await expect.poll(() => entries.allTextContents()).toEqual(['Client 13 1 spec']);
    expect(await axeViolations(page)).toEqual([]);
    await entries.first().click();
    await page.getByRole('heading', { name: /^Client 13 1 spec$/ }).waitFor();
  });
});
