import { describe, expect, test } from 'vitest';
import { parseRow } from './writtenRow.ts';

const second = { version: 2, until: '2026-11-20', rules: { minBytes: 3 } };
const first = { version: 1, until: '2026-11-19', rules: { maxBytes: 9 } };
const third = { version: 3, maxBytes: 8, earlier: [second, first] };

describe('the history of a written spec', () => {
  test('keeps of each version the rules that were different from the version after it', () => {
    expect(parseRow(third).earlier).toEqual([
      { version: 2, until: '2026-11-20', rules: { minBytes: 3 } },
      { version: 1, until: '2026-11-19', rules: { maxBytes: 9 } },
    ]);
  });

  test('keeps a rule that there was not as null', () => {
    const spec = parseRow({ version: 2, maxBytes: 8, earlier: [{ ...first, rules: { maxBytes: null } }] });
    expect(spec.earlier[0]?.rules).toEqual({ maxBytes: null });
  });

  test('tells an earlier size in whatever unit it was, with what follows from it', () => {
    const rules = { widthPx: 2160, heightPx: 2700 };
    const safeArea = { centrePx: [540, 1350] };
    const spec = parseRow({ version: 2, safeArea, earlier: [{ ...first, rules }] });
    expect(spec.earlier[0]?.rules).toEqual({
      widthPx: 2160,
      heightPx: 2700,
      safeArea: { kind: 'rectangle', x: 0.375, y: 0.25, width: 0.25, height: 0.5 },
    });
    const inMm = parseRow({ version: 2, dpi: 300, earlier: [{ ...first, rules: { sizeMm: [25.4, 50.8] } }] });
    expect(inMm.earlier[0]?.rules).toEqual({ widthPx: 300, heightPx: 600 });
  });

  test('tells limits that stood in place of an exact size', () => {
    const rules = { minPx: { width: 320 } };
    const spec = parseRow({ version: 2, exact: true, earlier: [{ ...first, rules }] });
    expect(spec.earlier[0]?.rules).toEqual({
      minPx: { widthPx: 320, heightPx: null, longestPx: null },
      maxPx: null,
    });
  });

  test('may go up to the newest day on which a rule was read', () => {
    const until = '2026-12-24';
    const proofs = { bytes: { checkedOn: until } };
    const spec = parseRow({ version: 2, maxBytes: 8, proofs, earlier: [{ ...first, until }] });
    expect(spec.checkedOn).toBe('2026-11-21');
    expect(spec.earlier[0]?.until).toBe(until);
  });

  test.each([
    ['a version without the one before it', { version: 2 }, 'earlier: must have the 1 versions before 2'],
    [
      'a first version with an earlier one',
      { maxBytes: 8, earlier: [first] },
      'earlier: must have the 0 versions',
    ],
    ['the oldest first', { ...third, earlier: [first, second] }, 'earlier.0.version: must be 2'],
    ['one left out', { ...third, version: 4 }, 'earlier: must have the 3 versions before 4'],
    [
      'nothing that changed',
      { version: 2, maxBytes: 9, earlier: [first] },
      'earlier.0.rules: are those of version 2: nothing changed',
    ],
    [
      'no rules',
      { version: 2, earlier: [{ ...first, rules: {} }] },
      'earlier.0.rules: are those of version 2',
    ],
    [
      'a change after the newest check',
      { version: 2, maxBytes: 8, earlier: [{ ...first, until: '2026-11-22' }] },
      'earlier.0.until: must not be after the newest check',
    ],
    [
      'days out of order',
      { ...third, earlier: [second, { ...first, until: '2026-11-21' }] },
      'earlier.1.until: must not be after 2026-11-20',
    ],
    [
      'a day that is none',
      { version: 2, maxBytes: 8, earlier: [{ ...first, until: '2026-11-31' }] },
      'earlier.0.until',
    ],
    [
      'an earlier value that was never right',
      { version: 2, minBytes: 5, maxBytes: 8, earlier: [{ ...first, rules: { maxBytes: 4 } }] },
      'earlier.0.rules.minBytes: must be below maxBytes',
    ],
    [
      'an earlier size without its other side',
      { version: 2, earlier: [{ ...first, rules: { widthPx: 2160 } }] },
      'earlier.0.rules.widthPx',
    ],
  ])('with %s is refused', (_fault, change, words) => {
    expect(() => parseRow(change)).toThrow(`place.json: place-post: ${words}`);
  });
});
