/** The drawings of /specs/:id as the browser lays them out. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../server/specs/catalogue.ts';
import { trueSize } from '../../server/specs/scale.ts';
import { openStage } from './stage.ts';

const stage = openStage();
const ids = [
  'print-card-eu',
  'us-passport-print',
  'china-visa',
  'instagram-story',
  'youtube-banner',
  'twitch-badge-18',
];
const widths = [1440, 1024, 700, 390, 320];

/** What is seen: the size of the outline in CSS pixels, and the scale under it. */
async function readDrawing(page: Page) {
  const figure = page.locator('.plate__figure').filter({ visible: true });
  expect(await figure.count()).toBe(1);
  const box = await figure.locator('.drawing__edge').boundingBox();
  const caption = await figure.locator('figcaption').textContent();
  const [, drawn, real] = /Drawn at (\d+):(\d+)/.exec(caption ?? '') ?? [];
  return { width: box?.width ?? 0, height: box?.height ?? 0, scale: Number(drawn) / Number(real) };
}

describe.each(ids)('the drawing of %s', (id) => {
  test('is at the scale under it, whatever the width of the window', async () => {
    const spec = builtIn.find(id);
    if (spec === null) throw new Error(`There is no ${id}`);
    const real = trueSize(spec);
    const page = await stage.browser.newPage();
    try {
      await page.goto(`${stage.app.url}/specs/${id}`);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        const drawn = await readDrawing(page);
        // The box of an outline has no stroke: it is one pixel smaller than the drawing, which is in whole pixels.
        expect(Math.abs(drawn.width + 1 - real.width * drawn.scale), `at ${width} px`).toBeLessThanOrEqual(
          1.5,
        );
        expect(Math.abs(drawn.height + 1 - real.height * drawn.scale), `at ${width} px`).toBeLessThanOrEqual(
          1.5,
        );
      }
    } finally {
      await page.close();
    }
  });
});
