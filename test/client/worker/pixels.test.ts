import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type DrawPlan, planDraw } from '../../../client/engine/drawPlan.ts';
import { centre, type Size } from '../../../client/engine/geometry.ts';
import type { FileOrder } from '../../../client/worker/messages.ts';
import type { Fit } from '../../../server/specs/fit.shared.ts';
import { cutOutPhoto, examplePhoto, type PhotoFile, pixelsOf } from '../../photos/photos.ts';
import { plainOrder } from './plainOrder.ts';
import { bytesOf, openTrial } from './workerTrial.ts';

/** The module that the page has loaded under this name. */
declare const trial: typeof import('./workerPage.ts');

const trialRun = openTrial(async () => ({
  '/fig.jpg': (await example()).buffer,
  '/large.jpg': await sharp((await example()).buffer)
    .resize(4800, 3200)
    .jpeg()
    .toBuffer(),
  '/cut-out.png': (await cutOutPhoto()).buffer,
  '/broken.jpg': (await example()).buffer.subarray(0, 900),
}));

function example(): Promise<PhotoFile> {
  return examplePhoto('fig-in-a-red-bowl');
}

const cover: Fit = { mode: 'cover', enlarge: false, background: { kind: 'transparent' } };

function planFor(photo: Size, spec: Size, fit: Fit = cover): DrawPlan {
  return planDraw({ photo, spec, fit, focal: centre, pinned: null, format: 'png' });
}

function orderOf(key: number, plan: DrawPlan, format: FileOrder['format'] = 'jpeg'): FileOrder {
  return plainOrder({ key, plan, format, quality: 80 });
}

const large = { width: 4800, height: 3200 };

describe('opening', () => {
  it('gives the true size, a preview and a thumbnail within their bounds, and the same focal point each time', async () => {
    const opened = await trialRun.page.evaluate(() => trial.open('/large.jpg'));
    expect(opened).toMatchObject({ photo: large, preview: [1600, 1067], thumbnail: [192, 128] });
    expect(opened.focalAgain).toEqual(opened.focal);
    expect(opened.centre).toEqual(centre);
  });

  it('finds the fig, which lies right of the middle', async () => {
    const { focal } = await trialRun.page.evaluate(() => trial.open('/fig.jpg'));
    expect(focal?.x).toBeGreaterThan(0.5);
  });

  it('rejects a broken file by its name', async () => {
    const reason = trialRun.page.evaluate(() => trial.open('/broken.jpg'));
    await expect(reason).rejects.toThrow('broken.jpg breaks off before its end');
  });
});

describe('exporting', () => {
  it('lets the files of impossible size fail alone, and delivers those before and after', async () => {
    const possible = planFor(large, { width: 400, height: 300 });
    const orders = [
      orderOf(1, possible),
      orderOf(2, planFor(large, { width: 30_000, height: 30_000 })),
      orderOf(3, possible, 'png'),
      orderOf(4, planFor(large, { width: 70_000, height: 20 }), 'png'),
      orderOf(5, planFor(large, { width: 16_400, height: 20 }), 'webp'),
      orderOf(6, possible, 'webp'),
    ];
    const results = await trialRun.export('/large.jpg', orders);
    expect(results[1]).toMatchObject({ type: 'image/jpeg' });
    expect(results[2]).toBe('30000 × 30000 pixels are more than this browser can draw at once.');
    expect(results[3]).toMatchObject({ type: 'image/png' });
    expect(results[4]).toBe('70000 × 20 pixels are more than this browser can draw at once.');
    expect(results[5]).toMatch(/WebP holds at most 16383 pixels a side/);
    expect(results[6]).toMatchObject({ type: 'image/webp' });
  });

  it('stops at the next file when it is cancelled, and the worker goes on with other work', async () => {
    const orders = Array.from({ length: 2000 }, (_, key) =>
      orderOf(key, planFor(large, { width: 800, height: 800 })),
    );
    const { cancelled, files, next } = await trialRun.page.evaluate(
      (given) => trial.cancelMidway('/large.jpg', given),
      orders,
    );
    expect({ cancelled, files, next }).toEqual({ cancelled: 'AbortError', files: 1, next: 1 });
  });

  it('leaves transparent what is transparent in the photo and outside of it', async () => {
    const side = 600;
    const plan = planFor(
      { width: side, height: side },
      { width: 900, height: 300 },
      { ...cover, mode: 'contain' },
    );
    const results = await trialRun.export('/cut-out.png', [orderOf(0, plan, 'png')]);
    const { data, info } = await sharp(bytesOf(results[0])).raw().toBuffer({ resolveWithObject: true });
    const alphaAt = (x: number, y: number) => data[(y * info.width + x) * 4 + 3];
    expect([info.width, info.height, info.channels]).toEqual([900, 300, 4]);
    expect([alphaAt(20, 150), alphaAt(305, 5), alphaAt(450, 150)]).toEqual([0, 0, 255]);
  });
});

describe('a preview and its file', () => {
  it.each([
    ['filled', { width: 540, height: 675 }, cover],
    [
      'with its blurred self around it',
      { width: 540, height: 960 },
      { ...cover, mode: 'contain', background: { kind: 'blur' } },
    ],
    [
      'with a colour around it',
      { width: 900, height: 300 },
      { ...cover, mode: 'contain', background: { kind: 'colour', colour: '#3060a0' } },
    ],
    ['stretched', { width: 700, height: 200 }, { ...cover, mode: 'stretch' }],
  ] satisfies [string, Size, Fit][])('show the same: %s', async (_, spec, fit) => {
    const plan = planFor(large, spec, fit);
    const preview = await trialRun.page.evaluate((given) => trial.paintPreview('/large.jpg', given), plan);
    const results = await trialRun.export('/large.jpg', [orderOf(0, plan, 'png')]);
    // Only the page's own has an alpha channel where nothing is transparent.
    const opaque = async (png: Buffer) => pixelsOf(await sharp(png).removeAlpha().png().toBuffer());
    const [seen, saved] = await Promise.all([
      opaque(Buffer.from(preview, 'base64')),
      opaque(bytesOf(results[0])),
    ]);
    expect([saved.width, saved.height]).toEqual([spec.width, spec.height]);
    expect(differenceOf(seen.data, saved.data)).toBeLessThan(2.5);
  });
});

it('the console stayed silent', () => {
  expect(trialRun.complaints).toEqual([]);
});

/** Mean absolute difference of two equally large images, of 255. */
function differenceOf(one: Buffer, other: Buffer): number {
  expect(one.length).toBe(other.length);
  let sum = 0;
  for (const [i, value] of one.entries()) sum += Math.abs(value - (other[i] ?? 0));
  return sum / one.length;
}
