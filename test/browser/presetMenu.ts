/** The presets of the workspace as a person uses them, and what the wall looks like by them. */
import type { Page } from 'playwright-core';
import { examplePhoto } from '../photos/photos.ts';
import type { Workspace } from './workspacePage.ts';

export async function openMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Preset', exact: true }).click();
}

export async function saveWall(page: Page, name: string): Promise<void> {
  await openMenu(page);
  const menu = page.getByRole('dialog', { name: 'Presets' });
  await menu.getByLabel('Save this wall as a new preset').fill(name);
  await menu.getByRole('button', { name: 'Save', exact: true }).click();
}

export async function openPreset(page: Page, name: string): Promise<void> {
  await openMenu(page);
  await page
    .getByRole('dialog', { name: 'Presets' })
    .getByRole('button', { name: new RegExp(`^${name} `) })
    .click();
}

/** What every tile says of itself, in the order of the wall. */
export async function wallOf({ page, tiles }: Workspace): Promise<string[]> {
  await tiles.first().waitFor();
  const labels = await page
    .locator('li [role=group]')
    .evaluateAll((frames) => frames.map((frame) => frame.ariaLabel));
  return labels.map((label) => label ?? '');
}

export async function addPhoto(workspace: Workspace): Promise<void> {
  await workspace.choose([await examplePhoto('dandelion-at-dusk')]);
  await workspace.photosAreReady(1);
}

/** Gives one tile a fit of its own and puts a custom size on the wall. */
export async function arrange({ page }: Workspace): Promise<void> {
  await page.getByRole('button', { name: /^Options for Instagram/ }).click();
  await page.getByRole('dialog').getByText('Stretch').click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Choose specs' }).click();
  await page.getByRole('searchbox').fill('35x45mm');
  await page.getByRole('button', { name: /as a custom size$/ }).click();
  await page.getByRole('checkbox', { name: /^35 × 45 mm/ }).waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
}
