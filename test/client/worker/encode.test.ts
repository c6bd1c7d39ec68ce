/** The encoders in a real browser, under the project's content security policy; sharp opens what they make. */
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noMetadata } from '../../../client/engine/headers/fileFacts.ts';
import { readFileFacts } from '../../../client/engine/headers/readFile.ts';
import type { EncodeOrder } from '../../../client/worker/encode.ts';
import type { MadeFile } from './encodePage.ts';
import { type EncodeStage, openEncodeStage } from './encodeStage.ts';

/** The module that the page has loaded under this name. */
declare const trial: typeof import('./encodePage.ts');

const size = { width: 640, height: 433 };

let stage: EncodeStage;
let page: Page;

beforeAll(async () => {
  stage = await openEncodeStage();
  page = stage.page;
});

afterAll(async () => {
  await stage?.browser.close();
});

const usual: EncodeOrder = { format: 'jpeg', quality: 85, chroma: 'half', isSmallest: false };

async function make(
  order: Partial<EncodeOrder>,
  url = '/fig.jpg',
  on = page,
): Promise<MadeFile & { bytes: Buffer }> {
  const made = await on.evaluate(([from, at, wanted]) => trial.make(from, at, wanted), [
    url,
    size,
    { ...usual, ...order },
  ] as const);
  return { ...made, bytes: Buffer.from(made.base64, 'base64') };
}

/** Mean difference of a channel between two files, 0..255. */
async function difference(a: Buffer, b: Buffer): Promise<number> {
  const [one, other] = await Promise.all([a, b].map((file) => sharp(file).ensureAlpha().raw().toBuffer()));
  if (!one || !other || one.length !== other.length) return Infinity;
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length;
}

async function canvasPng(url = '/fig.jpg'): Promise<Buffer> {
  return Buffer.from(
    await page.evaluate(([from, at]) => trial.makeCanvasPng(from, at), [url, size] as const),
    'base64',
  );
}

describe('each format', () => {
  it.each([
    ['jpeg', { format: 'jpeg' }, 'browser', 4],
    ['smallest jpeg', { format: 'jpeg', isSmallest: true }, 'mozjpeg', 4],
    ['png', { format: 'png' }, 'All Img Fit', 0],
    ['webp', { format: 'webp' }, 'browser', 4],
    ['avif', { format: 'avif' }, 'libaom', 4],
  ] as const)(
    '%s is what it says, whole, without metadata, and shows the picture',
    async (_name, order, encoder, most) => {
      const file = await make(order);
      expect(file.encoder).toBe(encoder);
      expect(readFileFacts(file.bytes)).toMatchObject({
        format: order.format,
        stored: size,
        orientation: 1,
        hasAlpha: false,
        isWhole: true,
        metadata: noMetadata,
      });
      expect([null, 'sRGB']).toContain(readFileFacts(file.bytes)?.profile);
      expect(await difference(file.bytes, await canvasPng())).toBeLessThanOrEqual(most);
    },
  );

  it.each(['png', 'webp', 'avif'] as const)(
    'a transparent picture stays transparent as %s',
    async (format) => {
      const file = await make({ format }, '/cut-out.png');
      expect(readFileFacts(file.bytes)?.hasAlpha).toBe(true);
      const corner = await sharp(file.bytes)
        .ensureAlpha()
        .extract({ left: 0, top: 0, width: 4, height: 4 })
        .raw()
        .toBuffer();
      expect(corner[3]).toBe(0);
    },
  );
});

it('mozjpeg is smaller than the browser at the same quality, and its sampling is what is asked for', async () => {
  const [native, smallest, full] = await Promise.all([
    make({}),
    make({ isSmallest: true }),
    make({ isSmallest: true, chroma: 'full' }),
  ]);
  expect(smallest.bytes.length).toBeLessThan(0.97 * native.bytes.length);
  const sampling = async (file: { bytes: Buffer }) => (await sharp(file.bytes).metadata()).chromaSubsampling;
  expect(await Promise.all([native, smallest, full].map(sampling))).toEqual(['4:2:0', '4:2:0', '4:4:4']);
});

it('AVIF is nearer to the picture than JPEG with fewer bytes, and its colours are full where that is asked for', async () => {
  const png = await canvasPng();
  const jpeg = await make({ quality: 70 });
  const avif = await make({ format: 'avif', quality: 58 });
  const full = await make({ format: 'avif', quality: 58, chroma: 'full' });
  expect(avif.bytes.length).toBeLessThan(0.95 * jpeg.bytes.length);
  expect(await difference(avif.bytes, png)).toBeLessThan(await difference(jpeg.bytes, png));
  expect([avif, full].map(({ bytes }) => avifSampling(bytes))).toEqual(['half', 'full']);
});

/** From AV1's configuration record (AV1 in ISOBMFF, 2.3.3), which sharp does not tell. */
function avifSampling(bytes: Buffer): 'half' | 'full' {
  const flags = bytes[bytes.indexOf('av1C') + 4 + 2] ?? 0;
  return (flags & 0x0c) === 0x0c ? 'half' : 'full';
}

it('our PNG has the pixels of the canvas’s own, in fewer bytes', async () => {
  for (const url of ['/fig.jpg', '/cut-out.png']) {
    const [own, browsers] = [await make({ format: 'png' }, url), await canvasPng(url)];
    expect(await difference(own.bytes, browsers)).toBe(0);
    expect(own.bytes.length).toBeLessThan(0.95 * browsers.length);
  }
});

it('WebP at quality 100 is the best lossy one, not a lossless one', async () => {
  const [best, nearly] = await Promise.all([
    make({ format: 'webp', quality: 100 }),
    make({ format: 'webp', quality: 98 }),
  ]);
  expect(best.bytes.length).toBeLessThan(2 * nearly.bytes.length);
});

it('a P3 canvas keeps its colours in a PNG, and AVIF gets them in sRGB', async () => {
  const of = async (order: Partial<EncodeOrder>) => {
    const wanted = { ...usual, ...order };
    const made = await page.evaluate(([at, wish]) => trial.make('/fig.jpg', at, wish, 'display-p3'), [
      size,
      wanted,
    ] as const);
    return Buffer.from(made.base64, 'base64');
  };
  expect(readFileFacts(await of({ format: 'png' }))?.profile).toBe('Display P3');
  expect(readFileFacts(await of({ format: 'jpeg' }))?.profile).toBe('Display P3');
  const avif = await of({ format: 'avif' });
  expect([null, 'sRGB']).toContain(readFileFacts(avif)?.profile);
  expect(await difference(avif, await canvasPng())).toBeLessThan(4);
});

it('a browser that answers PNG for a type is found out, and a codec writes the file', async () => {
  const other = await stage.openPage();
  await other.evaluate(() => trial.forgetHowToWrite('image/webp'));
  await other.evaluate(() => trial.forgetHowToWrite('image/jpeg'));
  const [webp, jpeg] = [await make({ format: 'webp' }, '/fig.jpg', other), await make({}, '/fig.jpg', other)];
  expect([webp.encoder, readFileFacts(webp.bytes)?.format]).toEqual(['libwebp', 'webp']);
  expect([jpeg.encoder, readFileFacts(jpeg.bytes)?.format]).toEqual(['mozjpeg', 'jpeg']);
  await other.close();
});

it('a codec is loaded when it is first needed, and once', async () => {
  const other = await stage.openPage();
  stage.requested.length = 0;
  await make({ format: 'jpeg' }, '/fig.jpg', other);
  await make({ format: 'png' }, '/fig.jpg', other);
  expect(stage.requested.filter((name) => /wasm|chunk|avif|mozjpeg|webp/.test(name))).toEqual([]);
  await make({ format: 'avif' }, '/fig.jpg', other);
  await make({ format: 'avif', quality: 40 }, '/fig.jpg', other);
  expect(stage.requested.filter((name) => name.endsWith('.wasm'))).toEqual([
    expect.stringMatching(/^\/avif_enc-/),
  ]);
  await other.close();
});

it('a codec that cannot be loaded says so, and is tried again', async () => {
  const other = await stage.openPage();
  const wasm = [...stage.served.keys()].find((name) => /mozjpeg_enc.*wasm$/.test(name)) ?? '';
  const content = stage.served.get(wasm) ?? '';
  stage.served.delete(wasm);
  await expect(make({ isSmallest: true }, '/fig.jpg', other)).rejects.toThrow(/encoder could not be loaded/);
  stage.served.set(wasm, content);
  expect((await make({ isSmallest: true }, '/fig.jpg', other)).encoder).toBe('mozjpeg');
  await other.close();
});

it('nothing was said on the console, and nothing was asked of anybody else', () => {
  expect(
    stage.complaints.filter((said) => !/Failed to load resource|compileStreaming|wasm/i.test(said)),
  ).toEqual([]);
});
