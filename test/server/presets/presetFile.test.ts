/** Files of presets: written, read, and refused by path. */
import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  longestFile,
  parsePresetFile,
  type ReadPresetFile,
} from '../../../server/presets/file/presetFile.shared.ts';
import { planImport } from '../../../server/presets/file/presetImport.shared.ts';
import { writePresetFile } from '../../../server/presets/file/writtenPresetFile.shared.ts';
import type { CustomSize } from '../../../server/presets/preset.shared.ts';

const limits = { presets: 200, specsPerPreset: 60, customSizes: 200 };

const fit = { mode: 'cover', enlarge: false, background: { kind: 'colour', colour: '#ffffff' } };
const customSize = {
  name: 'Passport',
  size: { kind: 'size', width: 35, height: 45, unit: 'mm' },
  formats: ['jpeg'],
  maxBytes: 240_000,
  dpi: 300,
};
const item = { spec: 'instagram-square', version: 1 };
const preset = {
  name: 'Shop',
  fit,
  settings: { format: 'auto', quality: 90, template: '{photo}' },
  items: [item, { customSize: 'Passport', fit: { mode: 'contain' } }],
};
/** A file that is right; each test changes what it is about. */
const file = { schema: 'all-img-fit-presets/1', presets: [preset], customSizes: [customSize] };

const read = (value: unknown) => parsePresetFile(JSON.stringify(value), limits);

function faultsOf(result: ReadPresetFile): string[] {
  if (result.kind === 'read') throw new Error('It was read');
  return result.faults.map(({ path, message }) => `${path}: ${message}`.replaceAll('\u00a0', ' '));
}

function readOf(result: ReadPresetFile) {
  if (result.kind === 'refused') throw new Error(faultsOf(result).join('\n'));
  return result;
}

describe('a file', () => {
  test('is read with what it leaves out', () => {
    const { presets, customSizes } = readOf(read(file));
    expect(customSizes).toHaveLength(1);
    expect(presets[0]?.items[1]).toHaveProperty('customSize', customSizes[0]);
    expect(presets).toHaveLength(1);
    expect(presets[0]).toMatchObject({ name: 'Shop', settings: preset.settings });
    expect(presets[0]?.items[0]).toEqual({ kind: 'spec', specId: 'instagram-square', version: 1, fit: null });
    expect(presets[0]?.items[1]).toMatchObject({
      kind: 'customSize',
      fit: { mode: 'contain' },
      customSize: { name: 'Passport', minBytes: null, safeArea: null, quality: null, fit: null },
    });
  });

  test('may begin with a byte order mark, and hold specs that nobody knows yet and names twice', () => {
    const unknown = { ...preset, items: [{ spec: 'a-spec-of-tomorrow', version: 7 }] };
    const text = `\ufeff\r\n${JSON.stringify({ ...file, presets: [unknown, unknown] })}`;
    expect(readOf(parsePresetFile(text, limits)).presets).toHaveLength(2);
  });

  test('is written short and stable, whatever the order of the fields', () => {
    const { presets } = readOf(read(file));
    const plan = planImport({ presets, customSizes: [] }, nothing, () => 'my-1');
    const [content] = plan.presets.map((one) => one.content);
    const sizes = plan.customSizes.map(({ size }) => size);
    const text = writePresetFile(content ? [content] : [], sizes);
    expect(text).toBe(`{
  "schema": "all-img-fit-presets/1",
  "presets": [
    {
      "name": "Shop",
      "fit": { "mode": "cover" },
      "settings": { "format": "auto", "quality": 90, "template": "{photo}" },
      "items": [
        { "spec": "instagram-square", "version": 1 },
        { "customSize": "Passport", "fit": { "mode": "contain" } }
      ]
    }
  ],
  "customSizes": [
    {
      "name": "Passport",
      "size": { "kind": "size", "width": 35, "height": 45, "unit": "mm" },
      "formats": [ "jpeg" ],
      "maxBytes": 240000,
      "dpi": 300
    }
  ]
}
`);
    const shuffled = sizes.map(
      (size) => Object.fromEntries(Object.entries(size).reverse()) as unknown as CustomSize,
    );
    expect(writePresetFile(content ? [content] : [], shuffled)).toBe(text);
  });

  test('is what docs/presets.md shows, letter by letter', () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(fs.readFileSync('docs/presets.md', 'utf8')) ?? [];
    const plan = planImport(readOf(parsePresetFile(example, limits)), nothing, () => 'my-1');
    const contents = plan.presets.map(({ content }) => content);
    const sizes = plan.customSizes.map(({ size }) => size);
    expect(writePresetFile(contents, sizes)).toBe(example);
  });

  test('leaves out what is not there any more, and a preset of nothing else', () => {
    const gone = { specId: 'my-gone', version: 1, fit: null };
    const kept = { ...readOf(read(file)).presets[0], items: [gone] };
    const text = writePresetFile([{ ...preset, ...kept } as never], []);
    expect(JSON.parse(text).presets).toEqual([]);
  });
});

const nothing = { presetNames: [], customSizeNames: [], customSizes: [] };

describe('a fault is named by its path', () => {
  const withPreset = (changes: object) => ({ ...file, presets: [{ ...preset, ...changes }] });
  const withItem = (changes: object) => withPreset({ items: [item, changes] });
  const withSize = (changes: object) => ({ ...file, customSizes: [{ ...customSize, ...changes }] });
  const path = 'customSizes[0]';

  test.each<[string, unknown, string]>([
    [
      'another schema',
      { ...file, schema: 'all-img-fit-presets/2' },
      'schema: must be "all-img-fit-presets/1".',
    ],
    ['no schema', { presets: [] }, 'schema: is missing.'],
    ['no presets', { schema: file.schema }, 'presets: is missing.'],
    ['nothing', { schema: file.schema, presets: [] }, 'presets: is empty: there is nothing to import.'],
    ['a list', [], ': must be an object in { }.'],
    ['null', null, ': must be an object in { }.'],
    ['a strange field', { ...file, author: 'x' }, 'author: is not known here.'],
    ['a strange field inside', withPreset({ colour: 1 }), 'presets[0].colour: is not known here.'],
    ['no name', withPreset({ name: undefined }), 'presets[0].name: is missing.'],
    ['an empty name', withPreset({ name: ' ' }), 'presets[0].name: The name is missing.'],
    ['half a character', withPreset({ name: 'a\ud800' }), 'presets[0].name: The name holds a character'],
    ['a mode', withPreset({ fit: { ...fit, mode: 'fill' } }), 'presets[0].fit.mode: must be one of "cover"'],
    [
      'a colour',
      withPreset({ fit: { ...fit, background: { kind: 'colour', colour: 'red' } } }),
      'presets[0].fit.background.colour: must be a colour',
    ],
    [
      'a background',
      withPreset({ fit: { ...fit, background: { kind: 'x' } } }),
      'presets[0].fit.background.kind: must be one of',
    ],
    [
      'a quality',
      withPreset({ settings: { ...preset.settings, quality: 101 } }),
      'presets[0].settings.quality: must be at most 100.',
    ],
    [
      'a template',
      withPreset({ settings: { ...preset.settings, template: 'a/b' } }),
      'presets[0].settings.template: A name cannot hold a slash',
    ],
    ['no items', withPreset({ items: [] }), 'presets[0].items: Add at least one spec.'],
    [
      'too many',
      withPreset({ items: Array.from({ length: 61 }, (_, at) => ({ spec: `s-${at}`, version: 1 })) }),
      'presets[0].items: A preset holds 60 specs at most, and this would be 61.',
    ],
    ['an empty item', withItem({}), 'presets[0].items[1]: must have "spec" and "version", or "customSize".'],
    ['both', withItem({ ...item, customSize: 'Passport' }), 'presets[0].items[1]: must have either'],
    ['no version', withItem({ spec: 'x-post' }), 'presets[0].items[1].version: is missing.'],
    [
      'a spec',
      withItem({ spec: 'X Post', version: 1 }),
      'presets[0].items[1].spec: must be the id of a spec',
    ],
    [
      'an id of mine',
      withItem({ spec: 'my-1', version: 1 }),
      'presets[0].items[1].spec: is the id of a custom size',
    ],
    ['twice a spec', withItem(item), 'presets[0].items[1]: is there twice'],
    [
      'twice a custom size',
      withPreset({ items: [{ customSize: 'Passport' }, { customSize: 'Passport' }] }),
      'presets[0].items[1]: is there twice',
    ],
    [
      'a custom size that is not there',
      withItem({ customSize: 'passport' }),
      'presets[0].items[1].customSize: must be the name of one of "customSizes"',
    ],
    [
      'a custom size by its rules',
      withItem({ customSize }),
      'presets[0].items[1].customSize: must be a text in quotes.',
    ],
    [
      'two custom sizes of a name',
      { ...file, customSizes: [customSize, customSize] },
      'customSizes[1].name: is there twice.',
    ],
    ['bytes as text', withSize({ maxBytes: '240 KB' }), `${path}.maxBytes: must be a number.`],
    ['part of a byte', withSize({ maxBytes: 2000.5 }), `${path}.maxBytes: must be a whole number.`],
    ['few bytes', withSize({ maxBytes: 10 }), `${path}.maxBytes: The largest size is a number from 1 KB`],
    [
      'a width',
      withSize({ size: { ...customSize.size, width: 35.123 } }),
      `${path}.size.width: The width is a number of mm`,
    ],
    [
      'a huge width',
      withSize({ size: { ...customSize.size, width: 1e300 } }),
      `${path}.size.width: The width`,
    ],
    ['a minus', withSize({ size: { kind: 'longest', px: -1 } }), `${path}.size.px: The longest side`],
    ['no dpi', withSize({ dpi: null }), `${path}.dpi: Write the resolution`],
    [
      'a ratio',
      withSize({ size: { kind: 'ratio', width: 30, height: 1 } }),
      `${path}.size: One side can be 20 times`,
    ],
    ['a kind', withSize({ size: { kind: 'area' } }), `${path}.size.kind: must be one of "size"`],
    [
      'a format',
      withSize({ formats: ['gif'] }),
      `${path}.formats[0]: must be one of "jpeg", "png", "webp", "avif", "ico".`,
    ],
    ['no format', withSize({ formats: [] }), `${path}.formats: must be at least 1 entries long.`],
    [
      'a safe area',
      withSize({ safeArea: { kind: 'inset', top: 0.6, bottom: 0.5, left: 0, right: 0 } }),
      `${path}.safeArea: Top and bottom`,
    ],
    [
      'a circle at the side',
      withSize({ safeArea: { kind: 'circle', x: 0.4, y: 0.5, radius: 0.2 } }),
      `${path}.safeArea.x: must be 0.5.`,
    ],
    ['a mask', withSize({ mask: 'star' }), `${path}.mask: must be one of "circle", "rounded".`],
    [
      'a custom size by itself',
      { ...file, presets: [], customSizes: [{ ...customSize, name: '' }] },
      'customSizes[0].name: The name is missing.',
    ],
  ])('%s', (_what, value, fault) => {
    const faults = faultsOf(read(value));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  });

  test('a window that lets nothing through is named at both ends', () => {
    const [least, most] = faultsOf(read(withSize({ minBytes: 300_000 })));
    expect(least).toContain(`${path}.minBytes: The least, 300 KB, is more`);
    expect(most).toContain(`${path}.maxBytes: The most, 240 KB, is less`);
  });

  test('many faults: the first twenty, and how many there are', () => {
    const items = Array.from({ length: 50 }, () => ({ spec: 'NO', version: 0 }));
    const result = read({ ...file, presets: [{ ...preset, items }] });
    expect([result.kind === 'refused' && result.count, faultsOf(result).length]).toEqual([100, 20]);
  });

  test.each([
    ['', 'There is nothing in it.'],
    ['\ufeff \n', 'There is nothing in it.'],
    ['<html>', 'This is no JSON'],
    ['{"schema": 1,\n  }', 'This is no JSON from line 2, character 3 on.'],
    ['{"schema":', 'This is no JSON'],
    ['['.repeat(100_000), 'This is no JSON'],
    ['{"a":'.repeat(20_000) + 1 + '}'.repeat(20_000), 'schema: is missing.'],
    ['1e400', 'must be an object'],
    [`${' '.repeat(longestFile)}{}`, 'at most 2500000 can be read at once'],
  ])('what is no file of presets is said: %.20j', (text, sentence) => {
    expect(faultsOf(parsePresetFile(text, limits)).join('\n')).toContain(sentence);
  });

  test('names that JavaScript keeps for itself change nothing and are refused like any other', () => {
    const text = JSON.stringify(file).replace(
      '"name":"Shop"',
      '"name":"Shop","__proto__":{"fit":1},"constructor":{"prototype":{"x":1}}',
    );
    expect(faultsOf(parsePresetFile(text, limits))).toEqual([
      'presets[0].__proto__: is not known here.',
      'presets[0].constructor: is not known here.',
    ]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test('more presets than one may keep', () => {
    const many = { ...file, presets: Array.from({ length: 3 }, () => preset) };
    const few = parsePresetFile(JSON.stringify(many), { ...limits, presets: 2 });
    expect(faultsOf(few)).toEqual(['presets: must be at most 2 entries long.']);
  });
});
