import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Size } from '../../../client/engine/geometry.ts';
import { fitOf, hasPhotosShape, sizeFor } from '../../../client/engine/specSize.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';
import { largestSidePx } from '../../../server/specs/largestSide.shared.ts';
import type { Sizing } from '../../../server/specs/spec.shared.ts';

const landscape = { width: 4000, height: 3000 };
const spec = (widthPx: number, heightPx: number, sizing: Sizing) => ({ widthPx, heightPx, sizing });
const fixed = spec(413, 531, { kind: 'fixed' });
const shape = spec(800, 1000, { kind: 'ratio' });
const longest = spec(2048, 2048, { kind: 'longest' });
const half = spec(1000, 1000, { kind: 'percent', percent: 50 });

describe('the size of a file', () => {
  test('of a fixed size is that, whatever the photo', () => {
    expect(sizeFor(fixed, landscape)).toEqual({ width: 413, height: 531 });
    expect(sizeFor(fixed, null)).toEqual({ width: 413, height: 531 });
  });

  test.each<[string, Size, Size]>([
    ['as high as a landscape photo', landscape, { width: 2400, height: 3000 }],
    ['as wide as a portrait photo', { width: 1000, height: 4000 }, { width: 1000, height: 1250 }],
    ['in whole pixels', { width: 1001, height: 999 }, { width: 799, height: 999 }],
    ['at least one pixel', { width: 1, height: 1 }, { width: 1, height: 1 }],
  ])('of a ratio is %s', (_, photo, expected) => {
    expect(sizeFor(shape, photo)).toEqual(expected);
  });

  test('of a longest side has exactly that side, and the photo’s shape', () => {
    expect(sizeFor(longest, landscape)).toEqual({ width: 2048, height: 1536 });
    expect(sizeFor(longest, { width: 3001, height: 4003 })).toEqual({ width: 1535, height: 2048 });
  });

  test('of a longest side is a smaller photo’s own, unless it may be enlarged', () => {
    const small = { width: 640, height: 480 };
    expect(sizeFor(longest, small)).toEqual(small);
    expect(sizeFor(longest, small, true)).toEqual({ width: 2048, height: 1536 });
  });

  test('of a percentage is that part of each side', () => {
    expect(sizeFor(half, landscape)).toEqual({ width: 2000, height: 1500 });
    expect(sizeFor(half, { width: 3, height: 1 })).toEqual({ width: 2, height: 1 });
  });

  test('is never more than a canvas can have', () => {
    const wide = { width: 40_000, height: 10_000 };
    const whole = spec(1000, 1000, { kind: 'percent', percent: 100 });
    expect(sizeFor(whole, wide)).toEqual({ width: largestSidePx, height: 4096 });
    expect(sizeFor(spec(1000, 250, { kind: 'ratio' }), wide)).toEqual({ width: largestSidePx, height: 4096 });
  });

  test('is whole, at least 1 and inside the canvas for every photo', () => {
    const side = fc.integer({ min: 1, max: 60_000 });
    const sizing = fc.oneof(
      fc.constant({ kind: 'ratio' } as const),
      fc.constant({ kind: 'longest' } as const),
      fc.record({
        kind: fc.constant('percent' as const),
        percent: fc.double({ min: 1, max: 100, noNaN: true }),
      }),
    );
    fc.assert(
      fc.property(side, side, sizing, fc.integer({ min: 1, max: 16_384 }), (width, height, kind, px) => {
        for (const enlarge of [false, true]) {
          for (const length of Object.values(sizeFor(spec(px, px, kind), { width, height }, enlarge))) {
            expect(Number.isInteger(length) && length >= 1 && length <= largestSidePx).toBe(true);
          }
        }
      }),
    );
  });
});

test('a file of the photo’s own shape shows the whole photo, whatever the wall’s fit', () => {
  expect([fixed, shape, longest, half].map(hasPhotosShape)).toEqual([false, false, true, true]);
  expect([fixed, shape, longest, half].map((one) => fitOf(one, defaultFit).mode)).toEqual([
    'cover',
    'cover',
    'stretch',
    'stretch',
  ]);
});
