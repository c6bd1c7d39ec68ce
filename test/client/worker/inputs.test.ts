/** Photos that the browser cannot read: each is decoded in the real worker and must show what libvips shows. */
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Size } from '../../../client/engine/geometry.ts';
import { inAdobeRgb } from '../../photos/adobeRgb.ts';
import { heicPhoto, turnedHeic } from '../../photos/heic.ts';
import { encodeJxl } from '../../photos/jxl.ts';
import { examplePhoto, markedPicture, type Pixels, pixelsOf } from '../../photos/photos.ts';
import { differenceOf, orderFor, orientations } from './trialOrders.ts';
import { bytesOf, openTrial } from './workerTrial.ts';

declare const trial: typeof import('./workerPage.ts');

const size = { width: 180, height: 120 };
const square = { width: 120, height: 120 };

const tiffs: Record<string, (image: Sharp) => Sharp> = {
  plain: (image) => image.tiff({ compression: 'none' }),
  lzw: (image) => image.tiff({ compression: 'lzw', predictor: 'none' }),
  'lzw in differences': (image) => image.tiff({ compression: 'lzw', predictor: 'horizontal' }),
  deflate: (image) => image.tiff({ compression: 'deflate', predictor: 'horizontal' }),
  packbits: (image) => image.tiff({ compression: 'packbits' }),
  jpeg: (image) => image.tiff({ compression: 'jpeg', quality: 95 }),
  tiles: (image) => image.tiff({ compression: 'lzw', tile: true, tileWidth: 64, tileHeight: 48 }),
  'jpeg tiles': (image) =>
    image.tiff({ compression: 'jpeg', quality: 95, tile: true, tileWidth: 64, tileHeight: 48 }),
  '16 bits': (image) => image.toColourspace('rgb16').tiff({ compression: 'lzw', predictor: 'horizontal' }),
  grey: (image) => image.greyscale().tiff({ compression: 'deflate' }),
  'grey of 16 bits': (image) => image.toColourspace('grey16').tiff({ compression: 'none' }),
  'grey of 4 bits': (image) => image.toColourspace('b-w').tiff({ compression: 'none', bitdepth: 4 }),
  'black and white': (image) =>
    image.threshold(90).toColourspace('b-w').tiff({ compression: 'none', bitdepth: 1 }),
  'display p3': (image) => image.withIccProfile('p3').tiff({ compression: 'lzw' }),
};

const trialRun = openTrial(async () => {
  const { buffer } = await examplePhoto('fig-in-a-red-bowl');
  const fig = () => sharp(buffer).resize(size);
  const cutOut = await sharp(buffer)
    .resize(square)
    .composite([{ input: disc, blend: 'dest-in' }])
    .png()
    .toBuffer();
  const made = Object.entries(tiffs).map(
    async ([name, encode]) => [`/${name}.tif`, await encode(fig()).toBuffer()] as const,
  );
  const { data, width, height } = await markedPicture();
  const marked = sharp(data, { raw: { width, height, channels: 3 } }).resize(240, 160);
  const turned = orientations.map(async (orientation) => {
    const tiff = marked.clone().tiff({ compression: 'lzw' }).withMetadata({ orientation });
    return [`/turned ${orientation}.tif`, await tiff.toBuffer()] as const;
  });
  return {
    ...Object.fromEntries(await Promise.all([...made, ...turned])),
    '/adobe rgb.tif': await inAdobeRgb(fig().tiff({ compression: 'lzw' })),
    '/cmyk.tif': await fig().toColourspace('cmyk').tiff({ compression: 'lzw' }).toBuffer(),
    '/lab.tif': await fig().toColourspace('lab').tiff({ compression: 'none' }).toBuffer(),
    '/big.tif': await fig().tiff({ compression: 'none', bigtiff: true }).toBuffer(),
    '/fax.tif': await fig()
      .threshold(90)
      .toColourspace('b-w')
      .tiff({ compression: 'ccittfax4', bitdepth: 1 })
      .toBuffer(),
    '/cut out.tif': await sharp(cutOut).tiff({ compression: 'lzw' }).toBuffer(),
    '/cut out.png': cutOut,
    '/fig.png': await fig().png().toBuffer(),
    '/fig.heic': await heicPhoto('fig'),
    '/p3.heic': await heicPhoto('fig-in-p3'),
    '/cut out.heic': await heicPhoto('cut-out'),
    '/quarter.heic': await turnedHeic({ quarters: 3, isMirrored: false }),
    '/mirrored.heic': await turnedHeic({ quarters: 1, isMirrored: true }),
    '/fig.jxl': await encodeJxl(await fig().png().toBuffer()),
    '/cut out.jxl': await encodeJxl(cutOut),
  };
});

const disc = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="120"><circle cx="60" cy="60" r="50"/></svg>',
);

async function exported(url: string, photo: Size): Promise<Pixels> {
  const results = await trialRun.export(url, [orderFor(photo, photo)]);
  return pixelsOf(bytesOf(results[0]));
}

async function fileAt(url: string): Promise<Buffer> {
  return Buffer.from(await trialRun.page.evaluate((address) => trial.base64At(address), url), 'base64');
}

/** Over green, so that what is transparent shows. */
async function overGreen({ data, width, height }: Pixels): Promise<Pixels> {
  const image = sharp(data, { raw: { width, height, channels: 4 } }).flatten({ background: '#0f0' });
  return pixelsOf(await image.png().toBuffer());
}

describe('TIFF', () => {
  it.each([...Object.keys(tiffs), 'adobe rgb'])('%s shows what libvips shows', async (name) => {
    const url = `/${name}.tif`;
    expect(differenceOf(await exported(url, size), await pixelsOf(await fileAt(url)))).toBeLessThan(1);
  });

  it.each(orientations)('orientation %i is obeyed', async (orientation) => {
    const url = `/turned ${orientation}.tif`;
    const truth = await pixelsOf(await fileAt(url));
    expect(differenceOf(await exported(url, truth), truth)).toBeLessThan(0.5);
  });

  it('inks become colours', async () => {
    const truth = await pixelsOf(await fileAt('/cmyk.tif'));
    expect(differenceOf(await exported('/cmyk.tif', size), truth)).toBeLessThan(35);
  });

  it('what is transparent stays so', async () => {
    const seen = await overGreen(await exported('/cut out.tif', square));
    expect(differenceOf(seen, await overGreen(await pixelsOf(await fileAt('/cut out.png'))))).toBeLessThan(1);
  });

  it.each([
    ['/lab.tif', 'lab.tif is a TIFF in the colours CIELab, which All Img Fit cannot read'],
    ['/big.tif', 'big.tif is a TIFF of the kind BigTIFF'],
    ['/fax.tif', 'fax.tif is a TIFF with fax compression'],
  ])('%s is refused by name', async (url, words) => {
    await expect(exported(url, size)).rejects.toThrow(words);
  });
});

describe('HEIC', () => {
  it.each(['/fig.heic', '/p3.heic'])('%s shows what it was made of', async (url) => {
    const truth = await pixelsOf(await fileAt('/fig.png'));
    expect(differenceOf(await exported(url, size), truth)).toBeLessThan(4);
  });

  it('turns and mirrors are obeyed', async () => {
    const fig = sharp(await fileAt('/fig.png'));
    const upright = { width: size.height, height: size.width };
    const quarter = await pixelsOf(await fig.clone().rotate(90).png().toBuffer());
    expect(differenceOf(await exported('/quarter.heic', upright), quarter)).toBeLessThan(4);
    const turned = await fig.clone().rotate(270).png().toBuffer();
    const mirrored = await pixelsOf(await sharp(turned).flop().png().toBuffer());
    expect(differenceOf(await exported('/mirrored.heic', upright), mirrored)).toBeLessThan(4);
  });

  it('what is transparent stays so', async () => {
    const seen = await overGreen(await exported('/cut out.heic', square));
    expect(differenceOf(seen, await overGreen(await pixelsOf(await fileAt('/cut out.png'))))).toBeLessThan(4);
  });
});

describe('JPEG XL', () => {
  it('shows what it was made of, and what is transparent stays so', async () => {
    const truth = await pixelsOf(await fileAt('/fig.png'));
    expect(differenceOf(await exported('/fig.jxl', size), truth)).toBeLessThan(4);
    const seen = await overGreen(await exported('/cut out.jxl', square));
    expect(differenceOf(seen, await overGreen(await pixelsOf(await fileAt('/cut out.png'))))).toBeLessThan(4);
  });
});

it('opening gives preview and notes', async () => {
  const opened = await trialRun.page.evaluate(() => trial.open('/cmyk.tif'));
  expect(opened).toMatchObject({ photo: size, preview: [180, 120] });
  expect(opened.note).toContain('CMYK');
});

it('each decoder came alone, from our own origin', () => {
  const decoders = trialRun.requested.filter((path) => /libheif|jxl_dec|heic-|jxl-|tiff-/.test(path));
  // Several workers may have asked for the same.
  expect([...new Set(decoders.map((path) => path.replace(/-[A-Z0-9]+\./, '.')))].sort()).toEqual([
    '/heic.js',
    '/jxl.js',
    '/jxl_dec.wasm',
    '/libheif.js',
    '/libheif.wasm',
    '/tiff.js',
  ]);
});

describe('whatever the bytes behind a sound beginning', () => {
  it.each(['/fig.heic', '/fig.jxl', '/lzw.tif', '/deflate.tif', '/jpeg.tif'])(
    '%s with damage ends in a file or in a sentence',
    async (url) => {
      const seeds = [1, 2, 3, 4, 5, 6];
      const answers = await trialRun.page.evaluate(
        ([address, numbers]) => Promise.all(numbers.map((seed) => trial.openDamaged(address, seed))),
        [url, seeds] as const,
      );
      for (const answer of answers) expect(answer).toMatch(/^(opened|damaged\.\w+ .+\.)$/);
    },
  );
});

it('the console stayed silent', () => {
  // libheif says itself what it found damaged.
  expect(
    trialRun.complaints.filter(
      (words) =>
        !/^(Decoding image failed|Could not parse HEIF|Error loading image ids|No images found|Could not get image)/.test(
          words,
        ),
    ),
  ).toEqual([]);
});

it('without its decoder a photo is refused in a sentence that says so', async () => {
  trialRun.withhold(/libheif.*wasm|jxl-/);
  const order = orderFor(size, size);
  const worker = '/pixels.js?fresh';
  await expect(trialRun.export('/fig.heic', [order], { worker })).rejects.toThrow(
    /fig\.heic is a HEIC file, and the decoder for it could not be loaded .*Connect once/,
  );
  await expect(trialRun.export('/fig.jxl', [order], { worker })).rejects.toThrow(
    /fig\.jxl is a JPEG XL file, and the decoder for it could not be loaded/,
  );
});
