import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { builtIn } from '../../server/specs/catalogue.ts';
import { distinctPhotos, examplePhoto, pixelsOf } from '../photos/photos.ts';
import {
  cropWindow,
  meanDifference,
  renderWindow,
  type Size,
  tolerance,
  type Window,
} from './comparePixels.ts';
import { specOf } from './specOf.ts';
import { openStage } from './stage.ts';
import { filesOf, inWorkspace } from './workspacePage.ts';

const stage = openStage();

test('a real photo in, a zip out: every file has its exact size and format and shows the right part', async () => {
  await inWorkspace(stage, {}, async (workspace) => {
    const photo = await examplePhoto('fig-in-a-red-bowl');
    const source = await pixelsOf(photo.buffer);
    await workspace.add([photo]);
    const focal = { x: 0.62, y: 0.37 };
    await workspace.moveFocalFromCentre(focal);
    await expect.poll(() => workspace.focal()).toEqual(focal);

    const files = await workspace.export();
    expect(files.map(({ name }) => specOf(name).id).sort()).toEqual([...builtIn.popularIds].sort());
    for (const { name, bytes } of files) {
      const spec = specOf(name);
      const size = { width: spec.widthPx, height: spec.heightPx };
      expect(await sharp(bytes).metadata(), name).toMatchObject({ ...size, format: spec.formats[0] });
      const pixels = await pixelsOf(bytes);
      const window = cropWindow(source, size, focal);
      expect(meanDifference(pixels, await renderWindow(source, window, size)), name).toBeLessThan(tolerance);
      expect(
        meanDifference(pixels, await renderWindow(source, movedAside(window, source), size)),
        `${name}, 8 % aside`,
      ).toBeGreaterThan(tolerance);
    }
  });
});

test('twelve photos at ten specs are 120 files with unique names that every system takes', async () => {
  const specIds = tenSpecs();
  await inWorkspace(stage, { kept: { specIds } }, async (workspace) => {
    const photos = await distinctPhotos(12);
    await workspace.add(photos);
    const files = await workspace.export();
    expect(files).toHaveLength(120);
    expect(new Set(files.map(({ name }) => name.toLowerCase())).size).toBe(120);
    for (const { name, bytes } of files) {
      expect(name).toMatch(/^[^<>:"/\\|?*\p{Cc}.\s][^<>:"/\\|?*\p{Cc}]{0,110}\.(jpg|png|webp)$/u);
      const { widthPx: width, heightPx: height } = specOf(name);
      expect(await sharp(bytes).metadata(), name).toMatchObject({ width, height });
    }
    const prints = await Promise.all(files.map(({ bytes }) => fingerprint(bytes)));
    expect(new Set(prints).size, 'every photo is its own').toBe(120);
  });
});

test('cancelled midway, nothing is saved, nothing is lost, and the next export is whole', async () => {
  await inWorkspace(stage, { kept: { specIds: tenSpecs() } }, async (workspace) => {
    await workspace.add(await distinctPhotos(6));
    const { exportBar, exportButton, page } = workspace;
    const saved = workspace.countSaved();
    await exportButton.click();
    await exportBar.getByText(/^[1-9]\d* of 60 files/).waitFor();
    await exportBar.getByRole('button', { name: 'Cancel' }).click();
    await workspace.result.getByText('Export cancelled. Nothing was saved.').waitFor();
    await workspace.photosAreReady(6);
    expect(await workspace.tiles.count()).toBe(10);
    await expect.poll(() => page.getByRole('button', { name: 'Export 60 files' }).isEnabled()).toBe(true);
    expect(await workspace.export()).toHaveLength(60);
    expect(saved()).toBe(1);
  });
});

test('a photo that is gone when it is needed is listed once, with its reason, and the rest is delivered', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'allimgfit-gone-'));
  try {
    const paths: string[] = [];
    for (const { name, buffer } of await distinctPhotos(3)) {
      paths.push(join(folder, name));
      await writeFile(join(folder, name), buffer);
    }
    const specIds = ['og-image', 'instagram-square'];
    await inWorkspace(stage, { kept: { specIds } }, async (workspace) => {
      await workspace.add(paths);
      await rm(paths[1] ?? '');
      const files = await workspace.export();
      expect(files).toHaveLength(4);
      expect(files.some(({ name }) => name.startsWith('fig-in-a-red-bowl'))).toBe(false);
      const failures = workspace.result.getByRole('listitem');
      await expect
        .poll(() => failures.allTextContents())
        .toEqual([
          'fig-in-a-red-bowl 1.jpg can no longer be read: it was moved, changed or deleted since it was added. (2 files)',
        ]);
      expect(await workspace.result.textContent()).toContain('2 failed');
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('settings count for photos that are already there, and photos of one name do not overwrite each other', async () => {
  await inWorkspace(stage, { kept: { specIds: ['og-image', 'x-post'] } }, async (workspace) => {
    const { page } = workspace;
    const [photo, other] = await distinctPhotos(2);
    if (!photo || !other) throw new Error('There are no photos');
    await workspace.add([photo, { ...other, name: photo.name }]);
    await page.getByLabel('Format').selectOption('webp');
    await page.getByLabel('Names').fill('{photo}, {width} wide');
    const files = await workspace.export();
    expect(files.map(({ name }) => name).sort()).toEqual([
      'dandelion-at-dusk 1, 1200 wide (2).webp',
      'dandelion-at-dusk 1, 1200 wide.webp',
      'dandelion-at-dusk 1, 1600 wide (2).webp',
      'dandelion-at-dusk 1, 1600 wide.webp',
    ]);
    for (const { bytes } of files) expect((await sharp(bytes).metadata()).format).toBe('webp');
  });
});

test('exports one tile, or the ticked ones', async () => {
  await inWorkspace(stage, {}, async (workspace) => {
    const { page, exportBar } = workspace;
    await workspace.add([await examplePhoto('two-dogs-at-a-window')]);
    const one = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Options for YouTube, Thumbnail 16:9' }).click();
    await page.getByRole('button', { name: 'Save this file' }).click();
    expect((await filesOf(await one)).map(({ name }) => specOf(name).id)).toEqual(['youtube-thumbnail']);

    await page.getByRole('checkbox', { name: 'Select X Post 16:9' }).check();
    await page.getByRole('checkbox', { name: 'Select Instagram Square post 1:1' }).check();
    const two = page.waitForEvent('download');
    await exportBar.getByRole('button', { name: 'Export selected: 2 files' }).click();
    const ids = (await filesOf(await two)).map(({ name }) => specOf(name).id);
    expect(ids.sort()).toEqual(['instagram-square', 'x-post']);
  });
});

/** Ten specs of ten groups and ten sizes, since two of one size give the same file; small enough to be quick. */
function tenSpecs(): string[] {
  const small = builtIn.specs.filter(({ widthPx, heightPx }) => widthPx * heightPx < 1_500_000);
  const perSize = new Map(small.map((spec) => [`${spec.widthPx} ${spec.heightPx}`, spec]));
  const perGroup = new Map([...perSize.values()].map((spec) => [spec.group, spec.id]));
  return [...perGroup.values()].slice(0, 10);
}

/** The window, moved by 8 % of its own size where the photo has room: the mistake that a test must notice. */
function movedAside(window: Window, photo: Size): Window {
  return {
    ...window,
    left: window.left + step(window.left, window.width, photo.width),
    top: window.top + step(window.top, window.height, photo.height),
  };
}

function step(start: number, length: number, room: number): number {
  const after = room - start - length;
  return after >= start ? Math.min(0.08 * length, after) : -Math.min(0.08 * length, start);
}

async function fingerprint(file: Buffer): Promise<string> {
  return (await sharp(file).resize(8, 8, { fit: 'fill' }).raw().toBuffer()).toString('base64');
}
