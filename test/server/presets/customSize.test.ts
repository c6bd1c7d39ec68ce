/** Custom sizes as specs and in words, and the numbers that people type. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { customSizeSpec, writtenSizeWords } from '../../../server/presets/customSizes/customSize.shared.ts';
import {
  readCustomSizeForm,
  writeCustomSizeForm,
} from '../../../server/presets/customSizes/customSizeForm.shared.ts';
import {
  customSizeLine,
  customSizeWords,
} from '../../../server/presets/customSizes/customSizeWords.shared.ts';
import {
  readBytes,
  readNumber,
  writeBytes,
} from '../../../server/presets/customSizes/writtenNumber.shared.ts';
import type { WrittenSize } from '../../../server/presets/preset.shared.ts';

const plain = (words: string) => words.replaceAll('\u00a0', ' ');

/** A form that is right; each test changes what it is about. */
const valid = {
  ...writeCustomSizeForm(null),
  name: 'Passport',
  width: '35',
  height: '45',
  unit: 'mm',
  dpi: '300',
};

function contentOf(changes: Record<string, string> = {}) {
  const { content, errors } = readCustomSizeForm({ ...valid, ...changes });
  if (content === null) throw new Error(`Refused: ${JSON.stringify(errors)}`);
  return content;
}

const specOf = (changes: Record<string, string>) =>
  customSizeSpec({ ...contentOf(changes), id: 'my-1', version: 1 });

describe('a custom size as a spec', () => {
  test.each([
    ['mm', '35', '45', '300', [413, 531]],
    ['cm', '3,5', '4.5', '300', [413, 531]],
    ['in', '2', '2', '300', [600, 600]],
    ['px', '1080', '1 350', '', [1080, 1350]],
    ['mm', '0.01', '0.5', '30', [1, 1]],
    ['in', '6.82', '1', '2400', [16_368, 2400]],
  ])('%s: %s by %s at %s dpi are %j px', (unit, width, height, dpi, [widthPx, heightPx]) => {
    expect(specOf({ unit, width, height, dpi })).toMatchObject({
      widthPx,
      heightPx,
      sizing: { kind: 'fixed' },
    });
  });

  test.each([
    ['4:5', [800, 1000]],
    ['16:9', [1008, 567]],
    ['1.91:1', [1146, 600]],
    ['1,91 / 1', [1146, 600]],
    ['20 x 1', [1000, 50]],
    ['99.99 to 100', [9999, 10_000]],
  ])('the ratio %s becomes %j: exactly its shape', (ratio, [widthPx, heightPx]) => {
    expect(specOf({ kind: 'ratio', ratio })).toMatchObject({ widthPx, heightPx, sizing: { kind: 'ratio' } });
  });

  test('the longest side and the part of the photo are said as they are', () => {
    expect(specOf({ kind: 'longest', longest: '2048' })).toMatchObject({
      widthPx: 2048,
      heightPx: 2048,
      sizing: { kind: 'longest' },
    });
    expect(specOf({ kind: 'percent', percent: '12,5 %' })).toMatchObject({
      sizing: { kind: 'percent', percent: 12.5 },
    });
  });

  test('it carries every rule of the person, and no more', () => {
    const changes = { mode: 'contain', quality: '80', maxBytes: '240 KB', minBytes: '20', safeArea: 'inset' };
    expect(specOf({ ...changes, insetTop: '12,5', mask: 'circle' })).toMatchObject({
      group: 'Your sizes',
      name: 'Passport',
      printedMm: { width: 35, height: 45 },
      fit: { mode: 'contain', enlarge: false, background: { kind: 'colour', colour: '#ffffff' } },
      formats: ['jpeg', 'png'],
      quality: 80,
      minBytes: 20_000,
      maxBytes: 240_000,
      dpi: 300,
      safeArea: { kind: 'inset', top: 0.125, right: 0, bottom: 0, left: 0 },
      mask: 'circle',
      sources: [],
      earlier: [],
    });
    expect(specOf({ unit: 'in', width: '4', height: '6' }).printedMm).toEqual({
      width: 101.6,
      height: 152.4,
    });
    expect(specOf({ unit: 'px' }).printedMm).toBeNull();
  });

  test.each<[WrittenSize, number | null, string]>([
    [{ kind: 'size', width: 35, height: 45, unit: 'mm' }, 300, '35 × 45 mm at 300 dpi'],
    [{ kind: 'size', width: 1080, height: 1350, unit: 'px' }, 72, '1080 × 1350 px'],
    [{ kind: 'ratio', width: 1.91, height: 1 }, null, '1.91:1, as large as the photo allows'],
    [{ kind: 'longest', px: 2048 }, null, 'longest side 2048 px'],
    [{ kind: 'longest', px: 16_384 }, null, 'longest side 16 384 px'],
    [{ kind: 'percent', percent: 50 }, null, '50 % of the photo'],
  ])('%j is written as it was meant', (size, dpi, words) => {
    expect(plain(writtenSizeWords({ size, dpi }))).toBe(words);
  });

  test('its rules are said one by one, with what is left open', () => {
    expect(customSizeWords(contentOf()).map(({ label, words }) => plain(`${label}: ${words}`))).toEqual([
      'Name: Passport',
      'Size: 35 × 45 mm at 300 dpi',
      'Resolution: 300 dpi',
      'Formats: JPEG, PNG',
      'Quality: as the export',
      'File size: no limit',
      'Fit: as the wall',
      'Safe area: none',
      'Mask: none',
    ]);
    expect(plain(customSizeLine(contentOf({ maxBytes: '240 KB' })))).toBe(
      '35 × 45 mm at 300 dpi · JPEG, PNG · up to 240 KB',
    );
  });
});

describe('numbers as people type them', () => {
  test.each([
    ['1080', 0, 1080],
    [' 1080 ', 0, 1080],
    ['1 080', 0, 1080],
    ['16\u202f384', 0, 16_384],
    ['10,5', 2, 10.5],
    ['10.50', 1, 10.5],
    ['007', 0, 7],
    ['5.', 0, 5],
  ])('%j is read', (text, decimals, value) => {
    expect(readNumber(text, decimals)).toEqual({ kind: 'number', value });
  });

  test.each([
    '1e3',
    '-1',
    '+1',
    '0x10',
    '1,080.5',
    '1.080.5',
    '1 08',
    '.5',
    '١',
    'NaN',
    'Infinity',
    '1'.repeat(19),
    '1.234',
  ])('%j is not', (text) => {
    expect(readNumber(text, 2)).toEqual({ kind: 'wrong' });
  });

  test.each([
    ['240', 'KB', 240_000],
    ['1,5', 'MB', 1_500_000],
    ['240 KB', 'MB', 240_000],
    ['2mb', 'KB', 2_000_000],
    ['500 bytes', 'KB', 500],
    ['1 KiB', 'KB', 1024],
  ])('%j beside %s are %i bytes', (text, unit, value) => {
    expect(readBytes(text, unit)).toEqual({ kind: 'number', value });
  });

  test.each(['KB', '12 GB', '1 2 KB', '240 kb kb', 'constructor', '12 __proto__', ' '.repeat(10_000)])(
    '%j are no bytes',
    (text) => {
      expect(readBytes(text, 'KB').kind).not.toBe('number');
    },
  );

  test('whole bytes are written so that they are read as the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (value) => {
        const { text, unit } = writeBytes(value);
        expect(readBytes(text, unit)).toEqual({ kind: 'number', value });
      }),
    );
  });
});
