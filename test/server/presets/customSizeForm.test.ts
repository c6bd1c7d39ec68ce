/** The form of a custom size: what it refuses, what it does not look at, and that both ways agree. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { customSizeSpec } from '../../../server/presets/customSizes/customSize.shared.ts';
import { customSizeFieldNames } from '../../../server/presets/customSizes/customSizeFields.shared.ts';
import {
  readCustomSizeForm,
  writeCustomSizeForm,
} from '../../../server/presets/customSizes/customSizeForm.shared.ts';
import { customSizeContentShape } from '../../../server/presets/customSizes/customSizeShape.shared.ts';
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

  test.each([
    [
      '300',
      'The least, 300 KB, is more than the most, 240 KB.',
      'The most, 240 KB, is less than the least, 300 KB.',
    ],
    [
      '240',
      'The least, 240 KB, has to be less than the most',
      'The most, 240 KB, has to be more than the least',
    ],
  ])('at both ends of a window that lets nothing through: %s to 240 KB', (minBytes, least, most) => {
    const { content, errors } = readCustomSizeForm({ ...valid, minBytes, maxBytes: '240' });
    expect(content).toBeNull();
    expect(Object.keys(errors)).toEqual(['minBytes', 'maxBytes']);
    expect(plain(errors.minBytes ?? '')).toContain(least);
    expect(plain(errors.maxBytes ?? '')).toContain(most);
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
      { numRuns: 600 },
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
      { numRuns: 600 },
    );
  });
});
