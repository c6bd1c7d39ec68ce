/**
 * `npm run screenshots`: pictures of the running app with the photos it ships, for the README, into docs/screenshots/.
 * Each is taken in light and in dark, as WebP small enough for a page that shows several.
 */
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import sharp from 'sharp';
import { builtIn } from '../server/specs/catalogue.ts';
import { type App, startApp } from './browser/app.ts';
import { launchBrowser } from './browser/chromium.ts';
import { inWorkspace, type Kept, type Workspace } from './browser/workspacePage.ts';
import { exampleNames, examplePhoto } from './photos/photos.ts';

interface Scene {
  name: string;
  context: BrowserContextOptions;
  kept?: Kept;
  /** Brings the page from the empty workspace into the state to be shown. */
  prepare(workspace: Workspace): Promise<unknown>;
}

const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
const mostBytes = 200_000;
const desktop = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const manySpecs = builtIn.specs.slice(0, 24).map(({ id }) => id);

const scenes: Scene[] = [
  { name: 'home', context: desktop, prepare: ({ page }) => page.goto(new URL('/', page.url()).href) },
  { name: 'workspace-empty', context: desktop, prepare: async () => {} },
  { name: 'workspace-one-photo', context: desktop, prepare: addOne },
  { name: 'workspace-several-photos', context: desktop, kept: { specIds: manySpecs }, prepare: addAll },
  { name: 'workspace-exporting', context: desktop, kept: { specIds: manySpecs }, prepare: startExport },
  { name: 'workspace-phone', context: phone, prepare: addOne },
];

const [app, browser] = await Promise.all([startApp(), launchBrowser()]);
try {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const scene of scenes) {
    for (const colorScheme of ['light', 'dark'] as const) await take(scene, colorScheme, { app, browser });
  }
} finally {
  await browser.close();
  await app.stop();
}

async function take(
  { name, context, kept, prepare }: Scene,
  colorScheme: 'light' | 'dark',
  at: { app: App; browser: Browser },
): Promise<void> {
  const options = {
    looks: true,
    context: { ...context, colorScheme, reducedMotion: 'reduce' as const },
    ...(kept ? { kept } : {}),
  };
  await inWorkspace(at, options, async (workspace) => {
    await prepare(workspace);
    await workspace.page.waitForLoadState('networkidle');
    const png = await workspace.page.screenshot();
    const file = `${folder}${name}-${colorScheme}.webp`;
    const { size, width, height } = await sharp(png).webp({ quality: 80, effort: 6 }).toFile(file);
    if (size > mostBytes) throw new Error(`${file} has ${size} bytes; at most ${mostBytes} are wanted`);
    console.log(`${name}-${colorScheme}.webp  ${width} x ${height}  ${Math.round(size / 1000)} KB`);
  });
}

async function addOne(workspace: Workspace): Promise<void> {
  await workspace.add([await examplePhoto('fig-in-a-red-bowl')]);
  await isSeen(workspace);
}

/** Until the models have looked at the photo. */
async function isSeen({ page }: Workspace): Promise<void> {
  await page.getByText(/^(Has to stay: \d|Nothing found)/).waitFor({ timeout: 60_000 });
}

async function addAll(workspace: Workspace): Promise<void> {
  await workspace.add(await Promise.all(exampleNames.map(examplePhoto)));
  await workspace.page.getByRole('button', { name: /^Photo 4 of 4/ }).click();
  await isSeen(workspace);
  await workspace.tilesArePainted();
}

async function startExport(workspace: Workspace): Promise<void> {
  await addAll(workspace);
  await workspace.exportButton.click();
  await workspace.exportBar.getByText(/^[3-6]\d of \d+ files/).waitFor();
}
