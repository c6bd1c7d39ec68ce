/** A preset in the address: there and back, whatever it is, and whatever somebody makes of it. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noExtras } from '../../../server/presets/exportExtras.shared.ts';
import { carryPreset } from '../../../server/presets/file/writtenPresetFile.shared.ts';
import { readPresetLink, writePresetLink } from '../../../server/presets/presetLink.shared.ts';
import { builtIn } from '../../../server/specs/catalogue.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';
import { keptThings } from './keptArbitraries.ts';

const settings = {
  format: 'auto' as const,
  quality: 90,
  template: '{photo}-{spec}-{width}x{height}',
  ...noExtras,
};
const itemsOf = (ids: readonly string[]) => ids.map((specId) => ({ specId, version: 1, fit: null }));
const presetOf = (ids: readonly string[]) => ({
  name: 'Shop',
  fit: defaultFit,
  settings,
  items: itemsOf(ids),
});

const linkOf = (list: unknown) => `#preset=${Buffer.from(JSON.stringify(list)).toString('base64url')}`;
/** A link that is right; each test changes what it is about. */
const list = [1, 'Shop', '', 'auto', 90, '', ['x-post']];

test('there and back it is the same, with custom sizes', () => {
  fc.assert(
    fc.property(keptThings, ({ sizes, presets }) => {
      for (const preset of presets) {
        const link = writePresetLink(preset, sizes);
        expect(link).toMatch(/^#preset=[\w-]+$/);
        expect(readPresetLink(link ?? '')).toEqual({ kind: 'preset', preset: carryPreset(preset, sizes) });
      }
    }),
    { numRuns: 500 },
  );
});

test('it is short: the usual is left out', () => {
  expect(writePresetLink(presetOf(['x-post']), [])).toBe(linkOf(list));
  const sixty = writePresetLink(presetOf(builtIn.specs.slice(0, 60).map(({ id }) => id)), []);
  expect(sixty?.length).toBeLessThan(2500);
});

test('what can’t be a link is none: no items, items that are gone, more than any preset has', () => {
  expect(writePresetLink(presetOf([]), [])).toBeNull();
  expect(writePresetLink(presetOf(['my-gone']), [])).toBeNull();
  expect(writePresetLink(presetOf(Array.from({ length: 201 }, (_, at) => `spec-${at}`)), [])).toBeNull();
  expect(
    writePresetLink(presetOf(Array.from({ length: 200 }, (_, at) => `${'long-'.repeat(15)}${at}`)), []),
  ).not.toBeNull();
});

test.each(['', '#', '#specs', '#preset', '#PRESET=x'])('%j has no preset in it', (hash) => {
  expect(readPresetLink(hash)).toEqual({ kind: 'none' });
});

test.each<[string, unknown]>([
  ['no list', {}],
  ['no version', ['Shop']],
  ['version 0', [0, ...list.slice(1)]],
  ['something more', [...list, 1]],
  ['no name', [1, '', ...list.slice(2)]],
  ['a fit', [1, 'Shop', 'x#ffffff', ...list.slice(3)]],
  ['a format', [1, 'Shop', '', 'gif', ...list.slice(4)]],
  ['a quality', [1, 'Shop', '', 'auto', 0, '', ['x-post']]],
  ['a template', [1, 'Shop', '', 'auto', 90, 'a/b', ['x-post']]],
  ['no items', [1, 'Shop', '', 'auto', 90, '', []]],
  ['a spec', [1, 'Shop', '', 'auto', 90, '', ['X Post']]],
  ['a spec twice', [1, 'Shop', '', 'auto', 90, '', ['x-post', 'x-post@2']]],
  ['an id of somebody’s', [1, 'Shop', '', 'auto', 90, '', ['my-1']]],
  ['a version', [1, 'Shop', '', 'auto', 90, '', ['x-post@0']]],
  [
    'a custom size that its form refuses',
    [1, 'Shop', '', 'auto', 90, '', [{ name: 'A', width: '0', height: '1' }]],
  ],
  ['a fit of an item', [1, 'Shop', '', 'auto', 90, '', [['x-post', 7]]]],
  ['too many', [1, 'Shop', '', 'auto', 90, '', Array.from({ length: 201 }, (_, at) => `s-${at}`)]],
])('a link with %s is refused in words', (_what, value) => {
  expect(readPresetLink(linkOf(value))).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('can’t be read'),
  });
});

test('a link of a later version says so, and one that was cut off says that', () => {
  expect(readPresetLink(linkOf([2, {}]))).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('newer version'),
  });
  const link = writePresetLink(presetOf(['x-post', 'instagram-square']), []) ?? '';
  for (let length = '#preset='.length; length < link.length; length += 1) {
    expect(readPresetLink(link.slice(0, length)).kind).toBe('refused');
  }
  expect(readPresetLink(`#preset=${'A'.repeat(40_000)}`).kind).toBe('refused');
});

test('whatever stands there, nothing throws', () => {
  const parts = fc.oneof(
    fc.string({ unit: 'binary' }).map((text) => `#preset=${text}`),
    fc.jsonValue().map(linkOf),
    fc.tuple(fc.nat(6), fc.jsonValue()).map(([at, value]) => linkOf(list.with(at, value as never))),
    fc.uint8Array().map((bytes) => `#preset=${Buffer.from(bytes).toString('base64url')}`),
  );
  fc.assert(
    fc.property(parts, (hash) => {
      const result = readPresetLink(hash);
      expect(['preset', 'refused']).toContain(result.kind);
    }),
    { numRuns: 2000 },
  );
});
