import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../server/specs/catalogue.ts';
import { examplePhoto } from '../photos/photos.ts';
import { type App, startApp } from './app.ts';
import { axeViolations, overflowing } from './audit.ts';
import { launchBrowser } from './chromium.ts';
import { filesOf, inWorkspace, type Kept, settingsKey } from './workspacePage.ts';

let app: App;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

interface Place {
  x: number;
  y: number;
}

const centred: Kept = { settings: { detection: 'centre' } };

describe('the keyboard', () => {
  test('is enough from the page load to the zip', async () => {
    await inWorkspace({ browser, app }, { kept: centred }, async (workspace) => {
      const { page } = workspace;
      await tabTo(page, page.getByRole('button', { name: 'Choose photos' }));
      const chooser = page.waitForEvent('filechooser');
      await page.keyboard.press('Enter');
      await (await chooser).setFiles([await examplePhoto('fig-in-a-red-bowl')]);
      await workspace.photosAreReady(1);
      await tabTo(page, workspace.focalPoint);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Shift+ArrowDown');
      expect(await workspace.focal()).toEqual({ x: 0.51, y: 0.6 });
      await tabTo(page, workspace.exportButton);
      const download = page.waitForEvent('download');
      await page.keyboard.press('Enter');
      expect(await filesOf(await download)).toHaveLength(8);
    });
  });

  test('finds a spec, puts it on the wall, pins it, and takes it off again', async () => {
    await inWorkspace({ browser, app }, { kept: centred }, async (workspace) => {
      const { page, tiles } = workspace;
      await workspace.add([await examplePhoto('picos-de-europa')]);
      const openSpecs = page.getByRole('button', { name: 'Specs', exact: true });
      await tabTo(page, openSpecs);
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Specs' });
      await dialog.waitFor();
      await page.keyboard.type('mastodon avatar');
      await tabTo(page, dialog.getByRole('checkbox', { name: /^Avatar/ }));
      await page.keyboard.press('Space');
      await expect.poll(() => tiles.count()).toBe(9);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      expect(await hasFocus(openSpecs)).toBe(true);

      const tile = page.getByRole('group', { name: /^Mastodon, Avatar/ });
      await tabTo(page, tile);
      await page.keyboard.press('p');
      await expect.poll(() => tile.getAttribute('aria-label')).toMatch(/own crop/);
      await page.keyboard.press('ControlOrMeta+z');
      await expect.poll(() => tile.getAttribute('aria-label')).not.toMatch(/own crop/);
      await tabTo(page, page.getByRole('button', { name: 'Options for Mastodon, Avatar' }));
      await page.keyboard.press('Enter');
      await tabTo(page, page.getByRole('button', { name: 'Remove from wall' }));
      await page.keyboard.press('Enter');
      await expect.poll(() => tiles.count()).toBe(8);
    });
  });
});

describe('what is kept', () => {
  test('settings, specs and fit are there again after a reload', async () => {
    await inWorkspace({ browser, app }, {}, async ({ page, tiles }) => {
      await page.getByRole('button', { name: 'Specs', exact: true }).click();
      await page.getByRole('searchbox').fill('mastodon avatar');
      await page.getByRole('checkbox', { name: /^Avatar/ }).check();
      await page.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('button', { name: /^Fit of all tiles/ }).click();
      await page.getByRole('dialog').getByText('Fit with background').click();
      await page.keyboard.press('Escape');
      await page.getByLabel('Format').selectOption('webp');
      await page.getByRole('slider', { name: 'Quality' }).fill('63');
      await page.getByLabel('Names').fill('{spec}-{photo}');
      await page.reload();
      await expect.poll(() => tiles.count()).toBe(9);
      expect(await page.getByLabel('Format').inputValue()).toBe('webp');
      expect(await page.getByRole('slider', { name: 'Quality' }).inputValue()).toBe('63');
      expect(await page.getByLabel('Names').inputValue()).toBe('{spec}-{photo}');
      await page.getByRole('button', { name: 'Fit of all tiles: Fit with background' }).waitFor();
    });
  });

  test('is the settings and nothing else: no photo, no name of one, no cookie', async () => {
    await inWorkspace({ browser, app }, {}, async (workspace) => {
      const { page } = workspace;
      await workspace.add([await examplePhoto('fig-in-a-red-bowl')]);
      await page.getByLabel('Format').selectOption('png');
      await expect
        .poll(() => page.evaluate((key) => localStorage.getItem(key), settingsKey))
        .toContain('"format":"png"');
      const stored = await page.evaluate(() => Object.entries(localStorage));
      expect(stored.map(([key]) => key)).toEqual([settingsKey]);
      expect(JSON.stringify(stored)).not.toContain('fig-in-a-red-bowl');
      expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
      expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
      expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(0);
      expect(await page.context().cookies()).toEqual([]);
    });
  });
});

test('leaving asks first while there is work that was not exported, and only then', async () => {
  await inWorkspace({ browser, app }, { kept: centred }, async (workspace) => {
    const { page } = workspace;
    const asked: string[] = [];
    page.on('dialog', async (dialog) => {
      asked.push(dialog.type());
      await dialog.dismiss();
    });
    const specs = page.getByRole('navigation').getByRole('link', { name: 'Specs' });
    await workspace.add([await examplePhoto('dandelion-at-dusk')]);
    await specs.click();
    await expect.poll(() => asked).toEqual(['beforeunload']);
    expect(new URL(page.url()).pathname).toBe('/generate');
    await workspace.photosAreReady(1);

    await workspace.export();
    await workspace.result.getByText(/saved as/).waitFor();
    await specs.click();
    await page.waitForURL('**/specs');
    expect(asked).toEqual(['beforeunload']);
  });
});

test('works with the network off once it is loaded, and sends nothing', async () => {
  await inWorkspace({ browser, app }, {}, async (workspace) => {
    const { page, watch } = workspace;
    await page.context().setOffline(true);
    const before = watch.requests.length;
    await workspace.add([await examplePhoto('picos-de-europa'), await examplePhoto('two-dogs-at-a-window')]);
    expect(await workspace.export()).toHaveLength(16);
    expect(watch.requests.slice(before)).toEqual([]);
    await page.getByText('0 bytes sent').waitFor();
  });
  expect(app.bodiesReceived).toEqual([]);
});

describe('the focal point', () => {
  test('set by hand is not overwritten by what detection finds later; reset goes back to that', async () => {
    await inWorkspace({ browser, app }, {}, async (workspace) => {
      const { page, focalPoint } = workspace;
      await delayReplies(page, 'focused', 1500);
      await page.reload();
      await workspace.add([await examplePhoto('two-dogs-at-a-window')]);
      await page.getByText('Looking for the focus').waitFor();
      await focalPoint.focus();
      await page.keyboard.press('Shift+ArrowLeft');
      const byHand = await workspace.focal();
      expect(byHand).toEqual({ x: 0.4, y: 0.5 });

      await repliesArrived(page, 1);
      expect(await workspace.focal()).toEqual(byHand);
      await page.getByRole('button', { name: 'Reset to found' }).click();
      await page.getByText(/^Focus found/).waitFor();
      expect(await workspace.focal()).not.toEqual(byHand);
      await page.getByRole('button', { name: 'Undo' }).click();
      expect(await workspace.focal()).toEqual(byHand);
    });
  });

  test('follows a finger on a phone, and a finger beside it scrolls', async () => {
    const context = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
    await inWorkspace({ browser, app }, { kept: centred, context }, async (workspace) => {
      const { page, focalPoint } = workspace;
      await workspace.add([await examplePhoto('fig-in-a-red-bowl')]);
      await focalPoint.scrollIntoViewIfNeeded();
      const box = await focalPoint.boundingBox();
      if (!box) throw new Error('The focal point is not to be seen');
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
      const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      await swipe(page, { x: at.x + 70, y: at.y + 60 }, { x: at.x + 70, y: at.y - 20 });
      expect(await workspace.focal()).toEqual({ x: 0.5, y: 0.5 });
      const moved = await focalPoint.boundingBox();
      const from = { x: at.x, y: at.y + (moved?.y ?? 0) - box.y };
      await swipe(page, from, { x: from.x + 74, y: from.y });
      await expect.poll(async () => (await workspace.focal()).x).toBeGreaterThan(0.62);
    });
  });

  test('dragged, takes all tiles in view along in the frame that shows the move', async () => {
    const specIds = catalogue.slice(0, 60).map(({ id }) => id);
    await inWorkspace({ browser, app }, { kept: { specIds, ...centred } }, async (workspace) => {
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
      expect((await workspace.focal()).x).toBeGreaterThan(0.55);
    });
  });
});

test('another photo is shown in the very next frame, never a clear wall or the photo before it', async () => {
  await inWorkspace({ browser, app }, { kept: centred }, async (workspace) => {
    const { page } = workspace;
    await workspace.add([
      await examplePhoto('dandelion-at-dusk'),
      await examplePhoto('two-dogs-at-a-window'),
      await examplePhoto('fig-in-a-red-bowl'),
    ]);
    await workspace.tilesArePainted();
    for (const [number, name] of [
      [2, 'two-dogs-at-a-window'],
      [3, 'fig-in-a-red-bowl'],
    ] as const) {
      const thumb = page.getByRole('button', { name: new RegExp(`^Photo ${number} of 3: ${name}`) });
      const frames = await thumb.evaluate(clickAndLook);
      expect(frames.length).toBeGreaterThan(10);
      for (const { clearTiles, isShapeRight } of frames) {
        expect({ clearTiles, isShapeRight }).toEqual({ clearTiles: 0, isShapeRight: true });
      }
    }
  });
});

describe.each([
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
  ['dark', 390],
  ['light', 320],
] as const)('in %s at %i px', (colorScheme, width) => {
  test('axe finds nothing in any state, and nothing sticks out', async () => {
    const context = { colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' } as const;
    await inWorkspace({ browser, app }, { context }, async (workspace) => {
      const { page } = workspace;
      const audit = async (state: string) => {
        expect(await axeViolations(page), state).toEqual([]);
        expect(await overflowing(page), state).toEqual([]);
      };
      await workspace.choose([
        await examplePhoto('fig-in-a-red-bowl'),
        await examplePhoto('two-dogs-at-a-window'),
        { name: 'empty.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) },
      ]);
      await workspace.photosAreReady(2);
      await audit('two photos, one file refused');

      await page.getByRole('button', { name: 'Specs', exact: true }).click();
      await audit('the specs');
      await page.getByRole('button', { name: 'Done' }).click();

      const options = page.getByRole('button', { name: /^Options for/ }).first();
      await options.click();
      await page.getByRole('checkbox', { name: /^Own crop/ }).check();
      await audit('the options of a pinned tile');
      await page.keyboard.press('Escape');

      await workspace.export();
      await workspace.result.waitFor();
      await audit('exported');
    });
  });
});

/** Presses Tab until `target` has the focus; at most once around the page. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const seen = new Set<string>();
  for (let press = 0; press < 120; press++) {
    if (await hasFocus(target)) return;
    seen.add(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 90) ?? ''));
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target}; it reaches\n${[...seen].join('\n')}`);
}

async function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

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

/** From the next load on, the workers' replies of that kind reach the page later than they were sent. */
async function delayReplies(page: Page, kind: string, delayMs: number): Promise<void> {
  await page.addInitScript(
    ({ kind, delayMs }) => {
      const late = new WeakSet<Event>();
      Object.assign(window, { lateReplies: 0 });
      window.Worker = class extends Worker {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          this.addEventListener('message', (event) => {
            if (late.has(event) || event.data.kind !== kind) return;
            event.stopImmediatePropagation();
            setTimeout(() => {
              const again = new MessageEvent('message', { data: event.data });
              late.add(again);
              this.dispatchEvent(again);
              Object.assign(window, { lateReplies: Reflect.get(window, 'lateReplies') + 1 });
            }, delayMs);
          });
        }
      };
    },
    { kind, delayMs },
  );
}

async function repliesArrived(page: Page, count: number): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => Reflect.get(window, 'lateReplies')), { timeout: 10_000 })
    .toBe(count);
}

/** Runs in the page: clicks, then looks after each of some frames at what the wall and the large photo show. */
async function clickAndLook(thumb: HTMLElement): Promise<{ clearTiles: number; isShapeRight: boolean }[]> {
  const probe = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const [large] = [...document.querySelectorAll('canvas')].filter((canvas) => !canvas.closest('li'));
  const tiles = [...document.querySelectorAll<HTMLCanvasElement>('li [role=group] canvas')];
  if (!probe || !large || tiles.length === 0) throw new Error('There is nothing to look at');
  const isClear = (canvas: HTMLCanvasElement): boolean => {
    probe.clearRect(0, 0, 1, 1);
    probe.drawImage(canvas, canvas.width / 2, canvas.height / 2, 1, 1, 0, 0, 1, 1);
    return probe.getImageData(0, 0, 1, 1).data[3] === 0;
  };
  const frames = [];
  thumb.click();
  for (let frame = 0; frame < 15; frame++) {
    await new Promise(requestAnimationFrame);
    await new Promise((done) => setTimeout(done)); // after everything that this frame paints
    const { width, height } = large.getBoundingClientRect();
    frames.push({
      clearTiles: tiles.filter(isClear).length,
      isShapeRight: Math.abs(large.width / large.height - width / height) < 0.02,
    });
  }
  return frames;
}

interface DrawingRecord {
  tilesInView: number;
  /** One per frame in which the pointer moved: how many tiles that frame drew. */
  moves: { tilesDrawn: number }[];
}

/**
 * Notes for each frame whether the pointer moved before it and which tiles it drew. Frames are counted by an animation
 * frame callback that always stands first in the queue of its frame, because it is asked for in the frame before.
 */
async function recordDrawing(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames = [{ hasMove: false, drawn: new Set<HTMLCanvasElement>() }];
    let isMoved = false;
    const count = () => {
      frames.push({ hasMove: isMoved, drawn: new Set() });
      isMoved = false;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    document.addEventListener('pointermove', () => (isMoved = true), { capture: true });
    const { drawImage } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.drawImage = function (
      this: CanvasRenderingContext2D,
      ...values: never
    ) {
      if (this.canvas.closest('li')) frames.at(-1)?.drawn.add(this.canvas);
      return Reflect.apply(drawImage, this, values);
    };
    Object.assign(window, { drawnFrames: frames });
  });
}

function drawingRecord(page: Page): Promise<DrawingRecord> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    const frames: { hasMove: boolean; drawn: Set<unknown> }[] = Reflect.get(window, 'drawnFrames');
    const tiles = [...document.querySelectorAll('li canvas')].filter((canvas) => {
      const { top, bottom, height } = canvas.getBoundingClientRect();
      return height > 0 && canvas.closest('[role=group]') && bottom > 0 && top < innerHeight;
    });
    const moved = frames.filter(({ hasMove }) => hasMove);
    return { tilesInView: tiles.length, moves: moved.map(({ drawn }) => ({ tilesDrawn: drawn.size })) };
  });
}
