import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { breaksOff } from '../../../client/engine/breaksOff.ts';
import type { ImageFormat } from '../../../client/engine/sniff.ts';
import { encodeBmp } from '../../photos/bmp.ts';
import { heicPhoto } from '../../photos/heic.ts';

const files = new Map<ImageFormat, Buffer>();

beforeAll(async () => {
  const noise = Buffer.from(Array.from({ length: 60 * 40 * 3 }, (_, i) => (i * 37) % 251));
  const image = () => sharp(noise, { raw: { width: 60, height: 40, channels: 3 } });
  files.set('jpeg', await image().jpeg({ progressive: true }).toBuffer());
  files.set('png', await image().png().toBuffer());
  files.set('webp', await image().webp().toBuffer());
  files.set('gif', await image().gif().toBuffer());
  files.set('avif', await image().avif({ effort: 0 }).toBuffer());
  files.set('tiff', await image().tiff({ compression: 'none' }).toBuffer());
  files.set('heic', await heicPhoto('fig'));
  files.set('bmp', encodeBmp(noise, 60, 40));
});

it('a whole file does not, wherever else it is cut off it does', () => {
  for (const [format, file] of files) {
    expect([format, breaksOff(file, format)]).toEqual([format, false]);
    expect([format, breaksOff(Buffer.concat([file, Buffer.alloc(500, 1)]), format)]).toEqual([format, false]);
    // What stands behind the picture (the end of a GIF, notes in a TIFF) is not missed.
    for (const share of format === 'tiff' ? [0.3, 0.6, 0.8] : [0.3, 0.6, 0.9, 0.98]) {
      const cut = file.subarray(0, Math.floor(file.length * share));
      expect([format, share, breaksOff(cut, format)]).toEqual([format, share, true]);
    }
  }
});

it('a JPEG with rubbish between its segments, which browsers skip, does not', () => {
  const jpeg = files.get('jpeg') ?? Buffer.alloc(0);
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
  const dirty = Buffer.concat([jpeg.subarray(0, scan), Buffer.from([1, 2, 3]), jpeg.subarray(scan)]);
  expect(breaksOff(dirty, 'jpeg')).toBe(false);
  expect(breaksOff(dirty.subarray(0, -2), 'jpeg')).toBe(true);
});

it('any bytes have an answer', () => {
  fc.assert(
    fc.property(fc.constantFrom(...files.keys()), fc.uint8Array({ maxLength: 300 }), (format, bytes) => {
      expect(typeof breaksOff(bytes, format)).toBe('boolean');
    }),
  );
});
