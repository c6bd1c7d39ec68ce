import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noExtras, writeExtras } from '../../../server/presets/exportExtras.shared.ts';
import { fitWords } from '../../../server/presets/fitWords.shared.ts';
import {
  type PresetFields,
  readPresetForm,
  writeItem,
  writePresetForm,
} from '../../../server/presets/presetForm.shared.ts';
import { presetContentShape } from '../../../server/presets/presetShape.shared.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';
import { anyContent } from './presetArbitraries.ts';

const limits = { specsPerPreset: 20 };
const valid: PresetFields = {
  name: 'Shop',
  item: [writeItem({ specId: 'instagram-square', version: 2, fit: null })],
  mode: 'cover',
  background: 'colour',
  colour: '#ffffff',
  enlarge: '',
  format: 'auto',
  quality: '90',
  template: '{photo}-{spec}',
  ...writeExtras(noExtras),
};

test('a preset written as a form is read as the same preset, and that is one that the table takes back', () => {
  fc.assert(
    fc.property(anyContent, (content) => {
      const { content: read, errors } = readPresetForm(writePresetForm(content), limits);
      expect(errors).toEqual({});
      expect(read).toEqual(content);
      expect(presetContentShape.parse(JSON.parse(JSON.stringify(read)))).toEqual(content);
    }),
  );
});

test('whatever is sent, the answer is a preset that can be kept, or a sentence for each field', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...Object.values(valid).flat()));
  const box = fc.oneof(text, fc.constantFrom('yes', ''));
  const writtenExtras = {
    smallest: box,
    linear: box,
    keepCopyright: box,
    keepDate: box,
    keepProfile: box,
    keepPlace: box,
  };
  const fields = fc.record({
    name: text,
    item: fc.array(fc.oneof(text, fc.json(), fc.constant(valid.item[0] ?? '')), { maxLength: 30 }),
    mode: text,
    background: text,
    colour: text,
    enlarge: text,
    format: text,
    quality: text,
    template: text,
    ...writtenExtras,
  });
  fc.assert(
    fc.property(fields, (sent) => {
      const { content, errors, typed, draft } = readPresetForm(sent, limits);
      expect(content === null).toBe(Object.keys(errors).length > 0);
      for (const sentence of Object.values(errors)) expect(sentence).toMatch(/.\.$/);
      if (content !== null) expect(presetContentShape.parse(content)).toEqual(content);
      expect(typed.item).toHaveLength(draft.items.length);
      expect(JSON.stringify([content, typed.name, typed.template])).not.toMatch(/\\u0000|\\ud[89a-f]/);
    }),
    { numRuns: 500 },
  );
});

test.each<[string, Partial<PresetFields>, string]>([
  ['name', { name: '  ' }, 'The name is missing.'],
  ['name', { name: 'x'.repeat(61) }, 'The name may have at most 60 characters. This has 61.'],
  ['name', { name: 'a\u0000b' }, 'The name holds a character that can’t be used. Type it anew.'],
  ['items', { item: [] }, 'Add at least one spec.'],
  [
    'items',
    { item: ['{"specId":"A B","version":1,"fit":null}'] },
    'The list of specs could not be read as it was sent. Look at it again.',
  ],
  [
    'items',
    { item: [...valid.item, ...valid.item] },
    'The list of specs could not be read as it was sent. Look at it again.',
  ],
  [
    'items',
    { item: Array.from({ length: 21 }, (_, at) => writeItem({ specId: `s${at}`, version: 1, fit: null })) },
    'A preset holds 20 specs at most, and this would be 21. Take some out first.',
  ],
  ['mode', { mode: 'fill' }, 'Choose one of the list.'],
  ['background', { background: '' }, 'Choose one of the list.'],
  ['colour', { colour: 'red' }, 'A colour is written like #ffffff.'],
  ['format', { format: 'gif' }, 'Choose one of the list.'],
  ['quality', { quality: '0' }, 'Quality is a whole number from 1 to 100.'],
  ['quality', { quality: '9e1' }, 'Quality is a whole number from 1 to 100.'],
  ['template', { template: '{photo' }, 'A brace has no partner: write placeholders like {photo}.'],
  ['template', { template: 'a\u0000' }, 'The file name holds a character that can’t be used. Type it anew.'],
])('a wrong %s is said in words: %j', (field, change, sentence) => {
  const { content, errors } = readPresetForm({ ...valid, ...change }, limits);
  expect(content).toBeNull();
  expect(errors).toEqual({ [field]: sentence });
});

test('a refused form keeps what was typed, and the items that could be read', () => {
  const { typed, draft } = readPresetForm({ ...valid, quality: '900', item: ['{', ...valid.item] }, limits);
  expect(typed).toMatchObject({ name: 'Shop', quality: '900', item: valid.item });
  expect(draft.items).toEqual([{ specId: 'instagram-square', version: 2, fit: null }]);
});

test('an item holds nothing but what an item is made of', () => {
  const item = '{"specId":"a","version":1,"fit":null,"__proto__":{"x":1},"admin":true}';
  expect(readPresetForm({ ...valid, item: [item] }, limits).errors).toHaveProperty('items');
});

test.each([
  [{}, 'Crop to fill'],
  [{ mode: 'contain' }, 'Fit with background, #ffffff'],
  [{ mode: 'contain', background: { kind: 'blur' } }, 'Fit with background, blurred photo'],
  [{ mode: 'inside' }, 'Fit inside, smaller photos keep their size'],
  [{ mode: 'inside', enlarge: true }, 'Fit inside, smaller photos enlarged'],
  [{ mode: 'stretch' }, 'Stretch'],
] as const)('the fit %j is called %s', (change, words) => {
  expect(fitWords({ ...defaultFit, ...change })).toBe(words);
});
