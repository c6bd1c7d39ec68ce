import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readQuickSize } from '../../../client/workspace/quickSize.ts';
import {
  readCustomSizeForm,
  writeCustomSizeForm,
} from '../../../server/presets/customSizes/customSizeForm.shared.ts';

test.each([
  ['600x400', '600 × 400', { kind: 'size', width: 600, height: 400, unit: 'px' }, null],
  ['600 × 400 px', '600 × 400', { kind: 'size', width: 600, height: 400, unit: 'px' }, null],
  ['35x45mm', '35 × 45 mm', { kind: 'size', width: 35, height: 45, unit: 'mm' }, 300],
  ['3,5 * 4.5 cm', '3.5 × 4.5 cm', { kind: 'size', width: 3.5, height: 4.5, unit: 'cm' }, 300],
  ['4x6"', '4 × 6 in', { kind: 'size', width: 4, height: 6, unit: 'in' }, 300],
  ['4:5', '4:5', { kind: 'ratio', width: 4, height: 5 }, null],
  ['1.91 : 1', '1.91:1', { kind: 'ratio', width: 1.91, height: 1 }, null],
  ['50%', '50 %', { kind: 'percent', percent: 50 }, null],
  [' 2048 ', 'Longest side 2048', { kind: 'longest', px: 2048 }, null],
])('%s is the custom size %s', (query, name, size, dpi) => {
  expect(readQuickSize(query)).toMatchObject({ name, size, dpi });
});

test.each(['', 'story', '4', '600x', '0x5', '20000x5', '600.5x400', '5000%', '1:40', '600x400x2', '99999'])(
  '"%s" is no size that can be made',
  (query) => {
    expect(readQuickSize(query)).toBeNull();
  },
);

test('whatever is typed, what comes of it is a custom size that the form takes', () => {
  const typed = fc.oneof(fc.string(), fc.stringMatching(/^[\d.,:x%m ]{1,12}$/));
  fc.assert(
    fc.property(typed, (query) => {
      const content = readQuickSize(query);
      if (content) expect(readCustomSizeForm(writeCustomSizeForm(content)).errors).toEqual({});
    }),
    { numRuns: 2000 },
  );
});
