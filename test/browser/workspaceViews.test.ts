/** What the panel of a tile shows of the place: its derived views, drawn from the tile's own crop. */
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { examplePhoto, pixelsOf } from '../photos/photos.ts';
import { axeViolations } from './audit.ts';
import { cropWindow, meanDifference, renderWindow, tolerance } from './comparePixels.ts';
import { specOf } from './specOf.ts';
import { openStage } from './stage.ts';
import { inWorkspace } from './workspacePage.ts';

const stage = openStage();
const spec = specOf('-instagram-portrait-4x5-');
const kept = { specIds: [spec.id, 'og-image'], settings: { detection: 'centre' as const } };

/** The canvas as a file. */
async function pictureOf(canvas: Locator): Promise<Buffer> {
  const url = await canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL('image/png'));
  return Buffer.from(url.replace(/^.*,/, ''), 'base64');
}

test('a derived view is exactly the part of the tile’s crop that the place shows, and follows it', async () => {
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page } = workspace;
    const photo = await examplePhoto('fig-in-a-red-bowl');
    await workspace.add([photo]);
    await page.getByRole('button', { name: /^Options for Instagram/ }).click();
    const views = page.getByRole('region', { name: 'What the place does with it' });
    const [view] = spec.derived;
    if (!view) throw new Error('The spec has no derived view any more');
    await views.getByText(view.name).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    const canvas = views.locator('canvas');
    const source = await pixelsOf(photo.buffer);
    const crop = cropWindow(source, { width: spec.widthPx, height: spec.heightPx }, { x: 0.5, y: 0.5 });
    const part = {
      left: crop.left + view.area.x * crop.width,
      top: crop.top + view.area.y * crop.height,
      width: view.area.width * crop.width,
      height: view.area.height * crop.height,
    };
    const drawn = await pixelsOf(await pictureOf(canvas));
    expect(drawn.width / drawn.height).toBeCloseTo(part.width / part.height, 1);
    const expected = await renderWindow(source, part, { width: drawn.width, height: drawn.height });
    expect(meanDifference(drawn, expected)).toBeLessThan(2 * tolerance);

    const before = await pictureOf(canvas);
    await page.getByRole('checkbox', { name: /^Own crop/ }).check();
    await page.getByRole('slider', { name: 'Zoom' }).fill('50');
    await expect.poll(async () => (await pictureOf(canvas)).equals(before)).toBe(false);
  });
});

test('a spec of which no view is known has none in its panel, nor has the panel of the wall', async () => {
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page } = workspace;
    await workspace.add([await examplePhoto('fig-in-a-red-bowl')]);
    const views = page.getByRole('region', { name: 'What the place does with it' });
    for (const opener of [/^Options for Instagram/, /^Options for Web/, /^Fit of all tiles/]) {
      await page.getByRole('button', { name: opener }).click();
      expect(await views.count(), String(opener)).toBe(opener.source.includes('Instagram') ? 1 : 0);
      await page.keyboard.press('Escape');
    }
  });
});
