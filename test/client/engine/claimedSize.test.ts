import fc from 'fast-check';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { claimedSize } from '../../../client/engine/claimedSize.ts';
import { imageFormats } from '../../../client/engine/sniff.ts';
import { encodeBmp } from '../../photos/bmp.ts';
import { heicPhoto } from '../../photos/heic.ts';
import { encodeJxl } from '../../photos/jxl.ts';

const size = { width: 310, height: 170 };
const picture = sharp({ create: { ...size, channels: 4, background: { r: 90, g: 20, b: 20, alpha: 0.5 } } });

it('is read from the header of every format that has it at a fixed place', async () => {
  expect(claimedSize(await picture.clone().png().toBuffer(), 'png')).toEqual(size);
  expect(claimedSize(await picture.clone().gif().toBuffer(), 'gif')).toEqual(size);
  expect(claimedSize(encodeBmp(Buffer.alloc(310 * 170 * 3), 310, 170), 'bmp')).toEqual(size);
});

it('is read from all three kinds of WebP', async () => {
  const lossy = await picture.clone().flatten().webp({ quality: 50 }).toBuffer();
  const lossless = await picture.clone().webp({ lossless: true }).toBuffer();
  const extended = await picture.clone().webp({ quality: 50 }).toBuffer();
  expect([lossy, lossless, extended].map((bytes) => bytes.toString('latin1', 12, 16))).toEqual([
    'VP8 ',
    'VP8L',
    'VP8X',
  ]);
  for (const bytes of [lossy, lossless, extended]) expect(claimedSize(bytes, 'webp')).toEqual(size);
});

it('is found in a JPEG behind its metadata, baseline or progressive', async () => {
  const image = picture.clone().flatten();
  expect(claimedSize(await image.clone().jpeg().toBuffer(), 'jpeg')).toEqual(size);
  expect(claimedSize(await image.clone().jpeg({ progressive: true }).toBuffer(), 'jpeg')).toEqual(size);
  const withProfile = image.clone().jpeg().withMetadata({ orientation: 6, icc: 'p3' });
  expect(claimedSize(await withProfile.toBuffer(), 'jpeg')).toEqual(size);
});

it('is not mistaken for the tables that may stand before it', () => {
  const segment = (marker: number, ...body: number[]) => [0xff, marker, 0, body.length + 2, ...body];
  const tables = segment(0xc4, 8, 0, 9, 0, 9, 1, 1, 1);
  const frame = segment(0xc0, 8, 0, 170, 1, 54, 1, 1, 0x11, 0);
  const bytes = Uint8Array.from([0xff, 0xd8, ...tables, 0xff, ...frame]);
  expect(claimedSize(bytes, 'jpeg')).toEqual(size);
});

it('is read from TIFF, HEIC and JPEG XL', async () => {
  expect(claimedSize(await picture.clone().tiff().toBuffer(), 'tiff')).toEqual(size);
  expect(claimedSize(await heicPhoto('fig'), 'heic')).toEqual({ width: 180, height: 120 });
  for (const [width, height] of [
    [310, 170],
    [64, 48],
    [300, 200],
    [256, 256],
    [1, 700],
  ] as const) {
    const png = await picture.clone().resize(width, height, { fit: 'fill' }).png().toBuffer();
    expect(claimedSize(await encodeJxl(png), 'jxl')).toEqual({ width, height });
  }
});

it('is null or positive for any bytes, and never throws', () => {
  fc.assert(
    fc.property(fc.constantFrom(...imageFormats), fc.uint8Array({ maxLength: 200 }), (format, bytes) => {
      const claimed = claimedSize(bytes, format);
      if (claimed) expect(Math.min(claimed.width, claimed.height)).toBeGreaterThan(0);
    }),
    { numRuns: 2000 },
  );
});
