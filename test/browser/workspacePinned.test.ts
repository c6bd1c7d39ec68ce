/** A tile's own crop, moved and zoomed by mouse, wheel and two fingers. The exported file is the witness. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { examplePhoto, type Pixels, pixelsOf } from '../photos/photos.ts';
import { cropWindow, meanDifference, renderWindow, tolerance } from './comparePixels.ts';
import { specOf } from './specOf.ts';
import { openStage } from './stage.ts';
import { inWorkspace, type Options, type Workspace } from './workspacePage.ts';

const stage = openStage();
const spec = specOf('-instagram-square-');
const size = { width: spec.widthPx, height: spec.heightPx };
const kept = { specIds: [spec.id], settings: { detection: 'centre' as const } };

/** Opens the photo, pins the one tile by its key and hands over the middle of its frame on the screen. */
async function withPinned(options: Options, use: (pinned: Pinned) => Promise<void>): Promise<void> {
  await inWorkspace(stage, { kept, ...options }, async (workspace) => {
    const photo = await examplePhoto('fig-in-a-red-bowl');
    await workspace.add([photo]);
    const { page } = workspace;
    const frame = page.getByRole('group', { name: `${spec.group}, ${spec.name}` });
    await frame.press('p');
    await frame.scrollIntoViewIfNeeded();
    const box = await frame.boundingBox();
    if (!box) throw new Error('The tile cannot be seen');
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await use({ workspace, page, frame, middle, side: box.width, source: await pixelsOf(photo.buffer) });
  });
}

interface Pinned {
  workspace: Workspace;
  page: Page;
  frame: Locator;
  middle: { x: number; y: number };
  side: number;
  source: Pixels;
}

async function differs(
  { workspace, source }: Pinned,
  focal: { x: number; y: number },
  zoom: number,
): Promise<number> {
  const [file] = await workspace.export();
  if (!file) throw new Error('Nothing was exported');
  const expected = await renderWindow(source, cropWindow(source, size, focal, zoom), size);
  return meanDifference(await pixelsOf(file.bytes), expected);
}

describe('a pinned crop', () => {
  test('follows the mouse: the photo stays under the pointer', async () => {
    await withPinned({}, async (pinned) => {
      const { page, middle, side, source } = pinned;
      await page.mouse.move(middle.x, middle.y);
      await page.mouse.down();
      await page.mouse.move(middle.x - side / 8, middle.y, { steps: 4 });
      await page.mouse.up();
      const moved = { x: 0.5 + source.height / source.width / 8, y: 0.5 };
      expect(await differs(pinned, moved, 1)).toBeLessThan(tolerance);
      expect(await differs(pinned, { x: 0.5, y: 0.5 }, 1)).toBeGreaterThan(tolerance);
    });
  });

  test('zooms by the wheel once the tile has the focus; without it the wheel scrolls the wall', async () => {
    await withPinned({}, async (pinned) => {
      const { page, frame, middle } = pinned;
      await page.getByRole('checkbox', { name: 'Safe areas' }).focus();
      await page.mouse.move(middle.x, middle.y);
      await page.mouse.wheel(0, -200);
      await frame.focus();
      await page.mouse.wheel(0, -200);
      // Half a natural logarithm per 200 wheel pixels, about the middle: one turn, not two and not none. The pointer
      // stands on whole pixels, so the middle may be off by half of one.
      await expect.poll(() => differs(pinned, { x: 0.5, y: 0.5 }, Math.exp(0.5))).toBeLessThan(2 * tolerance);
      expect(await differs(pinned, { x: 0.5, y: 0.5 }, Math.exp(1))).toBeGreaterThan(2 * tolerance);
      expect(await differs(pinned, { x: 0.5, y: 0.5 }, 1)).toBeGreaterThan(2 * tolerance);
    });
  });

  test('zooms by two fingers', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    await withPinned({ context: phone }, async (pinned) => {
      const { page, middle, side } = pinned;
      const fingers = await page.context().newCDPSession(page);
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number) =>
        fingers.send('Input.dispatchTouchEvent', {
          type,
          touchPoints:
            type === 'touchEnd'
              ? []
              : [
                  { x: middle.x - apart / 2, y: middle.y, id: 1 },
                  { x: middle.x + apart / 2, y: middle.y, id: 2 },
                ],
        });
      await touch('touchStart', side / 4);
      for (const apart of [side / 3.2, side / 2.6, side / 2]) await touch('touchMove', apart);
      await touch('touchEnd', 0);
      expect(await differs(pinned, { x: 0.5, y: 0.5 }, 2)).toBeLessThan(tolerance);
      expect(await differs(pinned, { x: 0.5, y: 0.5 }, 1)).toBeGreaterThan(tolerance);
    });
  });
});
