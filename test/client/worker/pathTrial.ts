/** What the tests of the three paths share: photos of every kind, exports by a path, and what libvips makes of the same. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Size } from '../../../client/engine/geometry.ts';
import type { FileOrder } from '../../../client/worker/messages.ts';
import { inAdobeRgb } from '../../photos/adobeRgb.ts';
import {
  cutOutPhoto,
  examplePhoto,
  markedPicture,
  type Pixels,
  photoOfSize,
  pixelsOf,
  turnedPhoto,
} from '../../photos/photos.ts';
import { resizeByLanczos } from './lanczos.ts';
import { orientations } from './trialOrders.ts';
import { bytesOf, openTrial, type Trial } from './workerTrial.ts';

export const trialRun: Trial = openTrial(async () => {
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
    '/adobe-rgb.jpg': await inAdobeRgb(photo().jpeg({ quality: 92 })),
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
export async function fileAt(url: string): Promise<Buffer> {
  const base64 = await trialRun.page.evaluate((address) => trial.base64At(address), url);
  return Buffer.from(base64, 'base64');
}

declare const trial: typeof import('./workerPage.ts');

/** Black and white pixels in turn: half of the light, but no pixel of half brightness. */
function checks(side: number): Promise<Buffer> {
  const pixels = Buffer.from(
    Array.from({ length: side * side }, (_, i) => (((i % side) + Math.floor(i / side)) % 2) * 255),
  );
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer();
}

export async function exportBy(
  how: string,
  url: string,
  order: FileOrder,
  isLinear = false,
): Promise<Pixels> {
  const worker = `/pixels.js?paths=${how}`;
  return pixelsOf(bytesOf((await trialRun.export(url, [{ ...order, isLinear }], { worker }))[0]));
}

/** What libvips decodes, in sRGB by lcms and upright, resized in floating point; opaque pictures only. */
export async function truthFor(file: Buffer, target: Size): Promise<Pixels> {
  const { data, width, height, channels } = await pixelsOf(file);
  const out = Buffer.alloc(target.width * target.height * 3);
  for (const channel of [0, 1, 2]) {
    const place = channels < 3 ? 0 : channel;
    const values = Uint8Array.from({ length: width * height }, (_, i) => data[i * channels + place] ?? 0);
    const resized = resizeByLanczos({ width, height, values }, { x: 0, y: 0, width, height }, target);
    for (const [i, value] of resized.entries())
      out[i * 3 + channel] = Math.min(255, Math.max(0, Math.round(value)));
  }
  return { ...target, data: out, channels: 3 };
}

/** The file, upright and resized by libvips. */
export async function resized(url: string, { width, height }: Size): Promise<Buffer> {
  const image = sharp(await fileAt(url))
    .autoOrient()
    .toColourspace('srgb');
  return image.resize(width, height, { fit: 'fill', kernel: 'lanczos3' }).png().toBuffer();
}
