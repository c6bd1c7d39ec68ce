import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readFileFacts } from '../../../client/engine/headers/readFile.ts';
import { type RgbaPixels, writePng } from '../../../client/worker/pngWriter.ts';
import { examplePhoto } from '../../photos/photos.ts';

/** A picture whose pixel at x, y is what `colour` says, red, green, blue, alpha. */
function paint(width: number, height: number, colour: (x: number, y: number) => number[]): RgbaPixels {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.set(colour(x, y), 4 * (y * width + x));
  }
  return { data, width, height };
}

async function decode(png: Uint8Array): Promise<RgbaPixels> {
  const { data, info } = await sharp(png)
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}

/** IHDR's bit depth and colour type. */
function kindOf(png: Uint8Array): [number, number] {
  return [png[24] ?? 0, png[25] ?? 0];
}

async function photo(width: number, height: number): Promise<RgbaPixels> {
  const { buffer } = await examplePhoto('fig-in-a-red-bowl');
  const image = sharp(buffer).resize(width, height, { fit: 'fill' }).ensureAlpha();
  return { data: new Uint8Array(await image.raw().toBuffer()), width, height };
}

const grey = (value: number, alpha = 255) => [value, value, value, alpha];

describe('the smallest layout that is exact is taken', () => {
  it.each<[string, RgbaPixels, [number, number]]>([
    ['two colours: one bit', paint(13, 5, (x) => (x % 3 ? [200, 10, 10, 255] : [0, 0, 90, 255])), [1, 3]],
    ['four colours: two bits', paint(13, 5, (x) => [40 * (x % 4), 0, 9, 255]), [2, 3]],
    ['sixteen colours: four bits', paint(17, 5, (x) => [0, 9 * (x % 16), 9, 255]), [4, 3]],
    ['256 colours: a byte', paint(256, 3, (x) => [x, 255 - x, 9, 255]), [8, 3]],
    ['257 colours: RGB', paint(257, 3, (x, y) => [x & 255, x === 256 ? y : 7, 9, 255]), [8, 2]],
    ['a palette with transparency', paint(40, 3, (x) => [9, 9, 200, x * 6]), [8, 3]],
    ['a few greys: a palette of four bits', paint(40, 3, (x) => grey(9 * (x % 9))), [4, 3]],
    ['many greys: grey', paint(256, 3, (x) => grey(x)), [8, 0]],
    ['grey with more than 256 shades of clear', paint(256, 3, (x, y) => grey(x, 100 + y)), [8, 4]],
    ['colours and transparency', paint(256, 3, (x, y) => [x, 255 - x, 0, 100 + y]), [8, 6]],
    ['one pixel', paint(1, 1, () => [1, 2, 3, 4]), [1, 3]],
  ])('%s', async (_name, pixels, kind) => {
    const png = await writePng(pixels);
    expect(kindOf(png)).toEqual(kind);
    expect(await decode(png)).toEqual(pixels);
    expect(readFileFacts(png)).toMatchObject({ format: 'png', isWhole: true, bytes: png.length });
  });
});

it('any pixels come back from sharp as they were', async () => {
  const side = fc.integer({ min: 1, max: 24 });
  const values = fc.constantFrom(
    [0, 255],
    [0, 1, 254, 255],
    Array.from({ length: 256 }, (_, i) => i),
  );
  await fc.assert(
    fc.asyncProperty(side, side, values, fc.infiniteStream(fc.nat()), async (width, height, from, stream) => {
      const next = () => from[(stream.next().value ?? 0) % from.length] ?? 0;
      const pixels = paint(width, height, () => [next(), next(), next(), next()]);
      expect(await decode(await writePng(pixels))).toEqual(pixels);
    }),
    { numRuns: 150 },
  );
});

it('pixels that lie anywhere in a buffer are read where they lie', async () => {
  const { data, width, height } = paint(9, 9, (x, y) => [x, y, 7, 255]);
  const wider = new Uint8Array(data.length + 3);
  wider.set(data, 3);
  expect(await decode(await writePng({ data: wider.subarray(3), width, height }))).toEqual({
    data,
    width,
    height,
  });
});

describe('is small', () => {
  it('a photo: within 3 % of zlib’s own best with every filter', async () => {
    const pixels = await photo(400, 270);
    const png = await writePng(pixels);
    expect(kindOf(png)).toEqual([8, 2]);
    expect(await decode(png)).toEqual(pixels);
    const raw = { width: 400, height: 270, channels: 4 } as const;
    const bySharp = await sharp(pixels.data, { raw })
      .removeAlpha()
      .png({ adaptiveFiltering: true })
      .toBuffer();
    expect(png.length).toBeLessThan(1.03 * bySharp.length);
  });

  it('a drawing: smaller without filters than with them', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512"><rect width="512" height="512" fill="#0a4"/>' +
      '<circle cx="256" cy="256" r="180" fill="#fd0"/><text x="90" y="290" font-size="90">All Img Fit</text></svg>';
    const image = sharp(Buffer.from(svg)).ensureAlpha();
    const pixels = { data: new Uint8Array(await image.clone().raw().toBuffer()), width: 512, height: 512 };
    const png = await writePng(pixels);
    expect(await decode(png)).toEqual(pixels);
    expect(png.length).toBeLessThan((await image.clone().png({ adaptiveFiltering: true }).toBuffer()).length);
  });
});
