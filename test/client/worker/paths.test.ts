/** The three paths from a file to pixels: each is forced, and must show what libvips and lcms show. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { paths } from '../../../client/worker/paths.ts';
import { type Pixels, pixelsOf } from '../../photos/photos.ts';
import { exportBy, fileAt, resized, truthFor } from './pathTrial.ts';
import { differenceOf, orderFor, orientations } from './trialOrders.ts';

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
    await expect(exportBy(how, '/cut-off.jpg', order)).rejects.toThrow('breaks off');
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
