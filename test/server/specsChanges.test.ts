import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type EarlierVersion,
  formats,
  type Mask,
  type Spec,
  type SpecRules,
} from '../../server/specs/spec.shared.ts';
import { changesSince, historyOf } from '../../server/specs/specChanges.shared.ts';
import { aSpec } from './specsFixture.ts';

const plain = (words: string) => words.replaceAll('\u00a0', ' ');
const wordsOf = (spec: Spec, version: number) => changesSince(spec, version).map(({ words }) => plain(words));

/** A spec of version 2 with the given rules, which had the other ones in version 1. */
function changed(now: Partial<SpecRules>, was: Partial<SpecRules>): Spec {
  return aSpec({ ...now, version: 2, earlier: [{ version: 1, until: '2026-12-01', rules: was }] });
}

const head = {
  height: { min: 0.5, max: 0.69 },
  eyes: null,
  above: null,
  width: null,
  words: 'half',
  mayCrop: true,
};
const noPixels = { widthPx: null, heightPx: null, longestPx: null };

describe('what changed since a version', () => {
  test.each<[string, Partial<SpecRules>, Partial<SpecRules>, string[]]>([
    ['size', { widthPx: 1080, heightPx: 1350 }, { heightPx: 1080 }, ['1080 × 1350 px, was 1080 × 1080 px']],
    ['formats', { formats: ['png', 'jpeg'] }, { formats: ['jpeg'] }, ['PNG or JPEG, was JPEG']],
    [
      'order of formats',
      { formats: ['png', 'jpeg'] },
      { formats: ['jpeg', 'png'] },
      ['PNG or JPEG, was JPEG or PNG'],
    ],
    ['most bytes', { maxBytes: 2_000_000 }, { maxBytes: 5_000_000 }, ['max 2 MB, was 5 MB']],
    ['no most bytes', { maxBytes: null }, { maxBytes: 5_000_000 }, ['max unknown, was 5 MB']],
    ['least bytes', { minBytes: 54_000 }, { minBytes: null }, ['min 54 KB, was unknown']],
    [
      'bytes that round alike',
      { maxBytes: 10_485_760 },
      { maxBytes: 10_400_000 },
      ['max 10 485 760 bytes, was 10 400 000 bytes'],
    ],
    [
      'least pixels',
      { minPx: { ...noPixels, widthPx: 600, heightPx: 750 } },
      { minPx: { ...noPixels, widthPx: 640 } },
      ['at least 600 × 750 px, was 640 px wide'],
    ],
    [
      'most pixels',
      { maxPx: { ...noPixels, longestPx: 4096 } },
      { maxPx: null },
      ['at most longest side 4096 px, was unknown'],
    ],
    ['resolution', { dpi: 300 }, { dpi: 350 }, ['300 dpi, was 350 dpi']],
    ['resolution given up', { dpi: null }, { dpi: 350 }, ['no dpi, was 350 dpi']],
    [
      'safe area, in the pixels of its time',
      { widthPx: 1000, heightPx: 1000, safeArea: { kind: 'circle', x: 0.5, y: 0.5, radius: 0.4 } },
      { safeArea: { kind: 'circle', x: 0.5, y: 0.5, radius: 0.25 } },
      ['safe area a circle of 800 px across, was a circle of 500 px across'],
    ],
    [
      'safe area by less than a pixel',
      { safeArea: { kind: 'circle', x: 0.5, y: 0.5, radius: 0.4 } },
      { safeArea: { kind: 'circle', x: 0.5, y: 0.5, radius: 0.40001 } },
      ['safe area a circle of 864 px across, was slightly different'],
    ],
    ['mask', { mask: 'circle' }, { mask: null }, ['shown as a circle, was a rectangle']],
    [
      'views',
      { derived: [{ name: 'Grid', area: { x: 0, y: 0, width: 1, height: 0.5 }, mask: null, shownPx: null }] },
      { derived: [] },
      ['views Grid (1080 × 675 px), was none known'],
    ],
    [
      'background',
      { background: { words: 'white', colour: '#ffffff' } },
      { background: { words: 'white', colour: null } },
      ['background white (#ffffff), was white'],
    ],
    ['head', { head }, { head: null }, ['head half, was without a rule']],
    [
      'head bands under the same words',
      { head },
      { head: { ...head, height: { min: 0.45, max: 0.69 } } },
      ['head chin to crown 50 to 69 %, was chin to crown 45 to 69 %'],
    ],
    ['cropping', { head: { ...head, mayCrop: false } }, { head }, ['cropping not allowed, was allowed']],
  ])('names the %s', (_rule, now, was, words) => {
    expect(wordsOf(changed(now, was), 1)).toEqual(words);
  });

  test('is nothing for the version of today, for a newer one and for one that never was', () => {
    const spec = changed({ maxBytes: 2_000_000 }, { maxBytes: 5_000_000 });
    for (const version of [2, 3, 0, -1, 1.5, Number.NaN]) expect(changesSince(spec, version)).toEqual([]);
    expect(changesSince(aSpec({}), 1)).toEqual([]);
  });

  test('goes through all versions in between, and leaves out what came back', () => {
    const earlier: EarlierVersion[] = [
      { version: 2, until: '2026-12-02', rules: { maxBytes: 3_000_000, dpi: 350 } },
      { version: 1, until: '2026-12-01', rules: { maxBytes: 5_000_000, dpi: 300 } },
    ];
    const spec = aSpec({ version: 3, maxBytes: 2_000_000, dpi: 300, earlier });
    expect(wordsOf(spec, 1)).toEqual(['max 2 MB, was 5 MB']);
    expect(wordsOf(spec, 2)).toEqual(['max 2 MB, was 3 MB', '300 dpi, was 350 dpi']);
    expect(
      historyOf(spec).map(({ version, on, changes }) => [
        version,
        on,
        changes.map(({ words }) => plain(words)),
      ]),
    ).toEqual([
      [3, '2026-12-02', ['max 2 MB, was 3 MB', '300 dpi, was 350 dpi']],
      [2, '2026-12-01', ['max 3 MB, was 5 MB', '350 dpi, was 300 dpi']],
    ]);
  });

  test('says the value of today and the value then apart', () => {
    expect(changesSince(changed({ maxBytes: 2_000_000 }, { maxBytes: 5_000_000 }), 1)).toEqual([
      { rule: 'bytes', words: 'max 2\u00a0MB, was 5\u00a0MB', now: 'max 2\u00a0MB', was: '5\u00a0MB' },
    ]);
  });
});

const px = fc.integer({ min: 16, max: 9999 });
const share = fc.double({ min: 0, max: 0.4, noNaN: true });
const bytes = fc.option(fc.integer({ min: 1, max: 1e8 }));
const limit = fc.option(
  fc.record({ widthPx: fc.option(px), heightPx: fc.option(px), longestPx: fc.option(px) }),
);
const safeArea = fc.option(
  fc.oneof(
    fc.record({ kind: fc.constant('inset' as const), top: share, right: share, bottom: share, left: share }),
    fc.record({ kind: fc.constant('rectangle' as const), x: share, y: share, width: share, height: share }),
    fc.record({ kind: fc.constant('circle' as const), x: share, y: share, radius: share }),
  ),
);
const ruleSets: fc.Arbitrary<SpecRules> = fc.record({
  widthPx: px,
  heightPx: px,
  formats: fc.shuffledSubarray([...formats], { minLength: 1 }),
  minBytes: bytes,
  maxBytes: bytes,
  minPx: limit,
  maxPx: limit,
  dpi: fc.option(fc.integer({ min: 30, max: 2400 })),
  safeArea,
  mask: fc.option(fc.constantFrom<Mask>('circle', 'rounded')),
  derived: fc.array(
    fc.record({
      name: fc.constantFrom('Grid', 'Phone'),
      area: fc.record({ x: share, y: share, width: share, height: share }),
      mask: fc.constant(null),
      shownPx: fc.constant(null),
    }),
    { maxLength: 2 },
  ),
  background: fc.option(fc.record({ words: fc.constantFrom('white', 'red'), colour: fc.constant(null) })),
  head: fc.option(fc.record({ ...fixedHead(), height: fc.option(fc.record({ min: share, max: share })) })),
});

function fixedHead() {
  const [words, mayCrop, none] = [fc.constantFrom('one', 'two'), fc.boolean(), fc.constant(null)];
  return { eyes: none, above: none, width: none, words, mayCrop };
}

/** What a catalogue row keeps of a spec that had these rules one after the other. */
function specWithPast(past: readonly SpecRules[]): Spec {
  const now = past.at(-1);
  const earlier = past.slice(0, -1).map((rules, index) => {
    const next = past[index + 1];
    const differing = Object.entries(rules).filter(
      ([key, value]) =>
        JSON.stringify(value) !== JSON.stringify(new Map(Object.entries(next ?? {})).get(key)),
    );
    return { version: index + 1, until: '2026-12-01', rules: Object.fromEntries(differing) };
  });
  return aSpec({ ...now, version: past.length, earlier: earlier.reverse() });
}

describe('for any past of a spec', () => {
  const pasts = fc.array(ruleSets, { minLength: 1, maxLength: 4 });

  test('the changes since a version are those between its rules and today’s, whatever was in between', () => {
    fc.assert(
      fc.property(pasts, fc.nat(), (past, seed) => {
        const version = 1 + (seed % past.length);
        const direct = [past[version - 1], past.at(-1)].flatMap((rules) => rules ?? []);
        const versions = version === past.length ? [] : changesSince(specWithPast(direct), 1);
        expect(changesSince(specWithPast(past), version)).toEqual(versions);
      }),
    );
  });

  test('every change is a rule with two different values in words, and a rule without a change is not named', () => {
    fc.assert(
      fc.property(pasts, (past) => {
        const [first, last] = [past[0], past.at(-1)];
        const changes = changesSince(specWithPast(past), 1);
        for (const { words, now, was } of changes) {
          expect(words).toBe(`${now}, was ${was}`);
          expect(now).not.toBe(was);
          expect(words).not.toMatch(/undefined|null|NaN|\[object| {2}|^[ ,]/);
        }
        const isSameSize = first?.widthPx === last?.widthPx && first?.heightPx === last?.heightPx;
        expect(changes.some(({ rule }) => rule === 'size')).toBe(!isSameSize);
        const isSameWindow = first?.minBytes === last?.minBytes && first?.maxBytes === last?.maxBytes;
        expect(changes.some(({ rule }) => rule === 'bytes')).toBe(!isSameWindow);
        expect(changes.some(({ rule }) => rule === 'mask')).toBe(first?.mask !== last?.mask);
        expect(changes.some(({ rule }) => rule === 'dpi')).toBe(first?.dpi !== last?.dpi);
      }),
    );
  });
});
