import { expect, it } from 'vitest';
import { sizeRangeOf } from '../../../client/engine/sizeRange.ts';

const size = { width: 1000, height: 500 };
const fixed = { sizing: { kind: 'fixed' }, minPx: null, maxPx: null } as const;
const limit = { widthPx: null, heightPx: null, longestPx: null };

it('a size that was asked for has no range', () => {
  expect(sizeRangeOf(fixed, size)).toBeNull();
  expect(sizeRangeOf({ ...fixed, sizing: { kind: 'longest' } }, size)).toBeNull();
});

it('the range is what the place takes, at the same shape', () => {
  const minPx = { ...limit, widthPx: 400, heightPx: 300 };
  const maxPx = { ...limit, longestPx: 4000 };
  expect(sizeRangeOf({ ...fixed, minPx, maxPx }, size)).toEqual({
    smallest: { width: 600, height: 300 },
    largest: { width: 4000, height: 2000 },
  });
});

it('where only one end is known the size itself is the other', () => {
  expect(sizeRangeOf({ ...fixed, minPx: { ...limit, widthPx: 400 } }, size)).toEqual({
    smallest: { width: 400, height: 200 },
    largest: size,
  });
  expect(sizeRangeOf({ ...fixed, maxPx: { ...limit, widthPx: 1500 } }, size)).toEqual({
    smallest: size,
    largest: { width: 1500, height: 750 },
  });
});

it('a mere shape may get as small as it has to', () => {
  expect(sizeRangeOf({ ...fixed, sizing: { kind: 'ratio' } }, size)?.smallest).toEqual({
    width: 1,
    height: 1,
  });
});
