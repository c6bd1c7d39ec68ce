/** Custom sizes as specs, in words, and their form: what it reads, what it refuses, and that both ways agree. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { customSizeSpec, writtenSizeWords } from '../../../server/presets/customSize.shared.ts';
import { customSizeFieldNames } from '../../../server/presets/customSizeFields.shared.ts';
import { readCustomSizeForm, writeCustomSizeForm } from '../../../server/presets/customSizeForm.shared.ts';
import { customSizeContentShape } from '../../../server/presets/customSizeShape.shared.ts';
import { customSizeLine, customSizeWords } from '../../../server/presets/customSizeWords.shared.ts';
import type { WrittenSize } from '../../../server/presets/preset.shared.ts';
import { readBytes, readNumber, writeBytes } from '../../../server/presets/writtenNumber.shared.ts';
import { customSizeContents } from './keptArbitraries.ts';

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

describe('the form refuses in words, at the field', () => {
  test.each<[string, Record<string, string>, string]>([
    ['name', { name: ' ' }, 'The name is missing.'],
    ['name', { name: 'x'.repeat(61) }, 'at most 60 characters'],
    ['name', { name: 'a\u202eb' }, 'can’t be used'],
    ['kind', { kind: 'area' }, 'Choose one of the list.'],
    ['unit', { unit: 'ft' }, 'Choose one of the list.'],
    ['width', { width: '' }, 'The width is missing.'],
    ['width', { width: '35.123' }, 'two decimals at most'],
    ['width', { unit: 'px', width: '1080.5' }, 'whole number of pixels'],
    ['width', { unit: 'px', width: '0' }, '1 to 16 384 px'],
    ['height', { unit: 'px', height: '16385' }, 'browsers draw no larger picture'],
    ['height', { height: '0' }, 'can’t be 0'],
    ['width', { width: '2000' }, 'The width at 300 dpi is 23 622 px, and browsers draw 16 384 px at most.'],
    ['dpi', { dpi: '' }, 'mm become pixels by it'],
    ['dpi', { dpi: '29' }, '30 to 2400'],
    ['dpi', { dpi: '300.5' }, '30 to 2400'],
    ['ratio', { kind: 'ratio' }, 'The ratio is missing.'],
    ['ratio', { kind: 'ratio', ratio: '4' }, 'two numbers'],
    ['ratio', { kind: 'ratio', ratio: '0.8:1' }, 'Each number of the ratio is 1 to 100'],
    ['ratio', { kind: 'ratio', ratio: '21:1' }, '20 times the other'],
    ['longest', { kind: 'longest', longest: '16385' }, '1 to 16 384 px'],
    ['percent', { kind: 'percent', percent: '101' }, '1 to 100'],
    ['percent', { kind: 'percent', percent: '0.5' }, '1 to 100'],
    ['formats', { jpeg: '', png: '' }, 'Tick at least one format.'],
    ['preferred', { preferred: 'gif' }, 'Choose one of the list.'],
    ['quality', { quality: '0' }, '1 to 100'],
    ['quality', { quality: '80', jpeg: '' }, 'PNG has no quality.'],
    ['minBytes', { minBytes: '300', maxBytes: '240' }, 'At least 300 KB has to be less than at most 240 KB.'],
    ['minBytes', { minBytes: '240', maxBytes: '240' }, 'has to be less'],
    ['maxBytes', { maxBytes: '0.5' }, 'from 1 KB to 1 GB'],
    ['maxBytes', { maxBytes: 'much' }, 'from 1 KB to 1 GB'],
    ['mode', { mode: 'fill' }, 'Choose one of the list.'],
    ['background', { mode: 'contain', background: 'plaid' }, 'Choose one of the list.'],
    ['colour', { mode: 'contain', colour: 'red' }, '#ffffff'],
    ['background', { mode: 'contain', background: 'transparent', png: '' }, 'JPEG has no transparency.'],
    ['safeArea', { safeArea: 'star' }, 'Choose one of the list.'],
    ['insetTop', { safeArea: 'inset' }, 'All edges are 0.'],
    ['insetLeft', { safeArea: 'inset', insetLeft: '100' }, 'below 100'],
    ['insetTop', { safeArea: 'inset', insetTop: '50', insetBottom: '50' }, 'leave nothing'],
    ['insetRight', { safeArea: 'inset', insetLeft: '99', insetRight: '1' }, 'leave nothing'],
    ['safeWidth', { safeArea: 'rectangle', safeHeight: '50' }, 'is missing'],
    ['safeWidth', { safeArea: 'rectangle', safeWidth: '100', safeHeight: '100' }, 'the whole picture'],
    ['safeCircle', { safeArea: 'circle', safeCircle: '120' }, 'up to 100'],
    ['mask', { mask: 'star' }, 'Choose one of the list.'],
    ['mask', { mask: 'circle', width: '100' }, 'hide more than it shows'],
    ['mask', { mask: 'rounded', kind: 'longest', longest: '2048' }, 'needs a shape of its own'],
  ])('%s: %j', (field, changes, sentence) => {
    const { content, errors } = readCustomSizeForm({ ...valid, ...changes });
    expect(content).toBeNull();
    expect(Object.keys(errors)).toEqual([field]);
    expect(plain(errors[field] ?? '')).toContain(sentence);
  });

  test('all at once, in the order of the form', () => {
    const { errors } = readCustomSizeForm({
      mask: 'x',
      name: '',
      width: 'x',
      kind: 'size',
      unit: 'px',
      quality: 'x',
    });
    expect(Object.keys(errors)).toEqual([
      'name',
      'width',
      'height',
      'formats',
      'preferred',
      'quality',
      'mask',
    ]);
  });

  test('what the choices above make pointless is not looked at', () => {
    const stale = {
      ratio: 'x',
      longest: 'x',
      percent: 'x',
      insetTop: 'x',
      safeCircle: 'x',
      colour: 'x',
      background: 'x',
    };
    expect(contentOf(stale)).toEqual(contentOf());
    expect(contentOf({ kind: 'percent', percent: '50', mode: 'contain', background: 'x' }).fit).toBeNull();
  });

  test('the preferred format counts when it is ticked', () => {
    expect(contentOf({ preferred: 'webp' }).formats).toEqual(['jpeg', 'png']);
    expect(contentOf({ preferred: 'webp', webp: 'yes' }).formats).toEqual(['webp', 'jpeg', 'png']);
  });
});

describe('for whatever comes', () => {
  const fields = fc.dictionary(
    fc.oneof(
      fc.constantFrom(...customSizeFieldNames),
      fc.constantFrom('__proto__', 'constructor', 'toString'),
    ),
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'size',
        'ratio',
        'yes',
        'px',
        'mm',
        '300',
        '4:5',
        'jpeg',
        'inset',
        'circle',
        'contain',
        'KB',
        '12',
      ),
      fc.anything(),
    ),
  );

  test('reading never throws; what is accepted has the shape of a custom size and reads as itself again', () => {
    fc.assert(
      fc.property(fields, fc.boolean(), (sent, isAlmostRight) => {
        const { content, errors, typed } = readCustomSizeForm(isAlmostRight ? { ...valid, ...sent } : sent);
        expect(content === null).toBe(Object.keys(errors).length > 0);
        expect(Object.keys(typed).sort()).toEqual([...customSizeFieldNames].sort());
        if (content === null) return;
        expect(customSizeContentShape.safeParse(content).success).toBe(true);
        expect(readCustomSizeForm(writeCustomSizeForm(content)).content).toEqual(content);
      }),
      { numRuns: 2000 },
    );
  });

  test('every custom size is written so that it is read as the same', () => {
    fc.assert(
      fc.property(customSizeContents, (content) => {
        const { content: read, errors } = readCustomSizeForm(writeCustomSizeForm(content));
        expect(errors).toEqual({});
        expect(read).toEqual(content);
        const { widthPx, heightPx } = customSizeSpec({ ...content, id: 'my-1', version: 1 });
        for (const px of [widthPx, heightPx])
          expect(Number.isInteger(px) && px >= 1 && px <= 16_384).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
