import { createServer } from 'node:http';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { listenOnFreePort } from './app.ts';
import { axeViolations, overflowing } from './audit.ts';
import { openStage } from './stage.ts';
import { type Watch, watchPage } from './watchPage.ts';

const pages = [
  '/',
  '/generate',
  '/specs',
  '/specs?q=zeppelin&shape=tall',
  '/specs/instagram-portrait-4x5',
  '/specs/youtube-banner',
  '/specs/india-oci',
  '/privacy',
  '/terms',
  '/credits',
  '/no-such-page',
];
const widths = [1440, 1024, 390, 320];
const themes = ['light', 'dark'] as const;

const stage = openStage();

interface Visit {
  page: Page;
  watch: Watch;
}

/** Opens the page in a context of its own, does `look`, and closes it. */
async function visit(path: string, options: BrowserContextOptions, look: (visit: Visit) => Promise<void>) {
  const context = await stage.browser.newContext({ reducedMotion: 'reduce', ...options });
  try {
    const page = await context.newPage();
    // Chromium prints one line for a document that was not found; that is what was asked for.
    const watch = await watchPage(page, stage.app.url, path === '/no-such-page' ? [/status of 404/] : []);
    await page.goto(stage.app.url + path, { waitUntil: 'load' });
    await look({ page, watch });
  } finally {
    await context.close();
  }
}

describe.each(pages)('%s', (path) => {
  test.each(themes)('is clean and free of axe violations at every width in %s', async (colorScheme) => {
    await visit(path, { colorScheme }, async ({ page, watch }) => {
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        // The wall lays itself out again in the frame after the change.
        await expect.poll(() => overflowing(page), { message: `at ${width} px` }).toEqual([]);
        expect(await axeViolations(page), `at ${width} px`).toEqual([]);
      }
      watch.expectClean();
    });
  });

  test('loses nothing at 200 % zoom', async () => {
    const zoomed = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 };
    await visit(path, zoomed, async ({ page, watch }) => {
      expect(await overflowing(page)).toEqual([]);
      watch.expectClean();
    });
  });

  test('shows its content with script off', async () => {
    await visit(path, { javaScriptEnabled: false }, async ({ page, watch }) => {
      expect(await page.getByRole('heading').first().isVisible()).toBe(true);
      expect((await visibleWords(page)).length).toBeGreaterThan(10);
      watch.expectClean();
    });
  });

  test('cannot be put into a frame', async () => {
    const framed = await frameElsewhere(stage.app.url + path);
    expect(framed.headings).toBe(0);
  });
});

test('a page that allows it can be put into that frame', async () => {
  const allowed = await serveText('<h1>Seen</h1>');
  try {
    expect(await frameElsewhere(allowed.url)).toEqual({ headings: 1 });
  } finally {
    await allowed.stop();
  }
});

/** What a page of another origin, without any policy, gets to show of `address` in a frame. */
async function frameElsewhere(address: string): Promise<{ headings: number }> {
  const stranger = await serveText(`<iframe src="${address}" width="900" height="600"></iframe>`);
  const context = await stage.browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(stranger.url, { waitUntil: 'load' });
    const [, frame] = page.frames();
    if (!frame) throw new Error('There is no frame');
    return { headings: await frame.locator('h1').count() };
  } finally {
    await context.close();
    await stranger.stop();
  }
}

/** A server of its own origin that answers everything with one page. */
async function serveText(body: string): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html').end(`<!doctype html><title>Stranger</title>${body}`);
  });
  return listenOnFreePort(server);
}

/** The words that can be read on the page: what is hidden does not count. */
async function visibleWords(page: Page): Promise<string[]> {
  const lines = page.getByRole('main').locator('p, li, dd, td').filter({ visible: true });
  return (await lines.allTextContents()).flatMap((line) => line.match(/[A-Za-z]{2,}/g) ?? []);
}
