/** The three paths from a file to pixels: each is forced, and must show what libvips and lcms show. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { planDraw } from '../../../client/engine/drawPlan.ts';
import { centre, type Size } from '../../../client/engine/geometry.ts';
import type { FileOrder } from '../../../client/worker/messages.ts';
import { paths } from '../../../client/worker/paths.ts';
import { adobeRgbProfile } from '../../photos/adobeRgb.ts';
import {
  cutOutPhoto,
  examplePhoto,
  markedPicture,
  type Pixels,
  photoOfSize,
  pixelsOf,
  turnedPhoto,
} from '../../photos/photos.ts';
import { differenceOf, truthFor } from './pictureTruth.ts';
import { bytesOf, openTrial } from './workerTrial.ts';

const orientations = [1, 2, 3, 4, 5, 6, 7, 8];

const trialRun = openTrial(async () => {
  const { buffer } = await examplePhoto('fig-in-a-red-bowl');
  const photo = () => sharp(buffer).resize(451, 301);
  const marked = await markedPicture();
  const stored = (name: string) => readFile(new URL(`../../photos/${name}`, import.meta.url));
  const turned = orientations.map(
    async (n) => [`/turned-${n}.jpg`, (await turnedPhoto(marked, n)).buffer] as const,
  );
  return {
    '/4-2-0.jpg': await photo().jpeg({ quality: 92 }).toBuffer(),
    '/4-4-4.jpg': await photo().jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer(),
    '/4-2-2.jpg': await stored('chroma-4-2-2.jpg'),
    '/4-1-1.jpg': await stored('chroma-4-1-1.jpg'),
    '/4-4-0.jpg': await stored('chroma-4-4-0.jpg'),
    '/grey.jpg': await photo().grayscale().jpeg({ quality: 92 }).toBuffer(),
    '/progressive.jpg': await photo().jpeg({ quality: 92, progressive: true }).toBuffer(),
    '/p3.jpg': await photo().withIccProfile('p3').jpeg({ quality: 92 }).toBuffer(),
    '/p3.png': await photo().withIccProfile('p3').png().toBuffer(),
    '/adobe-rgb.jpg': await inAdobeRgb(photo()),
    '/cmyk.jpg': await photo().toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 92 }).toBuffer(),
    '/16-bit.png': await photo().toColourspace('rgb16').png().toBuffer(),
    '/photo.webp': await photo().webp({ quality: 92 }).toBuffer(),
    '/photo.avif': await photo().avif({ quality: 80, effort: 0 }).toBuffer(),
    '/photo.gif': await photo().gif().toBuffer(),
    '/cut-out.png': (await cutOutPhoto()).buffer,
    '/cut-off.jpg': buffer.subarray(0, 20_000),
    '/1x1.png': (await photoOfSize(1, 1)).buffer,
    '/1x20000.png': (await photoOfSize(1, 20_000)).buffer,
    '/20000x1.png': (await photoOfSize(20_000, 1)).buffer,
    '/checks.png': await checks(400),
    ...Object.fromEntries(await Promise.all(turned)),
  };
});

/** The file as the browser got it. */
async function fileAt(url: string): Promise<Buffer> {
  const base64 = await trialRun.page.evaluate((address) => trial.base64At(address), url);
  return Buffer.from(base64, 'base64');
}

declare const trial: typeof import('./workerPage.ts');

async function inAdobeRgb(image: Sharp): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'all-img-fit-icc-'));
  try {
    const profile = path.join(folder, 'adobe.icc');
    await writeFile(profile, adobeRgbProfile());
    return await image.withIccProfile(profile).jpeg({ quality: 92 }).toBuffer();
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Black and white pixels in turn: half of the light, but no pixel of half brightness. */
function checks(side: number): Promise<Buffer> {
  const pixels = Buffer.from(
    Array.from({ length: side * side }, (_, i) => (((i % side) + Math.floor(i / side)) % 2) * 255),
  );
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer();
}

/** The whole photo, stretched to that size, as PNG: what came out is then exactly what was drawn. */
function orderFor(photo: Size, spec: Size, format: FileOrder['format'] = 'png'): FileOrder {
  const fit = { mode: 'stretch', enlarge: true, background: { kind: 'transparent' } } as const;
  const plan = planDraw({ photo, spec, fit, focal: centre, pinned: null, format });
  return { key: 0, plan, format, quality: 0.9 };
}

async function exportBy(how: string, url: string, order: FileOrder, isLinear = false): Promise<Pixels> {
  const worker = `/pixels.js?paths=${how}`;
  return pixelsOf(bytesOf((await trialRun.export(url, [order], { worker, isLinear }))[0]));
}

/** The file, upright and resized by libvips. */
async function resized(url: string, { width, height }: Size): Promise<Buffer> {
  const image = sharp(await fileAt(url))
    .autoOrient()
    .toColourspace('srgb');
  return image.resize(width, height, { fit: 'fill', kernel: 'lanczos3' }).png().toBuffer();
}

const files = [
  '/4-2-0.jpg',
  '/4-4-4.jpg',
  '/4-2-2.jpg',
  '/4-1-1.jpg',
  '/4-4-0.jpg',
  '/grey.jpg',
  '/progressive.jpg',
  '/p3.jpg',
  '/p3.png',
  '/adobe-rgb.jpg',
  '/16-bit.png',
  '/photo.webp',
  '/photo.avif',
  '/photo.gif',
];

describe.each(paths)('by the path "%s"', (how) => {
  it.each(files)('%s shows what libvips shows', async (url) => {
    const file = await fileAt(url);
    const { width, height } = await pixelsOf(file);
    for (const scale of [1.4, 3.3]) {
      const target = { width: Math.round(width / scale), height: Math.round(height / scale) };
      const drawn = await exportBy(how, url, orderFor({ width, height }, target));
      // Decoders differ in how they make chroma finer; a wrong matrix, profile or place makes 3 and more.
      expect(differenceOf(drawn, await truthFor(file, target))).toBeLessThan(1);
    }
  });

  it.each(orientations)('orientation %i is obeyed', async (orientation) => {
    const target = { width: 241, height: 161 };
    const order = orderFor({ width: 1200, height: 800 }, target);
    const drawn = await exportBy(how, `/turned-${orientation}.jpg`, order);
    const same = await exportBy(how, '/turned-1.jpg', order);
    expect(differenceOf(drawn, same)).toBeLessThan(0.7);
    expect(differenceOf(drawn, await pixelsOf(await resized('/turned-1.jpg', target)))).toBeLessThan(1.5);
  });

  it('transparent pixels lend no colour to their neighbours', async () => {
    const target = { width: 170, height: 130 };
    const drawn = await exportBy(how, '/cut-out.png', orderFor({ width: 600, height: 600 }, target));
    const truth = await pixelsOf(await resized('/cut-out.png', target));
    const shown = (pixels: Pixels) =>
      sharp(pixels.data, { raw: { ...target, channels: 4 } })
        .flatten({ background: '#0f0' })
        .png()
        .toBuffer()
        .then(pixelsOf);
    expect(differenceOf(await shown(drawn), await shown(truth))).toBeLessThan(0.6);
  });

  it.each([
    ['/1x1.png', { width: 1, height: 1 }],
    ['/1x20000.png', { width: 1, height: 20_000 }],
    ['/20000x1.png', { width: 20_000, height: 1 }],
  ])('%s can be made 30 x 20', async (url, size) => {
    const target = { width: 30, height: 20 };
    const drawn = await exportBy(how, url, orderFor(size, target));
    expect(differenceOf(drawn, await truthFor(await fileAt(url), target))).toBeLessThan(1);
  });

  it('a file that is cut off is refused in words', async () => {
    const order = orderFor({ width: 100, height: 100 }, { width: 10, height: 10 });
    await expect(exportBy(how, '/cut-off.jpg', order)).rejects.toThrow('damaged or cut off');
  });

  it('CMYK comes as the browser shows it', async () => {
    const order = orderFor({ width: 451, height: 301 }, { width: 137, height: 91 });
    const drawn = await exportBy(how, '/cmyk.jpg', order);
    expect(differenceOf(drawn, await exportBy('bitmap', '/cmyk.jpg', order))).toBeLessThan(0.5);
    // Chromium reads the profile of inks in its own way, about 15 from what lcms makes of it; unread it would be 40.
    expect(differenceOf(drawn, await pixelsOf(await resized('/cmyk.jpg', order.plan.output)))).toBeLessThan(
      20,
    );
  });

  it('fine black and white turns grey as bright bytes go, or as bright as light goes when asked', async () => {
    const order = orderFor({ width: 400, height: 400 }, { width: 100, height: 100 });
    const middle = ({ data, width, channels }: Pixels) => data[(50 * width + 50) * channels] ?? 0;
    expect(Math.abs(middle(await exportBy(how, '/checks.png', order)) - 128)).toBeLessThanOrEqual(1);
    expect(Math.abs(middle(await exportBy(how, '/checks.png', order, true)) - 188)).toBeLessThanOrEqual(1);
  });

  it('linear light leaves transparency and flat colours alone', async () => {
    const order = orderFor({ width: 600, height: 600 }, { width: 300, height: 300 });
    const [plain, linear] = [
      await exportBy(how, '/cut-out.png', order),
      await exportBy(how, '/cut-out.png', order, true),
    ];
    expect(differenceOf(plain, linear)).toBeLessThan(2);
    expect(
      Math.max(
        ...plain.data
          .filter((_, i) => i % 4 === 3)
          .map((alpha, i) => Math.abs(alpha - (linear.data[i * 4 + 3] ?? 0))),
      ),
    ).toBe(0);
  });
});

describe('the path is chosen by the file', () => {
  const target = { width: 301, height: 211 };
  const order = orderFor({ width: 451, height: 301 }, target);

  it('only a JPEG in sRGB or Display P3 is read as planes', async () => {
    for (const [url, isPlanes] of [
      ['/4-2-0.jpg', true],
      ['/grey.jpg', true],
      ['/p3.jpg', true],
      ['/adobe-rgb.jpg', false],
      ['/cmyk.jpg', false],
      ['/photo.webp', false],
      ['/photo.avif', false],
    ] as const) {
      const [best, second] = [
        await exportBy('planes,frame', url, order),
        await exportBy('frame', url, order),
      ];
      expect([url, best.data.equals(second.data)]).toEqual([url, !isPlanes]);
    }
  });

  it.each(['/4-2-0.jpg', '/turned-6.jpg', '/p3.jpg', '/16-bit.png'])(
    '%s makes the same files from the frame of another worker',
    async (url) => {
      const own = await trialRun.export(url, [order]);
      const shared = await trialRun.export(url, [order], { isFrameShared: true });
      expect(bytesOf(shared[0]).equals(bytesOf(own[0]))).toBe(true);
    },
  );

  it('a browser without WebCodecs, or whose frames lie about their colours, reads bitmaps', async () => {
    const found = await trialRun.page.evaluate(() => trial.findPathsIn());
    expect(found).toEqual({
      here: [...paths],
      without: ['bitmap'],
      swapped: ['bitmap'],
      unturned: ['bitmap'],
    });
  });
});

describe('chroma', () => {
  /** 4:2:0 JPEGs, drawn where the pairs of pixels begin at odd places and the photo lies turned. */
  it.each(orientations)(
    'keeps its place in orientation %i, at odd places of the output',
    async (orientation) => {
      const fit = {
        mode: 'contain',
        enlarge: false,
        background: { kind: 'colour', colour: '#808080' },
      } as const;
      const spec = { width: 331, height: 215 };
      const plan = planDraw({
        photo: { width: 1200, height: 800 },
        spec,
        fit,
        focal: centre,
        pinned: null,
        format: 'jpeg',
      });
      const order: FileOrder = { key: 0, plan, format: 'jpeg', quality: 0.95 };
      const url = `/turned-${orientation}.jpg`;
      const [planes, bitmap] = [await exportBy('planes', url, order), await exportBy('bitmap', url, order)];
      const exact = await exportBy('bitmap', url, { ...order, format: 'png' });
      expect(differenceOf(planes, exact)).toBeLessThan(differenceOf(bitmap, exact) + 0.25);
    },
  );
});
