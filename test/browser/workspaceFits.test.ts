import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { cutOutPhoto, distinctPhotos, examplePhoto, type Pixels, pixelsOf } from '../photos/photos.ts';
import { cropWindow, meanDifference, pixelAt, renderWindow, type Size, tolerance } from './comparePixels.ts';
import { specOf } from './specOf.ts';
import { openStage } from './stage.ts';
import type { ZipEntry } from './unzip.ts';
import { inWorkspace } from './workspacePage.ts';

const stage = openStage();
const centre = { x: 0.5, y: 0.5 };

describe('formats', () => {
  test.each(['jpeg', 'png', 'webp'] as const)('%s is written when it is asked for', async (format) => {
    const kept = { specIds: ['og-image'], settings: { format, detection: 'centre' as const } };
    await inWorkspace(stage, { kept }, async (workspace) => {
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
      await inWorkspace(stage, { kept }, async (workspace) => {
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
      await inWorkspace(stage, { kept }, async (workspace) => {
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
    await inWorkspace(stage, { kept }, async (workspace) => {
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
      await inWorkspace(stage, { kept }, async (workspace) => {
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
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page } = workspace;
    const photo = await examplePhoto('fig-in-a-red-bowl');
    const source = await pixelsOf(photo.buffer);
    await workspace.add([photo]);

    const spec = specOf('-og-image-');
    await page.getByRole('button', { name: `Options for ${spec.group}, ${spec.name}` }).click();
    await page.getByRole('checkbox', { name: /^Own crop/ }).check();
    await page.keyboard.press('Escape');
    const frame = page.getByRole('group', { name: `${spec.group}, ${spec.name}` });
    for (let time = 0; time < 5; time++) await frame.press('+');
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

function size(width: number, height: number): Size {
  return { width, height };
}

function only(files: ZipEntry[]): ZipEntry {
  const [file, ...others] = files;
  if (!file || others.length > 0) throw new Error(`${files.length} files instead of one`);
  return file;
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
