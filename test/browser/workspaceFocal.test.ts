import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../server/specs/catalogue.ts';
import { examplePhoto } from '../photos/photos.ts';
import { drawingRecord, recordDrawing } from './recordDrawing.ts';
import { openStage } from './stage.ts';
import { centred, inWorkspace } from './workspacePage.ts';

interface Place {
  x: number;
  y: number;
}

const stage = openStage();

describe('the focal point', () => {
  test('set by hand is not overwritten by what detection finds later; reset goes back to that', async () => {
    await inWorkspace(stage, {}, async (workspace) => {
      const { page, focalPoint } = workspace;
      await holdReplies(page, 'focused');
      await page.reload();
      await workspace.add([await examplePhoto('two-dogs-at-a-window')]);
      await page.getByText('Looking for the focus').waitFor();
      await focalPoint.focus();
      await page.keyboard.press('Shift+ArrowLeft');
      const byHand = await workspace.focal();
      expect(byHand).toEqual({ x: 0.4, y: 0.5 });

      await releaseReplies(page);
      await expect.poll(() => workspace.focal()).toEqual(byHand);
      await page.getByRole('button', { name: 'Reset to found' }).click();
      await page.getByText(/^Focus found/).waitFor();
      const found = await workspace.focal();
      expect([byHand, { x: 0.5, y: 0.5 }]).not.toContainEqual(found);
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => workspace.focal()).toEqual(byHand);
    });
  });

  test('follows a finger on a phone, and a finger beside it scrolls', async () => {
    const context = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
    await inWorkspace(stage, { kept: centred, context }, async (workspace) => {
      const { page, focalPoint } = workspace;
      await workspace.add([await examplePhoto('fig-in-a-red-bowl')]);
      await focalPoint.scrollIntoViewIfNeeded();
      const box = await focalPoint.boundingBox();
      if (!box) throw new Error('The focal point is not to be seen');
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
      const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      await swipe(page, { x: at.x + 70, y: at.y + 60 }, { x: at.x + 70, y: at.y - 20 });
      await expect.poll(() => workspace.focal()).toEqual({ x: 0.5, y: 0.5 });
      const moved = await focalPoint.boundingBox();
      const from = { x: at.x, y: at.y + (moved?.y ?? 0) - box.y };
      await swipe(page, from, { x: from.x + 74, y: from.y });
      await expect.poll(async () => (await workspace.focal()).x).toBeGreaterThan(0.62);
    });
  });

  test('dragged, takes all tiles in view along in the frame that shows the move', async () => {
    const specIds = builtIn.specs.slice(0, 60).map(({ id }) => id);
    await inWorkspace(stage, { kept: { specIds, ...centred } }, async (workspace) => {
      const { page, focalPoint } = workspace;
      await workspace.add([await examplePhoto('fig-in-a-red-bowl')]);
      await expect.poll(() => workspace.tiles.count()).toBe(60);
      const box = await focalPoint.boundingBox();
      if (!box) throw new Error('The focal point is not to be seen');
      const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      await page.mouse.move(at.x, at.y);
      await page.mouse.down();
      await page.mouse.move(at.x + 4, at.y + 2);
      await recordDrawing(page);
      for (let step = 2; step <= 12; step++) await page.mouse.move(at.x + 4 * step, at.y + 2 * step);
      const { tilesInView, moves } = await drawingRecord(page);
      await page.mouse.up();
      expect(tilesInView).toBeGreaterThan(8);
      expect(moves.length).toBeGreaterThan(3);
      // A little beyond the view is drawn too, so that scrolling finds it ready.
      for (const { tilesDrawn } of moves) expect(tilesDrawn).toBeGreaterThanOrEqual(tilesInView);
      await expect.poll(async () => (await workspace.focal()).x).toBeGreaterThan(0.55);
    });
  });
});

/** A finger put down, moved in ten steps, and lifted. */
async function swipe(page: Page, from: Place, to: Place): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] });
  for (let step = 1; step <= 10; step++) {
    const x = from.x + ((to.x - from.x) * step) / 10;
    const y = from.y + ((to.y - from.y) * step) / 10;
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y }] });
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

/** From the next load on, a worker's first reply of that kind and all that follow it wait until `releaseReplies`. */
async function holdReplies(page: Page, kind: string): Promise<void> {
  await page.addInitScript((kind) => {
    const held: (() => void)[] = [];
    const released = new WeakSet<Event>();
    Object.assign(window, { held });
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        let isHolding = false;
        this.addEventListener('message', (event) => {
          isHolding ||= event.data.kind === kind;
          if (released.has(event) || !isHolding) return;
          event.stopImmediatePropagation();
          held.push(() => {
            const again = new MessageEvent('message', { data: event.data });
            released.add(again);
            this.dispatchEvent(again);
          });
        });
      }
    };
  }, kind);
}

/** Lets the replies go that are held; it waits for them. */
async function releaseReplies(page: Page): Promise<void> {
  // The point, and that the job is done.
  await page.waitForFunction(() => (Reflect.get(window, 'held') as unknown[]).length >= 2);
  await page.evaluate(() => {
    for (const release of Reflect.get(window, 'held') as (() => void)[]) release();
  });
}
