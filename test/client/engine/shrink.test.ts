import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shrinkSteps, sizeWithin } from '../../../client/engine/shrink.ts';
import { photos } from './arbitraries.ts';

const longestSides = fc.integer({ min: 1, max: 2000 });

it('a size within a side has that longest side, or stays as it is when it is smaller', () => {
  fc.assert(
    fc.property(photos, longestSides, (photo, side) => {
      const size = sizeWithin(photo, side);
      const longest = Math.max(photo.width, photo.height);
      expect(Math.max(size.width, size.height)).toBe(Math.min(longest, side));
      expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(1);
    }),
  );
});

it('goes down in halves: no step reads more than about 2 x 2 pixels for one', () => {
  expect(shrinkSteps({ width: 6000, height: 4000 }, { width: 600, height: 400 })).toEqual([
    { width: 4800, height: 3200 },
    { width: 2400, height: 1600 },
    { width: 1200, height: 800 },
  ]);
});

it('lies between the sizes, strictly falling, and never needs a canvas that a phone does not have', () => {
  fc.assert(
    fc.property(photos, longestSides, (photo, side) => {
      const to = sizeWithin(photo, side);
      const sizes = [photo, ...shrinkSteps(photo, to), to];
      for (const [i, size] of sizes.slice(1).entries()) {
        const before = sizes[i] ?? photo;
        expect(size.width).toBeLessThanOrEqual(before.width);
        expect(size.height).toBeLessThanOrEqual(before.height);
      }
      for (const step of sizes.slice(1, -1)) expect(step.width * step.height).toBeLessThanOrEqual(4096 ** 2);
    }),
  );
});

it('needs no step for a photo that is hardly larger', () => {
  expect(shrinkSteps({ width: 1900, height: 1200 }, { width: 1600, height: 1010 })).toEqual([]);
});
