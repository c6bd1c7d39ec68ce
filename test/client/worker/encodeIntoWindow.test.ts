/** Byte windows with real encoders, in a real browser. */
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LadderOrder } from '../../../client/engine/byteLadder.ts';
import { readFileFacts } from '../../../client/engine/headers/readFile.ts';
import type { WindowResult } from './encodePage.ts';
import { type EncodeStage, openEncodeStage } from './encodeStage.ts';

/** The module that the page has loaded under this name. */
declare const trial: typeof import('./encodePage.ts');

const size = { width: 640, height: 433 };

let stage: EncodeStage;

beforeAll(async () => {
  stage = await openEncodeStage();
});

afterAll(async () => {
  await stage?.browser.close();
});

/** What the browser's own JPEG of that quality weighs. */
async function weighNative(quality: number): Promise<number> {
  const order = { format: 'jpeg', quality, chroma: 'half', isSmallest: false } as const;
  const { base64 } = await stage.page.evaluate(([at, wanted]) => trial.make('/fig.jpg', at, wanted), [
    size,
    order,
  ] as const);
  return Buffer.from(base64, 'base64').length;
}

const ladder: Omit<LadderOrder, 'encoding' | 'mayHalveChroma'> = {
  window: { minBytes: null, maxBytes: null },
  size,
  range: null,
  quality: 92,
  chroma: 'half',
  mayPad: false,
};
type Wish = Parameters<typeof trial.makeIntoWindow>[1];

async function makeInto(
  changes: Partial<typeof ladder>,
  wish: Partial<Wish> = {},
): Promise<WindowResult & { bytes: Buffer }> {
  const order: Wish = {
    format: 'jpeg',
    isSmallest: false,
    dpi: 300,
    ladder: { ...ladder, ...changes },
    ...wish,
  };
  const result = await stage.page.evaluate((wanted) => trial.makeIntoWindow('/fig.jpg', wanted), order);
  if (typeof result === 'string') throw new Error(result);
  return { ...result, bytes: Buffer.from(result.base64, 'base64') };
}

it('a byte window is met exactly: the next quality would be too large', async () => {
  const maxBytes = 60_000;
  const file = await makeInto({ window: { minBytes: null, maxBytes } });
  expect(file.end).toMatchObject({ kind: 'made', measures: [], padTo: null });
  expect(file.bytes.length).toBeLessThanOrEqual(maxBytes);
  expect(file.end.encodes).toBeLessThanOrEqual(5);
  expect(file.encoder).toBe('browser');
  expect(await weighNative(file.quality + 1)).toBeGreaterThan(maxBytes);
  expect(readFileFacts(file.bytes)).toMatchObject({ dpi: 300, isWhole: true });
});

it('a byte window that is tight is met by mozjpeg, at a better quality than the browser could', async () => {
  const maxBytes = 25_000;
  const file = await makeInto({ window: { minBytes: null, maxBytes } });
  expect(file.encoder).toBe('mozjpeg');
  expect(file.bytes.length).toBeLessThanOrEqual(maxBytes);
  expect(await weighNative(file.quality)).toBeGreaterThan(maxBytes);
});

it('a byte window is met at a smaller size where that is allowed, and a size is drawn once in a row', async () => {
  const range = { smallest: { width: 64, height: 43 }, largest: size };
  const file = await makeInto({ window: { minBytes: null, maxBytes: 5000 }, range }, { isSmallest: true });
  expect(file.end).toMatchObject({ kind: 'made', measures: ['smaller'] });
  expect(file.bytes.length).toBeLessThanOrEqual(5000);
  expect(readFileFacts(file.bytes)?.stored).toEqual(file.end.attempt.size);
  expect(new Set(file.drawn.map(({ width }) => width)).size).toBe(file.drawn.length);
});

it.each(['jpeg', 'png', 'webp'] as const)(
  'with a lower limit is reached by padding a %s, if nothing else helps',
  async (format) => {
    const file = await makeInto(
      { window: { minBytes: 3_000_000, maxBytes: 3_100_000 }, mayPad: true },
      { format },
    );
    expect(file.end).toMatchObject({ kind: 'made', padTo: 3_000_000 });
    expect(file.bytes.length).toBeGreaterThanOrEqual(3_000_000);
    expect(file.bytes.length).toBeLessThan(3_000_030);
    expect((await sharp(file.bytes).metadata()).width).toBe(size.width);
  },
);

it('a byte window that cannot be met says so', async () => {
  const file = await makeInto({ window: { minBytes: null, maxBytes: 900 } });
  expect(file.end).toMatchObject({ kind: 'cannot', reason: 'tooLarge' });
});

it('the search stops when it is told to', async () => {
  const range = { smallest: { width: 16, height: 11 }, largest: size };
  const order = { format: 'jpeg', isSmallest: false, dpi: null, stopAfter: 2 } as const;
  const wanted = { ...order, ladder: { ...ladder, window: { minBytes: null, maxBytes: 700 }, range } };
  expect(await stage.page.evaluate((wish) => trial.makeIntoWindow('/fig.jpg', wish), wanted)).toBe(
    'AbortError',
  );
});
