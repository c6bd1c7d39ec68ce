import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue, popularSpecIds } from '../../server/specs/catalogue.ts';
import type { Spec } from '../../server/specs/spec.shared.ts';
import { cutOutPhoto, distinctPhotos, examplePhoto, type Pixels, pixelsOf } from '../photos/photos.ts';
import { type App, startApp } from './app.ts';
import { launchBrowser } from './chromium.ts';
import {
  cropWindow,
  meanDifference,
  pixelAt,
  renderWindow,
  type Size,
  type Window,
} from './comparePixels.ts';
import type { ZipEntry } from './unzip.ts';
import { filesOf, inWorkspace } from './workspacePage.ts';

/**
 * Mean absolute difference per channel, of 255, that an exported file may have to an independent Lanczos3 crop. Two
 * decoders, two scalers and one JPEG at quality 90 make 1.9 to 2.5 of it; a crop that lies 8 % aside makes 28 or more.
 */
const tolerance = 4;
const centre = { x: 0.5, y: 0.5 };

let app: App;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

test('a real photo in, a zip out: every file has its exact size and format and shows the right part', async () => {
  await inWorkspace({ browser, app }, {}, async (workspace) => {
    const photo = await examplePhoto('fig-in-a-red-bowl');
    const source = await pixelsOf(photo.buffer);
    await workspace.add([photo]);
    const focal = { x: 0.62, y: 0.37 };
    await workspace.moveFocalFromCentre(focal);
    expect(await workspace.focal()).toEqual(focal);

    const files = await workspace.export();
    expect(files.map(({ name }) => specOf(name).id).sort()).toEqual([...popularSpecIds].sort());
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
  await inWorkspace({ browser, app }, { kept: { specIds } }, async (workspace) => {
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
  await inWorkspace({ browser, app }, { kept: { specIds: tenSpecs() } }, async (workspace) => {
    await workspace.add(await distinctPhotos(12));
    const { exportBar, exportButton, page } = workspace;
    const nothing = workspace.savesNothing();
    await exportButton.click();
    await exportBar.getByText(/^[1-9]\d* of 120 files/).waitFor();
    await exportBar.getByRole('button', { name: 'Cancel' }).click();
    await workspace.result.getByText('Export cancelled. Nothing was saved.').waitFor();
    expect(await nothing).toBe(true);
    await workspace.photosAreReady(12);
    expect(await workspace.tiles.count()).toBe(10);
    expect(await page.getByRole('button', { name: 'Export 120 files' }).isEnabled()).toBe(true);
    expect(await workspace.export()).toHaveLength(120);
  });
});

test('a photo that is gone when it is needed is listed with its reason and the rest is delivered', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'allimgfit-gone-'));
  try {
    const paths: string[] = [];
    for (const { name, buffer } of await distinctPhotos(3)) {
      paths.push(join(folder, name));
      await writeFile(join(folder, name), buffer);
    }
    const specIds = ['og-image', 'instagram-square'];
    await inWorkspace({ browser, app }, { kept: { specIds } }, async (workspace) => {
      await workspace.add(paths);
      await rm(paths[1] ?? '');
      const files = await workspace.export();
      expect(files).toHaveLength(4);
      expect(files.some(({ name }) => name.startsWith('fig-in-a-red-bowl'))).toBe(false);
      const failures = await workspace.result.getByRole('listitem').allTextContents();
      expect(failures).toHaveLength(2);
      for (const words of failures) expect(words).toMatch(/^fig-in-a-red-bowl 1\.jpg at .+: .{10,}/);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('settings count for photos that are already there, and photos of one name do not overwrite each other', async () => {
  await inWorkspace({ browser, app }, { kept: { specIds: ['og-image', 'x-post'] } }, async (workspace) => {
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
  await inWorkspace({ browser, app }, {}, async (workspace) => {
    const { page, exportBar } = workspace;
    await workspace.add([await examplePhoto('two-dogs-at-a-window')]);
    const one = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Options for YouTube, Thumbnail 16:9' }).click();
    await page.getByRole('button', { name: 'Save this file' }).click();
    expect((await filesOf(await one)).map(({ name }) => specOf(name).id)).toEqual(['youtube-thumbnail']);

    await page.getByRole('checkbox', { name: 'Select X, Post 16:9' }).check();
    await page.getByRole('checkbox', { name: 'Select Instagram, Square post 1:1' }).check();
    const two = page.waitForEvent('download');
    await exportBar.getByRole('button', { name: 'Export selected: 2 files' }).click();
    const ids = (await filesOf(await two)).map(({ name }) => specOf(name).id);
    expect(ids.sort()).toEqual(['instagram-square', 'x-post']);
  });
});

describe('formats', () => {
  test.each(['jpeg', 'png', 'webp'] as const)('%s is written when it is asked for', async (format) => {
    const kept = { specIds: ['og-image'], settings: { format, detection: 'centre' as const } };
    await inWorkspace({ browser, app }, { kept }, async (workspace) => {
      const photo = await examplePhoto('picos-de-europa');
      const source = await pixelsOf(photo.buffer);
      await workspace.add([photo]);
      const file = only(await workspace.export());
      expect(await sharp(file.bytes).metadata()).toMatchObject({ format, width: 1200, height: 630 });
      const expected = await renderWindow(
        source,
        cropWindow(source, size(1200, 630), centre),
        size(1200, 630),
      );
      expect(meanDifference(await pixelsOf(file.bytes), expected)).toBeLessThan(tolerance);
    });
  });

  test('what is transparent stays transparent in PNG and becomes white in JPEG', async () => {
    for (const [format, corner] of [
      ['png', [0, 0, 0, 0]],
      ['jpeg', [255, 255, 255]],
    ] as const) {
      const kept = { specIds: ['instagram-square'], settings: { format } };
      await inWorkspace({ browser, app }, { kept }, async (workspace) => {
        await workspace.add([await cutOutPhoto()]);
        const pixels = await pixelsOf(only(await workspace.export()).bytes);
        expect(pixelAt(pixels, 3, 3)).toEqual(corner);
      });
    }
  });

  test('a lower quality makes a smaller file', async () => {
    const bytes: number[] = [];
    for (const quality of [95, 40]) {
      const kept = { specIds: ['og-image'], settings: { format: 'jpeg' as const, quality } };
      await inWorkspace({ browser, app }, { kept }, async (workspace) => {
        await workspace.add([await examplePhoto('picos-de-europa')]);
        bytes.push(only(await workspace.export()).bytes.length);
      });
    }
    expect(bytes[1]).toBeLessThan((bytes[0] ?? 0) / 2);
  });
});

describe('fit modes', () => {
  /** A portrait photo at a landscape spec leaves room at both sides. */
  const target = size(1200, 630);
  const shown = size(419, 630);
  const left = Math.round((target.width - shown.width) / 2);

  async function exportWith(
    fit: object,
    specIds = ['og-image'],
  ): Promise<{ pixels: Pixels; source: Pixels }> {
    const photo = await examplePhoto('two-dogs-at-a-window');
    const kept = { specIds, settings: { format: 'png' as const, detection: 'centre' as const }, fit };
    let pixels: Pixels | undefined;
    await inWorkspace({ browser, app }, { kept }, async (workspace) => {
      await workspace.add([photo]);
      pixels = await pixelsOf(only(await workspace.export()).bytes);
    });
    if (!pixels) throw new Error('Nothing was exported');
    return { pixels, source: await pixelsOf(photo.buffer) };
  }

  async function expectWholePhotoInTheMiddle(pixels: Pixels, source: Pixels): Promise<void> {
    const whole = { left: 0, top: 0, width: source.width, height: source.height };
    const middle = await renderWindow(pixels, { left, top: 0, ...shown }, shown);
    expect(meanDifference(middle, await renderWindow(source, whole, shown))).toBeLessThan(tolerance);
  }

  test('"Fit with background" shows the whole photo on the chosen colour', async () => {
    const background = { kind: 'colour', colour: '#205080' };
    const { pixels, source } = await exportWith({ mode: 'contain', background });
    expect(pixelAt(pixels, 5, 300).slice(0, 3)).toEqual([0x20, 0x50, 0x80]);
    expect(pixelAt(pixels, 1195, 300).slice(0, 3)).toEqual([0x20, 0x50, 0x80]);
    await expectWholePhotoInTheMiddle(pixels, source);
  });

  test('"Fit with background", transparent, leaves nothing beside the photo', async () => {
    const { pixels, source } = await exportWith({ mode: 'contain', background: { kind: 'transparent' } });
    expect(pixelAt(pixels, 5, 300)).toEqual([0, 0, 0, 0]);
    expect(pixelAt(pixels, 600, 300)[3]).toBe(255);
    await expectWholePhotoInTheMiddle(pixels, source);
  });

  test('"Fit with background", blurred, fills the room with the photo itself, softly', async () => {
    const { pixels, source } = await exportWith({ mode: 'contain', background: { kind: 'blur' } });
    await expectWholePhotoInTheMiddle(pixels, source);
    const side = size(left - 4, target.height);
    const ground = await renderWindow(pixels, { left: 2, top: 0, ...side }, side);
    const cover = await renderWindow(source, cropWindow(source, target, centre), target);
    const sharpGround = await renderWindow(cover, { left: 2, top: 0, ...side }, side);
    expect(roughness(ground)).toBeLessThan(roughness(sharpGround) / 2);
    const [tint, wanted] = [await tintOf(ground), await tintOf(sharpGround)];
    for (const channel of [0, 1, 2]) {
      expect(Math.abs((tint[channel] ?? 0) - (wanted[channel] ?? 0))).toBeLessThan(25);
    }
  });

  test('"Fit inside" keeps the whole photo, and enlarges a smaller one only when asked', async () => {
    const shrunk = await exportWith({ mode: 'inside', enlarge: false });
    expect(size(shrunk.pixels.width, shrunk.pixels.height)).toEqual(shown);
    for (const [enlarge, expected] of [
      [false, size(900, 700)],
      [true, size(2000, 1556)],
    ] as const) {
      const kept = { specIds: ['amazon-main'], fit: { mode: 'inside', enlarge } };
      await inWorkspace({ browser, app }, { kept }, async (workspace) => {
        await workspace.add(await distinctPhotos(1));
        expect(await sharp(only(await workspace.export()).bytes).metadata()).toMatchObject(expected);
      });
    }
  });

  test('"Stretch" shows the whole photo over the whole size', async () => {
    const { pixels, source } = await exportWith({ mode: 'stretch' });
    const whole = { left: 0, top: 0, width: source.width, height: source.height };
    expect(meanDifference(pixels, await renderWindow(source, whole, target))).toBeLessThan(tolerance);
  });
});

test('a tile with its own crop exports that crop, and the other tiles follow the focal point', async () => {
  const kept = { specIds: ['og-image', 'instagram-square'], settings: { detection: 'centre' as const } };
  await inWorkspace({ browser, app }, { kept }, async (workspace) => {
    const { page } = workspace;
    const photo = await examplePhoto('fig-in-a-red-bowl');
    const source = await pixelsOf(photo.buffer);
    await workspace.add([photo]);

    const spec = specOf('-og-image-');
    await page.getByRole('button', { name: `Options for ${spec.group}, ${spec.name}` }).click();
    await page.getByRole('checkbox', { name: /^Own crop/ }).check();
    await page.keyboard.press('Escape');
    const frame = page.getByRole('group', { name: `${spec.group}, ${spec.name}` });
    await frame.focus();
    for (let time = 0; time < 5; time++) await page.keyboard.press('+');
    await workspace.moveFocalFromCentre({ x: 0.8, y: 0.5 });

    const windows = new Map([
      ['og-image', cropWindow(source, size(1200, 630), centre, 1.1 ** 5)],
      ['instagram-square', cropWindow(source, size(1080, 1080), { x: 0.8, y: 0.5 })],
    ]);
    for (const { name, bytes } of await workspace.export()) {
      const { id, widthPx, heightPx } = specOf(name);
      const window = windows.get(id);
      if (!window) throw new Error(`${name} was not asked for`);
      const expected = await renderWindow(source, window, size(widthPx, heightPx));
      const unpinned = await renderWindow(
        source,
        cropWindow(source, size(widthPx, heightPx), centre),
        size(widthPx, heightPx),
      );
      const pixels = await pixelsOf(bytes);
      expect(meanDifference(pixels, expected), name).toBeLessThan(tolerance);
      expect(meanDifference(pixels, unpinned), name).toBeGreaterThan(tolerance);
    }
  });
});

/** Ten specs of ten groups, small enough to be quick. */
function tenSpecs(): string[] {
  const small = catalogue.filter(({ widthPx, heightPx }) => widthPx * heightPx < 1_500_000);
  const perGroup = new Map(small.map((spec) => [spec.group, spec.id]));
  return [...perGroup.values()].slice(0, 10);
}

/** The spec whose id is in the file's name; the longest, where one id is part of another. */
function specOf(name: string): Spec {
  const named = catalogue.filter(({ id }) => name.includes(`-${id}-`));
  const spec = named.sort((one, other) => other.id.length - one.id.length)[0];
  if (!spec) throw new Error(`${name} names no spec`);
  return spec;
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

function size(width: number, height: number): Size {
  return { width, height };
}

function only(files: ZipEntry[]): ZipEntry {
  const [file, ...others] = files;
  if (!file || others.length > 0) throw new Error(`${files.length} files instead of one`);
  return file;
}

async function fingerprint(file: Buffer): Promise<string> {
  return (await sharp(file).resize(8, 8, { fit: 'fill' }).raw().toBuffer()).toString('base64');
}

/** How much neighbours along a row differ: fine detail has much, a blur little. */
function roughness({ data, width, height, channels }: Pixels): number {
  let sum = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 1; x < width; x++) {
      const at = (y * width + x) * channels;
      sum += Math.abs((data[at] ?? 0) - (data[at - channels] ?? 0));
    }
  }
  return sum / (width * height);
}

async function tintOf({ data, width, height, channels }: Pixels): Promise<number[]> {
  const image = sharp(data, { raw: { width, height, channels: channels === 4 ? 4 : 3 } });
  return (await image.stats()).channels.map(({ mean }) => mean);
}
