/** Custom sizes on the wall: made in the picker or in the form, exported pixel by pixel, deleted and brought back. */
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { examplePhoto, pixelsOf } from '../photos/photos.ts';
import { cropWindow, meanDifference, renderWindow, tolerance } from './comparePixels.ts';
import { openStage } from './stage.ts';
import { inWorkspace, type Workspace } from './workspacePage.ts';

const stage = openStage();
const kept = { specIds: [], settings: { detection: 'centre' as const } };

async function openPicker(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Choose specs' }).click();
}

/** Types a size into the search and takes the offer. */
async function addQuick(page: Page, size: string): Promise<void> {
  await page.getByRole('searchbox').fill(size);
  await page.getByRole('button', { name: /^Add .* as a custom size$/ }).click();
  await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('');
}

function sizeForm(page: Page): Locator {
  return page.getByRole('dialog', { name: /^(New custom size|Edit )/ });
}

async function exportedSizes(workspace: Workspace): Promise<Record<string, string>> {
  const files = await workspace.export();
  const sizes = await Promise.all(
    files.map(async ({ name, bytes }) => {
      const { width, height, format } = await sharp(bytes).metadata();
      return [name, `${width} x ${height} ${format}`];
    }),
  );
  return Object.fromEntries(sizes);
}

describe('a size that is typed into the search', () => {
  test('is on the wall at once, and each kind is exported with exactly its pixels', async () => {
    await inWorkspace(stage, { kept }, async (workspace) => {
      const { page } = workspace;
      await workspace.choose([await examplePhoto('two-dogs-at-a-window')]);
      await workspace.photosAreReady(1);
      await openPicker(page);
      for (const size of ['600x401', '35x45mm', '4:5', '500', '10%']) await addQuick(page, size);
      await page.getByText(/^5 of \d+ on the wall/).waitFor();
      await page.getByRole('button', { name: 'Done' }).click();
      const { width, height } = await pixelsOf((await examplePhoto('two-dogs-at-a-window')).buffer);
      const longest = [Math.round((500 * width) / height), 500];
      const tenth = [Math.round(width / 10), Math.round(height / 10)];
      const tall = [width, Math.round((width * 5) / 4)];
      const photo = 'two-dogs-at-a-window';
      expect(await exportedSizes(workspace)).toEqual({
        [`${photo}-600-401-600x401.jpg`]: '600 x 401 jpeg',
        [`${photo}-35-45-mm-413x531.jpg`]: '413 x 531 jpeg',
        [`${photo}-4-5-${tall.join('x')}.jpg`]: `${tall.join(' x ')} jpeg`,
        [`${photo}-longest-side-500-${longest.join('x')}.jpg`]: `${longest.join(' x ')} jpeg`,
        [`${photo}-10-${tenth.join('x')}.jpg`]: `${tenth.join(' x ')} jpeg`,
      });
    });
  });

  test('is not offered twice, and nothing is offered for words', async () => {
    await inWorkspace(stage, { kept }, async ({ page }) => {
      await openPicker(page);
      await addQuick(page, '600x400');
      const search = page.getByRole('searchbox');
      const offer = page.getByRole('button', { name: /as a custom size$/ });
      for (const words of ['600 x 400', 'story', '0x0']) {
        await search.fill(words);
        await expect.poll(() => offer.count(), { message: words }).toBe(0);
      }
      await search.fill('601x400');
      await offer.waitFor();
    });
  });
});

test('what a tile of a longest side shows is the whole photo, and the file holds just that', async () => {
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page } = workspace;
    const photo = await examplePhoto('picos-de-europa');
    await workspace.choose([photo]);
    await workspace.photosAreReady(1);
    await openPicker(page);
    await addQuick(page, '640');
    await page.getByRole('button', { name: 'Done' }).click();
    const frame = page.getByRole('group', { name: /^Longest side 640/ });
    const source = await pixelsOf(photo.buffer);
    const box = await frame.boundingBox();
    expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(source.width / source.height, 1);
    const [file] = await workspace.export();
    const pixels = await pixelsOf(file?.bytes ?? Buffer.alloc(0));
    const size = { width: pixels.width, height: pixels.height };
    expect(Math.max(size.width, size.height)).toBe(640);
    const whole = cropWindow(source, source, { x: 0.5, y: 0.5 });
    expect(meanDifference(pixels, await renderWindow(source, whole, size))).toBeLessThan(tolerance);
  });
});

test('the wall does not jump while another photo is read, then tiles of the photo’s shape take its shape', async () => {
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page } = workspace;
    await openPicker(page);
    for (const size of ['640', '600x400']) await addQuick(page, size);
    await page.getByRole('button', { name: 'Done' }).click();
    await workspace.choose([await examplePhoto('picos-de-europa')]);
    await workspace.photosAreReady(1);
    const frame = page.getByRole('group', { name: /^Longest side 640/ });
    const isLandscape = async (): Promise<boolean> => {
      const box = await frame.boundingBox();
      return (box?.width ?? 0) > (box?.height ?? 0);
    };
    await expect.poll(isLandscape).toBe(true);
    await workspace.choose([await examplePhoto('two-dogs-at-a-window')]);
    await workspace.photosAreReady(2);
    await expect.poll(isLandscape, { message: 'the first photo is shown still' }).toBe(true);
    await page.getByRole('button', { name: /^Photo 2 of 2/ }).click();
    await expect.poll(isLandscape).toBe(false);
  });
});

describe('the form of a custom size', () => {
  test('draws the shape, says the pixels, puts the size on the wall, and has it after a reload', async () => {
    await inWorkspace(stage, { kept }, async (workspace) => {
      const { page } = workspace;
      await openPicker(page);
      await page.getByRole('button', { name: 'New custom size' }).click();
      const form = sizeForm(page);
      await form.getByLabel('Width', { exact: true }).fill('35');
      await form.getByLabel('Height', { exact: true }).fill('45');
      await form.getByLabel('Unit', { exact: true }).selectOption('mm');
      await form.getByLabel('Resolution').fill('600');
      await form.getByText('35 × 45 mm at 600 dpi = 827 × 1063 px').waitFor();
      await form.getByLabel('Name').fill('Passport');
      await form.getByLabel('Quality').fill('70');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'hidden' });
      await page.getByRole('checkbox', { name: /^Passport/ }).waitFor();
      await page.getByRole('button', { name: 'Done' }).click();
      await page.reload();
      await workspace.choose([await examplePhoto('dandelion-at-dusk')]);
      await workspace.photosAreReady(1);
      expect(await exportedSizes(workspace)).toEqual({
        'dandelion-at-dusk-passport-827x1063.jpg': '827 x 1063 jpeg',
      });
    });
  });

  test('keeps what was typed when something is to be mended, and says it beside the field and on top', async () => {
    await inWorkspace(stage, { kept }, async ({ page }) => {
      await openPicker(page);
      await page.getByRole('button', { name: 'New custom size' }).click();
      const form = sizeForm(page);
      await form.getByLabel('Width', { exact: true }).fill('20000');
      await form.getByLabel('Height', { exact: true }).fill('45');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('There are 2 problems').waitFor();
      await form.getByRole('link', { name: /^The width is 1 to/ }).click();
      const width = form.getByLabel('Width', { exact: true });
      await expect.poll(() => width.evaluate((field) => field === document.activeElement)).toBe(true);
      expect(await width.inputValue()).toBe('20000');
      expect(await width.getAttribute('aria-invalid')).toBe('true');
      await width.fill('200');
      await form.getByLabel('Name').fill('Strip');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'hidden' });
    });
  });

  test('begins with the unit that the person prefers', async () => {
    const inches = { ...kept, settings: { ...kept.settings, units: 'in' as const } };
    await inWorkspace(stage, { kept: inches }, async ({ page }) => {
      await openPicker(page);
      await page.getByRole('button', { name: 'New custom size' }).click();
      expect(await sizeForm(page).getByLabel('Unit', { exact: true }).inputValue()).toBe('in');
    });
  });

  test('changes a size on the wall at once', async () => {
    await inWorkspace(stage, { kept }, async (workspace) => {
      const { page } = workspace;
      await openPicker(page);
      await addQuick(page, '600x400');
      await page.getByRole('button', { name: 'Edit 600 × 400' }).click();
      const form = sizeForm(page);
      await form.getByLabel('Name').fill('Banner');
      await form.getByLabel('Height', { exact: true }).fill('200');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'Done' }).click();
      await workspace.choose([await examplePhoto('dandelion-at-dusk')]);
      await workspace.photosAreReady(1);
      await page.getByRole('group', { name: /^Banner, 600 × 200/ }).waitFor();
    });
  });
});

test('a deleted size leaves the wall with a note, and comes back with its own crop', async () => {
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page } = workspace;
    await workspace.choose([await examplePhoto('dandelion-at-dusk')]);
    await workspace.photosAreReady(1);
    await openPicker(page);
    await addQuick(page, '600x400');
    await addQuick(page, '4:5');
    await page.getByRole('button', { name: 'Done' }).click();
    const frame = page.getByRole('group', { name: /^600 × 400/ });
    await frame.press('p');
    await openPicker(page);
    await page.getByRole('button', { name: 'Delete 600 × 400' }).click();
    await expect.poll(() => workspace.tiles.count()).toBe(1);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('“600 × 400” was deleted, so the wall shows it no longer.').waitFor();
    await page.getByRole('button', { name: 'Bring back' }).click();
    await frame.waitFor();
    await expect.poll(() => frame.getAttribute('aria-label')).toContain('own crop');
    await expect.poll(() => page.getByRole('button', { name: 'Bring back' }).count()).toBe(0);
  });
});

test('a size that is deleted in another tab leaves the wall of this one', async () => {
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page } = workspace;
    await openPicker(page);
    await addQuick(page, '600x400');
    await page.getByRole('button', { name: 'Done' }).click();
    const other = await page.context().newPage();
    await other.goto(page.url());
    await openPicker(other);
    await other.getByRole('button', { name: 'Delete 600 × 400' }).click();
    await page.getByText('“600 × 400” was deleted').waitFor();
    await page.getByText('No spec is chosen').waitFor();
  });
});
