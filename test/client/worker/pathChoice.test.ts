/** Which path a file goes, and how the quick one treats chroma. */
import { describe, expect, it } from 'vitest';
import { planDraw } from '../../../client/engine/drawPlan.ts';
import { centre } from '../../../client/engine/geometry.ts';
import { paths } from '../../../client/worker/paths.ts';
import { pixelsOf } from '../../photos/photos.ts';
import { exportBy, trialRun } from './pathTrial.ts';
import { plainOrder } from './plainOrder.ts';
import { differenceOf, orderFor, orientations } from './trialOrders.ts';
import { bytesOf } from './workerTrial.ts';

/** The module that the page has loaded under this name. */
declare const trial: typeof import('./workerPage.ts');

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

  it('the colours of a Display P3 photo stay wide where that is asked for, and are sRGB else', async () => {
    const kept = { copyright: false, date: false, profile: true, place: false };
    const orders = [order, { ...order, key: 1, kept }, { ...order, key: 2, kept, format: 'jpeg' as const }];
    const files = await trialRun.export('/p3.jpg', orders);
    const profiles = [0, 1, 2].map((key) => {
      const file = files[key];
      return typeof file === 'object' ? file.made.facts?.profile : file;
    });
    // Of an export in which one file keeps them all do: the choice is one for the whole.
    expect(profiles).toEqual(['Display P3', 'Display P3', 'Display P3']);
    const plain = (await trialRun.export('/p3.jpg', [order]))[0];
    expect(typeof plain === 'object' && plain.made.facts?.profile).toBe(null);
    expect(differenceOf(await pixelsOf(bytesOf(files[1])), await pixelsOf(bytesOf(plain)))).toBeLessThan(1);
  });

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
      const order = plainOrder({ key: 0, plan, format: 'jpeg', quality: 95 });
      const url = `/turned-${orientation}.jpg`;
      const [planes, bitmap] = [await exportBy('planes', url, order), await exportBy('bitmap', url, order)];
      const exact = await exportBy('bitmap', url, { ...order, format: 'png' });
      expect(differenceOf(planes, exact)).toBeLessThan(differenceOf(bitmap, exact) + 0.25);
    },
  );
});
