import { expect, test } from 'vitest';
import { borrowedGroup, createSpecFinder } from '../../../client/workspace/specFinder.ts';
import { fileSizeWords, specName, specSizeWords } from '../../../client/workspace/specWords.ts';
import { createTileShapes } from '../../../client/workspace/tileShapes.ts';
import { customSizeGroup } from '../../../server/presets/customSizes/customSize.shared.ts';
import { builtIn } from '../../../server/specs/catalogue.ts';
import type { Spec } from '../../../server/specs/spec.shared.ts';
import { customSize } from './sizes.ts';

const passport = customSize(1, { kind: 'size', width: 35, height: 45, unit: 'mm' }, { name: 'Passport' });
const longest = customSize(2, { kind: 'longest', px: 2048 });
const half = customSize(3, { kind: 'percent', percent: 50 });
const shape = customSize(4, { kind: 'ratio', width: 4, height: 5 });

function finder(customSizes = [passport, longest, half, shape], borrowedSizes: typeof customSizes = []) {
  return createSpecFinder(builtIn, () => ({ customSizes, borrowedSizes }));
}

function specOf(id: string): Spec {
  const spec = finder().find(id);
  if (!spec) throw new Error(`There is no ${id}`);
  return spec;
}

test('custom sizes are found like specs, in a group before the others; borrowed ones have a group of their own', () => {
  const all = finder([passport], [longest]);
  expect(all.find(passport.id)).toMatchObject({ name: 'Passport', widthPx: 413, heightPx: 531 });
  expect(all.groups.slice(0, 2)).toEqual([customSizeGroup, borrowedGroup]);
  expect(all.specs).toHaveLength(builtIn.specs.length + 2);
  expect(all.pick(['x-post', 'my-gone', longest.id]).map(({ id }) => id)).toEqual(['x-post', longest.id]);
});

test('a spec is the same object until its custom size says something else', () => {
  let customSizes = [passport, longest];
  const all = createSpecFinder(builtIn, () => ({ customSizes, borrowedSizes: [] }));
  const [first, second] = [all.find(passport.id), all.find(longest.id)];
  customSizes = [{ ...passport, version: 2, name: 'Visa' }, { ...longest }];
  expect(all.find(passport.id)).not.toBe(first);
  expect(all.find(passport.id)?.name).toBe('Visa');
  expect(all.find(longest.id)).toBe(second);
  customSizes = [];
  expect(all.find(passport.id)).toBeNull();
});

test('a size without a photo is said as it was written, and a custom size is called by its name alone', () => {
  const words = [passport, longest, half, shape].map(({ id }) => specSizeWords(specOf(id)));
  expect(words.map((text) => text.replaceAll('\u00a0', ' '))).toEqual([
    '413 × 531',
    'longest side 2048',
    '50 % of the photo',
    '4:5 of the photo',
  ]);
  expect(specName(specOf(passport.id))).toBe('Passport');
  expect(specName(specOf('instagram-square'), ', ')).toBe('Instagram, Square post 1:1');
});

test.each([
  ['px', '413 × 531 px, printed 35 × 45 mm at 300 dpi'],
  ['mm', '413 × 531 px, printed 35 × 45 mm at 300 dpi'],
  ['cm', '413 × 531 px, printed 3.5 × 4.5 cm at 300 dpi'],
  ['in', '413 × 531 px, printed 1.38 × 1.77 in at 300 dpi'],
] as const)('who types in %s reads paper so: %s', (unit, expected) => {
  expect(fileSizeWords(specOf(passport.id), null, unit).replaceAll('\u00a0', ' ')).toBe(expected);
});

test('tiles of the photo’s shape keep the last photo’s while another is read, and only they ask for a new layout', () => {
  const shapes = createTileShapes();
  const fixed = specOf(passport.id);
  const whole = specOf(longest.id);
  const portrait = { width: 2000, height: 3000 };
  expect(shapes.of([fixed, whole], portrait)).toEqual([{ width: 413, height: 531 }, portrait]);
  expect(shapes.differ([fixed, whole], null)).toBe(false);
  expect(shapes.of([whole], null)).toEqual([portrait]);
  expect(shapes.differ([fixed, whole], { width: 200, height: 300 })).toBe(false);
  expect(shapes.differ([fixed, whole], { width: 300, height: 200 })).toBe(true);
  expect(shapes.differ([fixed], { width: 300, height: 200 })).toBe(false);
});
