/** The two ways in which the items of a preset are checked: one by one with reasons, and thousands at once. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { presetItemShape, presetItemsShape } from '../../../server/presets/presetShape.shared.ts';
import { anyFit } from './presetArbitraries.ts';

const ids = fc.oneof(
  fc.stringMatching(/^[a-z0-9-]{0,12}$/),
  fc.string({ maxLength: 8 }),
  fc.constantFrom('x'.repeat(80), 'x'.repeat(81), 'x-post\n', 'my-1', '__proto__'),
);
const versions = fc.oneof(
  fc.integer({ min: -1, max: 3 }),
  fc.double(),
  fc.constantFrom(1_000_000, 1_000_001, 2 ** 53, Number.NaN),
);
const anything = fc.oneof(fc.anything(), fc.constantFrom<unknown>(undefined, null, 1, '1', '', [], {}));
const fields = fc.record(
  {
    specId: fc.oneof({ weight: 6, arbitrary: ids }, anything),
    version: fc.oneof({ weight: 6, arbitrary: versions }, anything),
    fit: fc.oneof(
      fc.constant(null),
      anyFit,
      anyFit.map((fit) => ({ ...fit, mode: 'tile' })),
      anything,
    ),
    more: anything,
  },
  { requiredKeys: [] },
);
const right = fc.record({
  specId: fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,3}$/),
  version: fc.integer({ min: 1, max: 1_000_000 }),
  fit: fc.option(anyFit),
});

test('both ways say the same of whatever there is', () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.oneof(right, fields, anything), (value) => {
      const one = presetItemShape.safeParse(value).success;
      accepted += Number(one);
      expect(presetItemsShape.safeParse([value]).success).toBe(one);
    }),
    { numRuns: 3000 },
  );
  expect(accepted).toBeGreaterThan(300);
});

test('one wrong item spoils the list, an empty list is right, and what is no list is not', () => {
  fc.assert(
    fc.property(fc.array(right, { maxLength: 5 }), fc.nat(5), (items, at) => {
      expect(presetItemsShape.parse(items)).toEqual(items);
      const spoiled = [
        ...items.slice(0, at),
        { specId: 'x-post', version: 0, fit: null },
        ...items.slice(at),
      ];
      expect(presetItemsShape.safeParse(spoiled).success).toBe(false);
    }),
  );
  for (const value of [null, undefined, {}, 'x', { length: 0 }, 1])
    expect(presetItemsShape.safeParse(value).success).toBe(false);
});
