import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { brokenFiles, pngNamedJpg, truncatedPhotos } from '../photos/brokenFiles.ts';
import { heicPhoto } from '../photos/heic.ts';
import {
  cornerColours,
  cornerPx,
  distinctPhotos,
  examplePhoto,
  markedPicture,
  type Pixels,
  photoInEveryFormat,
  photoOfSize,
  pixelsOf,
  smallerPicture,
  turnedPhoto,
} from '../photos/photos.ts';
import { meanDifference, pixelAt, renderWindow } from './comparePixels.ts';
import { openStage } from './stage.ts';
import { inWorkspace, type Kept } from './workspacePage.ts';

const stage = openStage();
const picture = await markedPicture();

/** "Shrink only" at 2000 x 2000: a smaller photo comes out pixel by pixel, so every turn and every format can be compared. */
const untouched: Kept = {
  specIds: ['amazon-main'],
  settings: { format: 'png', detection: 'centre' },
  fit: { mode: 'inside', enlarge: false },
};

test('shows the eight EXIF orientations as one and the same picture', async () => {
  await inWorkspace(stage, { kept: untouched }, async (workspace) => {
    await workspace.add(
      await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((turn) => turnedPhoto(picture, turn))),
    );
    const files = await workspace.export();
    expect(files).toHaveLength(8);
    for (const { name, bytes } of files) {
      const pixels = await pixelsOf(bytes);
      expect(meanDifference(pixels, picture), name).toBeLessThan(3);
      expectCorners(pixels, name);
    }
  });
});

test('opens every format that it promises, also an SVG without a size', async () => {
  const kept = { ...untouched, specIds: ['instagram-story'] };
  const small = await smallerPicture(picture, { width: 480, height: 320 });
  await inWorkspace(stage, { kept }, async (workspace) => {
    const photos = [
      ...(await photoInEveryFormat(small)),
      { name: 'figs.heic', mimeType: 'image/heic', buffer: await heicPhoto('fig') },
    ];
    await workspace.add(photos);
    const files = await workspace.export();
    expect(files).toHaveLength(photos.length);
    for (const { name, bytes } of files) {
      const pixels = await pixelsOf(bytes);
      const whole = { left: 0, top: 0, width: small.width, height: small.height };
      if (/figs/.test(name)) {
        expect([pixels.width, pixels.height]).toEqual([180, 120]);
        continue;
      }
      // A GIF has 256 colours; an SVG is drawn larger than the picture inside it.
      const tolerance = /gif/.test(name) ? 9 : 4;
      const expected = await renderWindow(small, whole, { width: pixels.width, height: pixels.height });
      expect(meanDifference(pixels, expected), name).toBeLessThan(tolerance);
    }
  });
});

test('an SVG is drawn anew for each file, and is sharp where its picture would be enlarged', async () => {
  const stripes = Array.from({ length: 30 }, (_, i) => `<rect x="${i * 10 + 0.37}" width="5" height="100"/>`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><rect width="300" height="100" fill="#fff"/>${stripes.join('')}</svg>`;
  const kept: Kept = { specIds: ['instagram-story'], settings: { format: 'png', detection: 'centre' } };
  await inWorkspace(stage, { kept }, async (workspace) => {
    await workspace.add([{ name: 'stripes.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) }]);
    const [file] = await workspace.export();
    if (!file) throw new Error('No file came');
    const pixels = await pixelsOf(file.bytes);
    expect([pixels.width, pixels.height]).toEqual([1080, 1920]);
    const row = Array.from({ length: 1080 }, (_, x) => pixelAt(pixels, x, 900)[0] ?? 0);
    const grey = row.filter((value) => value > 20 && value < 235).length;
    const edges = row.filter((value, x) => value < 128 !== (row[x + 1] ?? value) < 128).length;
    expect(edges).toBeGreaterThan(8);
    expect(grey / edges).toBeLessThanOrEqual(1);
  });
});

test('refuses broken, empty and misnamed files by name and exports the good ones among them', async () => {
  await inWorkspace(stage, { kept: untouched }, async (workspace) => {
    const broken = await brokenFiles();
    const [first, second] = await distinctPhotos(2);
    if (!first || !second) throw new Error('There are no photos');
    await workspace.choose([first, ...broken, second]);
    await workspace.photosAreReady(2);
    const refusals = workspace.refused.getByRole('listitem');
    await expect.poll(() => refusals.count()).toBe(broken.length);
    const reasons = await refusals.allInnerTexts();
    for (const { name } of broken) {
      const reason = reasons.find((words) => words.includes(name)) ?? `nothing about ${name}`;
      expect(reason.replace(name, '').trim().split(/\s+/).length, reason).toBeGreaterThan(2);
    }
    expect(new Set(reasons.map((words) => words.replace(/\S+\.\w+/g, ''))).size).toBeGreaterThan(2);
    const files = await workspace.export();
    expect(files).toHaveLength(2);
  });
});

test('reads a PNG that is named .jpg as what it is, and says so', async () => {
  await inWorkspace(stage, { kept: untouched }, async (workspace) => {
    await workspace.add([await pngNamedJpg()]);
    await workspace.page.getByText(/is a PNG although its name ends in \.jpg/).waitFor();
  });
});

test('a photo that breaks off in the middle is refused by name, whatever its format, and the page goes on', async () => {
  await inWorkspace(stage, { kept: untouched }, async (workspace) => {
    const [good] = await distinctPhotos(1);
    if (!good) throw new Error('There is no photo');
    const truncated = await truncatedPhotos();
    await workspace.choose([...truncated, good]);
    await workspace.photosAreReady(1);
    const refusals = workspace.refused.getByRole('listitem');
    await expect.poll(() => refusals.count()).toBe(truncated.length);
    const reasons = await refusals.allInnerTexts();
    expect(reasons.sort()).toEqual(
      truncated
        .map(({ name }) => `${name} breaks off before its end: it was not copied or downloaded completely.`)
        .sort(),
    );
  });
});

test.each([
  [1, 1],
  [1, 2000],
  [2000, 1],
])('a photo of %i x %i pixels gives every spec its exact size', async (width, height) => {
  const specIds = ['og-image', 'instagram-story'];
  await inWorkspace(stage, { kept: { specIds } }, async (workspace) => {
    await workspace.add([await photoOfSize(width, height)]);
    // Several workers make them, and whichever is done first comes first.
    const sizes = new Set<string>();
    for (const { bytes } of await workspace.export()) {
      const { width, height } = await sharp(bytes).metadata();
      sizes.add(`${width} x ${height}`);
    }
    expect(sizes).toEqual(new Set(['1200 x 630', '1080 x 1920']));
  });
});

test('takes photos that are dropped, also inside a folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'allimgfit-drop-'));
  try {
    const [single, ...inFolder] = await distinctPhotos(3);
    if (!single) throw new Error('There are no photos');
    await writeFile(join(folder, single.name), single.buffer);
    await mkdir(join(folder, 'album'));
    for (const { name, buffer } of inFolder) await writeFile(join(folder, 'album', name), buffer);
    await inWorkspace(stage, { kept: untouched }, async (workspace) => {
      const session = await workspace.page.context().newCDPSession(workspace.page);
      const files = [join(folder, single.name), join(folder, 'album')];
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
        await session.send('Input.dispatchDragEvent', {
          type,
          x: 700,
          y: 400,
          data: { items: [], files, dragOperationsMask: 1 },
        });
      }
      await workspace.photosAreReady(3);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('takes a photo that is pasted', async () => {
  await inWorkspace(stage, { kept: untouched }, async (workspace) => {
    const { page } = workspace;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const { buffer } = await photoOfSize(640, 480);
    await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const png = new Blob([bytes], { type: 'image/png' });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
    }, buffer.toString('base64'));
    await page.keyboard.press('ControlOrMeta+V');
    await workspace.photosAreReady(1);
    await page
      .getByText(/640\s×\s480/)
      .first()
      .waitFor();
  });
});

test('opening photos sends nothing to anybody', async () => {
  await inWorkspace(stage, { kept: untouched }, async (workspace) => {
    const before = workspace.watch.requests.length;
    await workspace.add([await examplePhoto('picos-de-europa'), await examplePhoto('two-dogs-at-a-window')]);
    const later = workspace.watch.requests
      .slice(before)
      .filter((request) => !request.startsWith('GET /assets/'));
    expect(later).toEqual([]);
    await workspace.page.getByText('0 bytes sent').waitFor();
  });
  expect(stage.app.bodiesReceived).toEqual([]);
});

function expectCorners(pixels: Pixels, name: string): void {
  const inner = cornerPx / 2;
  const [right, bottom] = [pixels.width - inner, pixels.height - inner];
  const places = {
    topLeft: [inner, inner],
    topRight: [right, inner],
    bottomLeft: [inner, bottom],
    bottomRight: [right, bottom],
  } as const;
  for (const corner of ['topLeft', 'topRight', 'bottomLeft', 'bottomRight'] as const) {
    const [x, y] = places[corner];
    const seen = pixelAt(pixels, x, y);
    cornerColours[corner].forEach((value, channel) => {
      expect(Math.abs((seen[channel] ?? 0) - value), `${name}, ${corner}: ${seen}`).toBeLessThan(12);
    });
  }
}
