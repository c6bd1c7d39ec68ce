import { describe, expect, test } from 'vitest';
import { builtIn } from '../../server/specs/catalogue.ts';
import { parseCatalogue } from '../../server/specs/parseCatalogue.ts';
import type { SafeArea } from '../../server/specs/spec.shared.ts';

const validRow = {
  id: 'place-post',
  name: 'Post 4:5',
  version: 1,
  widthPx: 1080,
  heightPx: 1350,
  formats: ['jpeg'],
  sources: [{ text: 'Help page', url: 'https://example.org/help' }],
  confidence: 'A',
  checkedOn: '2026-11-21',
};

function parseRow(change: Record<string, unknown>) {
  return parseCatalogue([['place.json', { group: 'Place', specs: [{ ...validRow, ...change }] }]]);
}

function safeAreaOf(change: Record<string, unknown>): SafeArea | null {
  return parseRow(change)[0]?.safeArea ?? null;
}

describe('the catalogue', () => {
  test('has the specs that the first issue asks for, in groups that stay together', () => {
    expect(builtIn.specs.length).toBeGreaterThanOrEqual(100);
    expect(builtIn.groups.length).toBeGreaterThanOrEqual(20);
    const runs = builtIn.specs.filter((spec, index) => spec.group !== builtIn.specs[index - 1]?.group);
    expect(runs.map((spec) => spec.group)).toEqual(builtIn.groups);
  });

  test('names every id once', () => {
    expect(new Set(builtIn.specs.map((spec) => spec.id)).size).toBe(builtIn.specs.length);
  });

  test('names no two specs of a group alike', () => {
    const captions = builtIn.specs.map((spec) => `${spec.group}: ${spec.name}`);
    expect(new Set(captions).size).toBe(captions.length);
  });

  test('finds a spec by its id, and null for any other', () => {
    expect(builtIn.find('x-post')?.widthPx).toBe(1600);
    expect(builtIn.find('no-such-spec')).toBeNull();
    expect(builtIn.find('constructor')).toBeNull();
  });

  test('has every popular spec', () => {
    expect(builtIn.popularIds).toHaveLength(8);
    expect(builtIn.popularIds.map((id) => builtIn.find(id)?.id)).toEqual(builtIn.popularIds);
  });

  test('cannot be changed by anyone who holds it', () => {
    const story = builtIn.find('instagram-story');
    expect(Object.isFrozen(builtIn.specs)).toBe(true);
    expect(Object.isFrozen(story)).toBe(true);
    expect(Object.isFrozen(story?.safeArea)).toBe(true);
    expect(Object.isFrozen(story?.sources[0])).toBe(true);
  });
});

describe.each(builtIn.specs.map((spec) => [spec.id, spec] as const))('%s', (_id, spec) => {
  test('has a safe area inside the image and bytes in order', () => {
    const area = spec.safeArea;
    if (area?.kind === 'inset') {
      expect(Math.min(area.top, area.right, area.bottom, area.left)).toBeGreaterThanOrEqual(0);
      expect(area.top + area.bottom).toBeLessThan(1);
      expect(area.left + area.right).toBeLessThan(1);
    }
    if (area?.kind === 'rectangle') {
      expect(Math.min(area.x, area.y)).toBeGreaterThanOrEqual(0);
      expect(area.x + area.width).toBeLessThanOrEqual(1);
      expect(area.y + area.height).toBeLessThanOrEqual(1);
    }
    if (area?.kind === 'circle') expect(area.radius).toBeLessThanOrEqual(0.5);
    if (spec.mask === 'circle') expect(spec.widthPx).toBe(spec.heightPx);
    expect(spec.minBytes ?? 0).toBeLessThan(spec.maxBytes ?? Number.POSITIVE_INFINITY);
  });

  test('has the ratio that its name says', () => {
    const named = /([\d.]+)(?::| × )([\d.]+)/.exec(spec.name);
    if (named === null) return;
    const wanted = Number(named[1]) / Number(named[2]);
    expect(Math.abs(spec.widthPx / spec.heightPx / wanted - 1)).toBeLessThan(0.02);
  });

  test('has the printed size that its name says', () => {
    const named = /([\d.]+) × ([\d.]+) (mm|in)/.exec(spec.name);
    if (named === null || spec.dpi === null) return;
    const perUnit = named[3] === 'in' ? spec.dpi : spec.dpi / 25.4;
    expect(Math.abs(spec.widthPx - Number(named[1]) * perUnit)).toBeLessThan(1);
    expect(Math.abs(spec.heightPx - Number(named[2]) * perUnit)).toBeLessThan(1);
  });

  test('says where and when its rules were read', () => {
    expect(spec.sources.length).toBeGreaterThan(0);
    for (const source of spec.sources) {
      expect(source.text).not.toMatch(/https?:/);
      if (source.url !== null) expect(new URL(source.url).protocol).toMatch(/^https?:$/);
    }
    expect(Date.parse(spec.checkedOn)).toBeLessThanOrEqual(Date.now());
  });
});

describe('a written spec', () => {
  test('gets its group and nulls for what it leaves out', () => {
    expect(parseRow({})[0]).toMatchObject({
      group: 'Place',
      minBytes: null,
      maxBytes: null,
      dpi: null,
      safeArea: null,
      mask: null,
      background: null,
      note: '',
    });
  });

  test.each([
    ['percent', { insetPercent: { top: 14, bottom: 20 } }, { top: 0.14, right: 0, bottom: 0.2, left: 0 }],
    ['millimetres', { insetMm: 25.4 }, { top: 300 / 1350, right: 300 / 1080 }],
    ['the middle in pixels', { centrePx: [540, 1350] }, { x: 0.25, y: 0, width: 0.5, height: 1 }],
    ['a circle', { circlePercent: 40 }, { x: 0.5, y: 0.5, radius: 0.4 }],
  ])('turns a safe area in %s into fractions', (_unit, safeArea, fractions) => {
    expect(safeAreaOf({ safeArea, dpi: 300 })).toMatchObject(fractions);
  });

  test.each([
    ['a source left out', { sources: [] }, 'place-post: sources'],
    ['a source without words', { sources: [{ text: ' ' }] }, 'place-post: sources.0.text'],
    ['a link that is none', { sources: [{ text: 'x', url: 'javascript:alert(1)' }] }, 'sources.0.url'],
    ['confidence C', { confidence: 'C' }, 'place-post: confidence'],
    ['a format that we cannot write', { formats: ['gif'] }, 'place-post: formats.0'],
    ['no format', { formats: [] }, 'place-post: formats'],
    ['a width of 0', { widthPx: 0 }, 'place-post: widthPx'],
    ['a day that is none', { checkedOn: '2026-02-30' }, 'place-post: checkedOn'],
    ['an empty byte window', { minBytes: 9, maxBytes: 9 }, 'place-post: minBytes'],
    ['a safe area wider than the image', { safeArea: { centrePx: [2000, 100] } }, 'place-post: safeArea'],
    ['insets that meet', { safeArea: { insetPercent: { top: 50, bottom: 50 } } }, 'place-post: safeArea'],
    [
      'millimetres without dpi',
      { safeArea: { insetMm: 3 } },
      'place-post: safeArea: in millimetres needs dpi',
    ],
    ['a field with a typing error', { maxByte: 5 }, 'maxByte'],
    ['an id with capitals', { id: 'Place-Post' }, 'Place-Post: id'],
  ])('with %s is refused by file, id and field', (_fault, change, words) => {
    expect(() => parseRow(change)).toThrow(words);
    expect(() => parseRow(change)).toThrow('place.json');
  });

  test('with a taken id is refused, and every fault is named in one error', () => {
    const group = (name: string, rows: unknown[]) => [`${name}.json`, { group: name, specs: rows }] as const;
    const parse = () =>
      parseCatalogue([group('one', [validRow]), group('two', [validRow]), group('three', [{ id: 'bare' }])]);
    expect(parse).toThrow('two.json: place-post: id is already taken in one.json');
    expect(parse).toThrow('three.json: bare: widthPx');
  });
});
