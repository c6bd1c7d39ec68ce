import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameKey, withCopyName } from '../../../server/presets/names.shared.ts';
import { longestName, type PresetItem } from '../../../server/presets/preset.shared.ts';
import {
  acceptChange,
  addSpecs,
  dropOwnFit,
  moveItem,
  removeItem,
} from '../../../server/presets/presetEdits.shared.ts';
import { anyFit, anyItems } from './presetArbitraries.ts';

const most = 25;
const anIndex = fc.integer({ min: -2, max: 30 });
const someSpecs = fc.array(
  fc.record({
    id: fc.constantFrom(...'abcdefghij'.split('').flatMap((a) => [a, `${a}-x`, `${a}-y`])),
    version: fc.integer({ min: 1, max: 5 }),
  }),
  { maxLength: 40 },
);

type Edit = (content: { items: readonly PresetItem[] }) => { items: readonly PresetItem[] };
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  someSpecs.map(
    (specs): Edit =>
      (content) =>
        addSpecs(content, specs, most).content,
  ),
  anIndex.map(
    (index): Edit =>
      (content) =>
        removeItem(content, index),
  ),
  fc.tuple(anIndex, anIndex).map(
    ([from, to]): Edit =>
      (content) =>
        moveItem(content, from, to),
  ),
  anIndex.map(
    (index): Edit =>
      (content) =>
        acceptChange(content, index, 7),
  ),
  anIndex.map(
    (index): Edit =>
      (content) =>
        dropOwnFit(content, index),
  ),
);

const idsOf = ({ items }: { items: readonly PresetItem[] }) => items.map(({ specId }) => specId);

test('whatever is done in whatever order, no spec is there twice and the list is not too long', () => {
  fc.assert(
    fc.property(anyItems, fc.array(anyEdit, { maxLength: 30 }), (items, edits) => {
      const after = edits.reduce((content, edit) => edit(content), { items: items as readonly PresetItem[] });
      expect(new Set(idsOf(after)).size).toBe(after.items.length);
      expect(after.items.length).toBeLessThanOrEqual(most);
    }),
  );
});

test('adding keeps what is there as it is, appends in order, and says how many stayed out', () => {
  fc.assert(
    fc.property(anyItems, someSpecs, (items, specs) => {
      const { content, leftOut } = addSpecs({ items }, specs, most);
      expect(content.items.slice(0, items.length)).toEqual(items);
      const wanted = [...new Set(specs.map(({ id }) => id))].filter((id) => !idsOf({ items }).includes(id));
      expect(idsOf(content).slice(items.length)).toEqual(wanted.slice(0, most - items.length));
      expect(leftOut).toBe(wanted.length - (content.items.length - items.length));
    }),
  );
});

test('moving keeps the same items and the order of all others, and moving back undoes it', () => {
  fc.assert(
    fc.property(anyItems, anIndex, anIndex, (items, from, to) => {
      const moved = moveItem({ items }, from, to);
      expect([...idsOf(moved)].sort()).toEqual([...idsOf({ items })].sort());
      const one = items[from];
      if (one === undefined) return void expect(moved.items).toEqual(items);
      const others = (list: readonly PresetItem[]) => list.filter((item) => item !== one);
      expect(others(moved.items)).toEqual(others(items));
      const place = moved.items.indexOf(one);
      expect(place).toBe(Math.max(0, Math.min(to, items.length - 1)));
      expect(moveItem(moved, place, from).items).toEqual(items);
    }),
  );
});

test('removing, accepting and dropping a fit touch the item of that place alone', () => {
  fc.assert(
    fc.property(anyItems, anIndex, anyFit, (items, index, fit) => {
      const own = items.map((item) => ({ ...item, fit }));
      expect(removeItem({ items }, index).items).toEqual(items.filter((_, at) => at !== index));
      expect(acceptChange({ items: own }, index, 9).items).toEqual(
        own.map((item, at) => (at === index ? { ...item, version: 9 } : item)),
      );
      expect(dropOwnFit({ items: own }, index).items).toEqual(
        own.map((item, at) => (at === index ? { ...item, fit: null } : item)),
      );
    }),
  );
});

test('what else a content holds is carried through every edit', () => {
  const content = { items: [{ specId: 'a', version: 1, fit: null }], name: 'Shop' };
  expect(addSpecs(content, [{ id: 'b', version: 2 }], 5).content.name).toBe('Shop');
  expect(moveItem(content, 0, 0).name).toBe('Shop');
});

test.each([
  ['Shop', [], 'Shop 2'],
  ['Shop', ['Shop', 'shop 2'], 'Shop 3'],
  ['Shop 2', ['Shop', 'Shop 2'], 'Shop 3'],
  ['4', ['4'], '4 2'],
  ['Year 2026', ['Year 2026'], 'Year 2026 2'],
  ['Ｓｈｏｐ', ['Shop 2'], 'Ｓｈｏｐ 3'],
])('a copy of %s beside %j is %s', (name, taken, copy) => {
  expect(withCopyName(name, taken)).toBe(copy);
});

test.each([
  ['STRAẞE', 'straße'],
  ['STRASSE', 'straße'],
  ['ΟΔΟΣ', 'οδοσ'],
  ['Ｓｈｏｐ', 'sHOP'],
  ['Sh\u200dop', 'Shop'],
  ['Plum\ufe0f', 'Plum'],
  ['A  b', 'a\u00a0B'],
])('%s and %s are one name', (one, other) => {
  expect(nameKey(one)).toBe(nameKey(other));
  expect(nameKey(one)).not.toBe('');
});

test('a copy has a free name of at most 60 characters, whatever the names are', () => {
  const aName = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .map((text) => text.trim() || 'x');
  fc.assert(
    fc.property(aName, fc.array(aName), (name, taken) => {
      const copy = withCopyName(name, taken);
      expect([...copy].length).toBeLessThanOrEqual(longestName);
      expect(taken.map(nameKey)).not.toContain(nameKey(copy));
      expect(nameKey(copy)).not.toBe(nameKey(name));
    }),
  );
  const longest = 'ä'.repeat(60);
  expect([...withCopyName(longest, [longest])]).toHaveLength(60);
});

test.each([
  ['Shop', 'shop'],
  ['Straße', 'STRASSE'],
  ['Ｓｈｏｐ', 'shop'],
  ['a\u00a0b', 'A  b'],
  ['ﬁn', 'FIN'],
])('%s and %s are one name', (one, other) => {
  expect(nameKey(one)).toBe(nameKey(other));
});

test('a key fits its column, also where one sign stands for many', () => {
  expect([...nameKey('\ufdfa'.repeat(60))].length).toBeLessThanOrEqual(240);
  expect(nameKey('Shop')).not.toBe(nameKey('Shops'));
});
