/** How near files made here, and by sharp, are to Lanczos3 in floating point; as PNG (resizing alone) and as JPEG. */
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { type Size, wholeOf } from '../../client/engine/geometry.ts';
import type { FileOrder } from '../../client/worker/messages.ts';
import { resizeByLanczos } from '../../test/client/worker/lanczos.ts';
import { workerUrl } from './browserSide.ts';
import { type Nearness, nearnessOf, type Rgb } from './metrics.ts';
import { type PhotoName, photo } from './photos.ts';
import { asJpeg, planFor, quality } from './targets.ts';

/** The module that the page has loaded under this name. */
declare const bench: typeof import('./page.ts');

export interface QualityRow extends Nearness {
  photo: PhotoName;
  width: number;
  format: 'png' | 'jpeg';
  by: 'here' | 'sharp';
  bytes: number;
}

export const qualityCases: readonly (readonly [PhotoName, number])[] = [
  ['foliage-24mp.jpg', 600],
  ['foliage-24mp.jpg', 1080],
  ['foliage-24mp.jpg', 2400],
  ['bird-24mp.jpg', 600],
  ['bird-24mp.jpg', 1200],
  ['text.png', 300],
  ['text.png', 700],
  ['text.png', 1000],
];

export async function measureQuality(page: Page, name: PhotoName, width: number): Promise<QualityRow[]> {
  const { data, info } = await sharp(await photo(name))
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const source: Rgb = { data: new Uint8Array(data), width: info.width, height: info.height };
  const size = { width, height: Math.round((info.height * width) / info.width) };
  const truth = truthOf(source, size);
  const rows: QualityRow[] = [];
  for (const format of ['png', 'jpeg'] as const) {
    for (const by of ['here', 'sharp'] as const) {
      const file =
        by === 'here'
          ? await makeHere(page, name, source, size, format)
          : await makeBySharp(source, size, format);
      const pixels = await sharp(file).removeAlpha().raw().toBuffer();
      const near = await nearnessOf(truth, { ...size, data: new Uint8Array(pixels) });
      rows.push({ photo: name, width, format, by, bytes: file.length, ...near });
    }
  }
  return rows;
}

function truthOf(source: Rgb, size: Size): Rgb {
  const data = new Uint8Array(size.width * size.height * 3);
  for (const channel of [0, 1, 2]) {
    const values = Uint8Array.from(
      { length: source.width * source.height },
      (_, i) => source.data[i * 3 + channel] ?? 0,
    );
    const resized = resizeByLanczos({ ...source, values }, wholeOf(source), size);
    for (const [i, value] of resized.entries())
      data[i * 3 + channel] = Math.min(255, Math.max(0, Math.round(value)));
  }
  return { ...size, data };
}

async function makeHere(
  page: Page,
  name: PhotoName,
  source: Size,
  size: Size,
  format: 'png' | 'jpeg',
): Promise<Buffer> {
  const plan = { ...planFor(source, size), source: wholeOf(source) };
  const order: FileOrder = { ...asJpeg, key: 0, plan, format };
  const given = { url: `/photos/${name}`, worker: workerUrl, order };
  return Buffer.from(
    await page.evaluate(({ url, worker, order }) => bench.fileOf(url, worker, order), given),
    'base64',
  );
}

function makeBySharp(source: Rgb, size: Size, format: 'png' | 'jpeg'): Promise<Buffer> {
  const { width, height } = source;
  return sharp(source.data, { raw: { width, height, channels: 3 } })
    .resize(size.width, size.height, { fit: 'fill', kernel: 'lanczos3' })
    .toFormat(format, format === 'jpeg' ? { quality } : {})
    .toBuffer();
}
