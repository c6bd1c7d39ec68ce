import { describe, expect, test } from 'vitest';
import { parseCatalogue } from '../../server/specs/parseCatalogue.ts';
import { proofOf } from '../../server/specs/spec.shared.ts';
import { parseRow } from './writtenRow.ts';

const printed = { widthPx: undefined, heightPx: undefined, name: 'Post' };
const safeAreaOf = (change: Record<string, unknown>) => parseRow(change).safeArea;
const viewOf = (view: Record<string, unknown>) =>
  parseRow({ derived: [{ name: 'Grid', ...view }] }).derived[0];

describe('a written spec', () => {
  test('gets its group, and nothing for what it leaves out', () => {
    expect(parseRow({})).toMatchObject({
      group: 'Place',
      minBytes: null,
      maxBytes: null,
      minPx: null,
      maxPx: null,
      dpi: null,
      printedMm: null,
      safeArea: null,
      mask: null,
      derived: [],
      background: null,
      head: null,
      alsoTaken: [],
      note: '',
      proofs: {},
      differ: [],
      earlier: [],
    });
  });

  test('gets its pixels from millimetres and dpi', () => {
    const spec = parseRow({ ...printed, sizeMm: [35, 45], dpi: 300 });
    expect(spec).toMatchObject({ widthPx: 413, heightPx: 531, printedMm: { width: 35, height: 45 } });
  });

  test('gets its pixels from inches and dpi', () => {
    const spec = parseRow({ ...printed, sizeIn: [4, 6], dpi: 300 });
    expect(spec).toMatchObject({ widthPx: 1200, heightPx: 1800, printedMm: { width: 101.6, height: 152.4 } });
  });

  test('keeps its pixels beside a printed size that only gives the measure', () => {
    const spec = parseRow({ name: 'Visa', widthPx: 390, heightPx: 560, sizeMm: [33, 48] });
    expect(spec).toMatchObject({
      widthPx: 390,
      heightPx: 560,
      printedMm: { width: 33, height: 48 },
      dpi: null,
    });
  });

  test.each([
    ['percent', { insetPercent: { top: 14, bottom: 20 } }, { top: 0.14, right: 0, bottom: 0.2, left: 0 }],
    ['the middle in pixels', { centrePx: [540, 1350] }, { x: 0.25, y: 0, width: 0.5, height: 1 }],
    ['a ratio', { centreRatio: [1, 1] }, { x: 0, y: 0.1, width: 1, height: 0.8 }],
    [
      'a rectangle in pixels',
      { rectanglePx: [108, 135, 540, 270] },
      { x: 0.1, y: 0.1, width: 0.5, height: 0.2 },
    ],
    [
      'a rectangle in percent',
      { rectanglePercent: [10, 20, 30, 40] },
      { x: 0.1, y: 0.2, width: 0.3, height: 0.4 },
    ],
    ['a circle', { circlePercent: 40 }, { x: 0.5, y: 0.5, radius: 0.4 }],
  ])('turns a safe area in %s into fractions', (_unit, safeArea, fractions) => {
    const area: Readonly<Record<string, unknown>> = { ...safeAreaOf({ safeArea }) };
    for (const [name, fraction] of Object.entries(fractions)) expect(area[name]).toBeCloseTo(fraction, 9);
  });

  test('turns a safe area in millimetres into fractions of the print', () => {
    const area = safeAreaOf({ ...printed, sizeMm: [100, 50], dpi: 300, safeArea: { insetMm: 5 } });
    expect(area).toEqual({ kind: 'inset', top: 0.1, right: 0.05, bottom: 0.1, left: 0.05 });
  });

  test('turns views into fractions: all of it, a part, the safe area itself', () => {
    expect(viewOf({})?.area).toEqual({ x: 0, y: 0, width: 1, height: 1 });
    expect(viewOf({ area: { centrePx: [540, 675] }, mask: 'circle', shownPx: 32 })).toEqual({
      name: 'Grid',
      area: { x: 0.25, y: 0.25, width: 0.5, height: 0.5 },
      mask: 'circle',
      shownPx: 32,
    });
    const spec = parseRow({
      safeArea: { centrePx: [540, 1350] },
      derived: [{ name: 'Grid', area: 'safeArea' }],
    });
    expect(spec.derived[0]?.area).toEqual({ x: 0.25, y: 0, width: 0.5, height: 1 });
  });

  test('turns head bands in millimetres, percent and pixels into fractions, of the width where they go across', () => {
    const head = { words: 'As the source puts it', height: { mm: [25, 35] }, width: { mm: [20, 30] } };
    const rest = { eyes: { percent: [56, null] }, above: { px: [10, 59] } };
    const spec = parseRow({ ...printed, sizeMm: [40, 50], dpi: 300, head: { ...head, ...rest } });
    expect(spec.head).toEqual({
      words: 'As the source puts it',
      height: { min: 0.5, max: 0.7 },
      width: { min: 0.5, max: 0.75 },
      eyes: { min: 0.56, max: 1 },
      above: { min: 10 / 591, max: 59 / 591 },
      mayCrop: true,
    });
  });

  test('has limits of pixels by side, and both where only one size is taken', () => {
    expect(parseRow({ minPx: { width: 320 }, maxPx: { longest: 4000 } })).toMatchObject({
      minPx: { widthPx: 320, heightPx: null, longestPx: null },
      maxPx: { widthPx: null, heightPx: null, longestPx: 4000 },
    });
    const exactly = { widthPx: 1080, heightPx: 1350, longestPx: null };
    expect(parseRow({ exact: true })).toMatchObject({ minPx: exactly, maxPx: exactly });
  });

  test('has a background in words, and a colour where one is meant', () => {
    expect(parseRow({ background: { words: 'plain' } }).background).toEqual({ words: 'plain', colour: null });
    const white = { words: 'white', colour: '#ffffff' };
    expect(parseRow({ background: white }).background).toEqual(white);
  });
});

describe('the proof of a written spec', () => {
  test('is that of the row for every rule that has no other', () => {
    const spec = parseRow({ maxBytes: 5, proofs: { bytes: { sources: ['guide'], confidence: 'C' } } });
    expect(proofOf(spec, 'bytes')).toEqual({ sources: [1], confidence: 'C', checkedOn: '2026-11-21' });
    expect(proofOf(spec, 'size')).toEqual({ sources: [0, 1], confidence: 'B', checkedOn: '2026-11-21' });
  });

  test('makes the spec as sure as its weakest rule and as old as its oldest one', () => {
    const proofs = { bytes: { confidence: 'K' }, size: { confidence: 'A', checkedOn: '2026-12-24' } };
    const spec = parseRow({ maxBytes: 5, proofs });
    expect([spec.confidence, spec.checkedOn]).toEqual(['K', '2026-11-21']);
    expect(proofOf(spec, 'bytes')).toEqual({ sources: [], confidence: 'K', checkedOn: '2026-11-21' });
    expect(proofOf(spec, 'size')).toEqual({ sources: [0, 1], confidence: 'A', checkedOn: '2026-12-24' });
    expect(proofOf(spec, 'formats').confidence).toBe('B');
  });

  test('is general knowledge where there is no source', () => {
    const spec = parseCatalogue([
      [
        'place.json',
        {
          group: 'Place',
          specs: [
            {
              id: 'place-icon',
              name: 'Icon',
              version: 1,
              widthPx: 64,
              heightPx: 64,
              formats: ['png'],
              confidence: 'K',
              checkedOn: '2026-11-21',
            },
          ],
        },
      ],
    ])[0];
    expect(spec?.sources).toEqual([{ text: 'General knowledge, not looked up', url: null }]);
    expect(spec?.confidence).toBe('K');
  });

  test('says what sources say differently, and which of them where that is known', () => {
    const says = [{ words: '2 MB', source: 'guide' }, { words: '5 MB' }];
    expect(parseRow({ maxBytes: 2_000_000, differ: [{ rule: 'bytes', says }] }).differ).toEqual([
      {
        rule: 'bytes',
        says: [
          { words: '2 MB', source: 1 },
          { words: '5 MB', source: null },
        ],
      },
    ]);
  });
});
