import { expect, test } from 'vitest';
import { examplePhoto } from '../photos/photos.ts';
import { openStage } from './stage.ts';
import { centred, inWorkspace } from './workspacePage.ts';

const stage = openStage();
const kept = { ...centred, specIds: ['instagram-square', 'og-image'] };

test('a background colour is there again after another background, for the wall and for each tile', async () => {
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page } = workspace;
    await workspace.add([await examplePhoto('two-dogs-at-a-window')]);
    const colour = page.getByLabel('Background colour');
    const wall = page.getByRole('button', { name: /^Fit of all tiles/ });
    const tile = page.getByRole('button', { name: /^Options for Instagram/ });

    await wall.click();
    await page.getByRole('dialog').getByText('Fit with background').click();
    await colour.fill('#205080');
    await page.getByRole('radio', { name: 'Blurred photo' }).check();
    await page.keyboard.press('Escape');

    await tile.click();
    await page.getByRole('radio', { name: 'Colour', exact: true }).check();
    expect(await colour.inputValue(), 'the wall’s, until the tile has its own').toBe('#205080');
    await colour.fill('#a03010');
    await page.keyboard.press('Escape');

    for (const [opener, expected] of [
      [wall, '#205080'],
      [tile, '#a03010'],
    ] as const) {
      await opener.click();
      await page.getByRole('radio', { name: 'Transparent' }).check();
      await page.getByRole('radio', { name: 'Colour', exact: true }).check();
      expect(await colour.inputValue()).toBe(expected);
      await page.keyboard.press('Escape');
    }
  });
});

test('a tile that is given the wall’s own fit does not claim a fit of its own', async () => {
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page } = workspace;
    await workspace.add([await examplePhoto('two-dogs-at-a-window')]);
    const tile = page.getByRole('group', { name: /^Instagram, Square post/ });
    const options = page.getByRole('button', { name: /^Options for Instagram/ });
    for (const [fit, isOwn] of [
      ['Stretch', true],
      ['Crop to fill', false],
    ] as const) {
      await options.click();
      await page.getByRole('dialog').getByText(fit).click();
      await page.keyboard.press('Escape');
      await expect
        .poll(async () => /own fit/.test((await tile.getAttribute('aria-label')) ?? ''))
        .toBe(isOwn);
    }
  });
});
