/** What becomes of a file where presets and custom sizes are kept already. */

import { expect, test } from 'vitest';
import {
  readCustomSizeForm,
  writeCustomSizeForm,
} from '../../../server/presets/customSizes/customSizeForm.shared.ts';
import { noExtras } from '../../../server/presets/exportExtras.shared.ts';
import type { CarriedPreset } from '../../../server/presets/file/presetFileRules.shared.ts';
import { planImport } from '../../../server/presets/file/presetImport.shared.ts';
import type { CustomSize, CustomSizeContent } from '../../../server/presets/preset.shared.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';

function sizeOf(name: string, width: string): CustomSizeContent {
  const { content } = readCustomSizeForm({ ...writeCustomSizeForm(null), name, width, height: '100' });
  if (content === null) throw new Error('The custom size is not right');
  return content;
}

const settings = { format: 'auto' as const, quality: 90, template: '{photo}', ...noExtras };
const presetOf = (name: string, ...sizes: CustomSizeContent[]): CarriedPreset => ({
  name,
  fit: defaultFit,
  settings,
  items: [
    { kind: 'spec', specId: 'x-post', version: 3, fit: null },
    ...sizes.map((customSize) => ({ kind: 'customSize' as const, customSize, fit: null })),
  ],
});

const kept: CustomSize = { ...sizeOf('Banner', '200'), id: 'my-kept', version: 4 };
const before = {
  presetNames: ['shop', 'Shop 2'],
  customSizeNames: ['Banner', 'A broken one'],
  customSizes: [kept],
};
const plan = (file: { presets: CarriedPreset[]; customSizes?: CustomSizeContent[] }) =>
  planImport({ customSizes: [], ...file }, before, (at) => `my-new-${at}`);

test('a name that is taken gets the next number, also inside of the file', () => {
  const { presets } = plan({ presets: [presetOf('Shop'), presetOf('SHOP'), presetOf('Other')] });
  expect(presets.map(({ content, was }) => [content.name, was])).toEqual([
    ['Shop 3', 'Shop'],
    ['SHOP 4', 'SHOP'],
    ['Other', 'Other'],
  ]);
});

test('a custom size with the same name and rules is used again, with the version that it has here', () => {
  const { presets, customSizes, reused } = plan({ presets: [presetOf('A', sizeOf('Banner', '200'))] });
  expect([customSizes, reused]).toEqual([[], [kept]]);
  expect(presets[0]?.content.items).toEqual([
    { specId: 'x-post', version: 3, fit: null },
    { specId: 'my-kept', version: 4, fit: null },
  ]);
});

test('one with other rules is made under a free name, once for all presets that have it', () => {
  const other = sizeOf('Banner', '300');
  const { presets, customSizes } = plan({
    presets: [presetOf('A', other), presetOf('B', other)],
    customSizes: [other, sizeOf('a broken one', '1')],
  });
  expect(customSizes.map(({ size, was }) => [size.id, size.name, size.version, was])).toEqual([
    ['my-new-0', 'Banner 2', 1, 'Banner'],
    ['my-new-1', 'a broken one 2', 1, 'a broken one'],
  ]);
  expect(presets.map(({ content }) => content.items[1]?.specId)).toEqual(['my-new-0', 'my-new-0']);
});
