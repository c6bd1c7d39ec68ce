/** Every rule that a row of the catalogue is held to can fail, and says where. */
import { describe, expect, test } from 'vitest';
import { parseCatalogue } from '../../server/specs/parseCatalogue.ts';
import { help, parseRow, validRow } from './writtenRow.ts';

const mm = { sizeMm: [35, 45], dpi: 300, widthPx: undefined, heightPx: undefined, name: 'Post' };
const view = (change: Record<string, unknown>) => ({ derived: [{ name: 'Grid', ...change }] });
const head = (change: Record<string, unknown>) => ({ head: { words: 'Head', ...change } });
const differ = (rule: string, says: unknown[]) => ({ differ: [{ rule, says }] });
const two = [{ words: '2 MB' }, { words: '5 MB' }];

test('the row that the faults are made of is valid', () => {
  expect(parseRow({}).id).toBe('place-post');
  expect(parseRow(mm).widthPx).toBe(413);
});

describe('a written spec', () => {
  test.each<[fault: string, change: Record<string, unknown>, words: string]>([
    // Who it is
    ['a name too long', { name: 'P'.repeat(41) }, 'name'],
    ['version 0', { version: 0 }, 'version'],
    [
      'another ratio in its name',
      { name: 'Post 5:4' },
      'name: gives the shape 5:4, but the size is 1080 × 1350',
    ],
    ['another size in its name', { name: 'Post 1080 x 1920' }, 'name: gives the shape 1080 x 1920'],
    ['a print in its name that it has not', { name: 'Post 40 × 50 mm' }, 'name: gives a print of 40 × 50 mm'],
    ['inches for millimetres', { ...mm, name: 'Post 35 × 45 in' }, 'name: gives a print of 35 × 45 in'],
    // Size
    ['no size', { widthPx: undefined, heightPx: undefined }, 'widthPx: and heightPx are needed'],
    ['half a size', { heightPx: undefined }, 'widthPx: and heightPx are needed'],
    ['a width of 0', { widthPx: 0 }, 'widthPx'],
    ['half a pixel', { widthPx: 1080.5 }, 'widthPx'],
    ['a width beyond any canvas', { widthPx: 20_000 }, 'widthPx'],
    ['millimetres without dpi', { ...mm, dpi: undefined }, 'widthPx: and heightPx are needed'],
    ['millimetres beside inches', { ...mm, sizeIn: [1, 2] }, 'sizeIn: stands beside sizeMm'],
    [
      'pixels that follow from the print',
      { sizeMm: [80, 100], dpi: 300 },
      'widthPx: follows from the printed size',
    ],
    [
      'a print of another shape',
      { sizeMm: [80, 90] },
      'widthPx: and heightPx have another shape than the print',
    ],
    // Formats, bytes, pixels
    ['a format that we cannot write', { formats: ['gif'] }, 'formats.0'],
    ['no format', { formats: [] }, 'formats'],
    ['a format twice', { formats: ['jpeg', 'jpeg'] }, 'formats: names one twice'],
    [
      'a format among the others that we write',
      { alsoTaken: ['JPG'] },
      'alsoTaken: JPG is one that we write',
    ],
    ['a small name for a format', { alsoTaken: ['gif'] }, 'alsoTaken.0'],
    ['an empty byte window', { minBytes: 9, maxBytes: 9 }, 'minBytes: must be below maxBytes'],
    ['no bytes at all', { maxBytes: 0 }, 'maxBytes'],
    ['a size below the least', { minPx: { width: 1081 } }, 'minPx: asks for more than the size'],
    ['a longest side below the least', { minPx: { longest: 1351 } }, 'minPx: asks for more than the size'],
    ['a size above the most', { maxPx: { height: 1349 } }, 'maxPx: allows less than the size'],
    ['a limit of nothing', { minPx: {} }, 'minPx: limits nothing'],
    ['a limit twice', { exact: true, minPx: { width: 9 } }, 'exact: says what minPx and maxPx say'],
    ['one dot in an inch', { dpi: 1 }, 'dpi'],
    // Safe area, mask, views
    [
      'a safe area wider than the image',
      { safeArea: { centrePx: [2000, 100] } },
      'safeArea: must lie inside',
    ],
    [
      'a safe area beyond an edge',
      { safeArea: { rectanglePx: [600, 0, 500, 100] } },
      'safeArea: must lie inside',
    ],
    [
      'a safe area of no height',
      { safeArea: { rectanglePercent: [0, 0, 50, 0] } },
      'safeArea: must lie inside',
    ],
    [
      'insets that meet',
      { safeArea: { insetPercent: { top: 50, bottom: 50 } } },
      'safeArea: must lie inside',
    ],
    ['insets of no edge', { safeArea: { insetPercent: {} } }, 'safeArea'],
    ['a circle larger than the image', { safeArea: { circlePercent: 51 } }, 'safeArea: must lie inside'],
    [
      'a safe area in mm without a print',
      { safeArea: { insetMm: 3 } },
      'safeArea: in millimetres needs sizeMm',
    ],
    ['a circle for a mask', { mask: 'circle' }, 'mask: a circle needs a square'],
    [
      'a view beyond an edge',
      view({ area: { rectanglePercent: [60, 0, 50, 100] } }),
      'derived.0.area: must lie',
    ],
    [
      'a view of a safe area that is not there',
      view({ area: 'safeArea' }),
      'derived.0.area: is the safe area',
    ],
    ['a view without a name', { derived: [{}] }, 'derived.0.name'],
    [
      'views of one name',
      { derived: [{ name: 'Grid' }, { name: 'Grid' }] },
      'derived: names two views alike',
    ],
    // Background, head
    ['a colour that is none', { background: { words: 'white', colour: '#FFF' } }, 'background.colour'],
    ['a background without words', { background: { colour: '#ffffff' } }, 'background.words'],
    ['a head that rules nothing', head({}), 'head: rules nothing'],
    [
      'a head band from more to less',
      head({ height: { percent: [69, 50] } }),
      'head.height: must go from less',
    ],
    [
      'a head beyond the image',
      head({ above: { px: [1, 1351] } }),
      'head.above: must go from less to more, inside',
    ],
    [
      'eyes in mm without a print',
      head({ eyes: { mm: [28, 35] } }),
      'head.eyes: in millimetres needs sizeMm',
    ],
    [
      'a head larger than its print',
      { ...mm, ...head({ width: { mm: [20, 36] } }) },
      'head.width: must go from',
    ],
    // Sources, proofs, disagreements
    ['confidence B without a source', { sources: [] }, 'confidence: B needs a source'],
    [
      'confidence K with a source',
      { confidence: 'K' },
      'confidence: K is general knowledge, but there are sources',
    ],
    ['a confidence that is none', { confidence: 'D' }, 'confidence'],
    [
      'a source that the file has not',
      { sources: ['help', 'guide', 'blog'] },
      'sources.2: the file has no source blog',
    ],
    ['a source twice', { sources: ['help', 'guide', 'help'] }, 'sources.2: names help twice'],
    [
      'a proof of a rule that it has not',
      { proofs: { bytes: { confidence: 'C' } } },
      'proofs.bytes: proves a rule',
    ],
    ['a proof of no rule', { proofs: { colour: { confidence: 'C' } } }, 'proofs'],
    [
      'a proof by a source that it has not',
      { proofs: { size: { sources: ['blog'] } } },
      'proofs.size.sources.0: blog',
    ],
    ['a proof by nothing', { proofs: { size: { sources: [] } } }, 'proofs.size: B needs a source'],
    [
      'knowledge by a source',
      { proofs: { size: { sources: ['help'], confidence: 'K' } } },
      'proofs.size: K is general',
    ],
    ['a proof that it has anyway', { proofs: { size: { confidence: 'B' } } }, 'proofs.size: says nothing'],
    [
      'a difference about no rule of it',
      differ('bytes', two),
      'differ.0.rule: is a rule that the spec does not have',
    ],
    ['a difference between one', differ('size', [{ words: '2 MB' }]), 'differ.0.says'],
    [
      'a difference by a stranger',
      differ('size', [...two, { words: '1', source: 'x' }]),
      'differ.0.says.2.source: x',
    ],
    ['a day that is none', { checkedOn: '2026-02-30' }, 'checkedOn'],
    ['a day of a proof that is none', { proofs: { size: { checkedOn: 'today' } } }, 'proofs.size.checkedOn'],
  ])('with %s is refused by file, id and field', (_fault, change, words) => {
    expect(() => parseRow(change)).toThrow(`place.json: place-post: ${words}`);
  });

  test.each([
    ['capitals', 'Place-Post'],
    ['a space', 'place post'],
    ['a hyphen too many', 'place--post'],
    ['the beginning of custom sizes', 'my-post'],
  ])('with %s in its id is refused', (_fault, id) => {
    expect(() => parseRow({ id })).toThrow(`place.json: ${id}: id: must`);
  });

  test('with a typing error in a field is refused by the field', () => {
    expect(() => parseRow({ maxByte: 5 })).toThrow(/place-post: .*maxByte/);
    expect(() => parseRow(view({ shown: 5 }))).toThrow(/place-post: derived.0: .*shown/);
  });
});

describe('a file of the catalogue', () => {
  const fileOf = (sources: Record<string, unknown>) => [
    'place.json',
    { group: 'Place', sources, specs: [validRow] },
  ];
  const parseFile = (guide: unknown) => {
    const [name, content] = fileOf({ help, guide });
    return parseCatalogue([[String(name), content]]);
  };

  test.each([
    ['no scheme', 'example.org/help'],
    ['a script', 'javascript:alert(1)'],
    ['another scheme', 'ftp://example.org/help'],
    ['a host without a dot', 'https://localhost/help'],
    ['a space', 'https://example.org/the help'],
    ['a name and password', 'https://me:secret@/help'],
    ['letters that a link escapes', 'https://example.org/hélp'],
  ])('with a link of %s is refused', (_fault, url) => {
    expect(() => parseFile({ text: 'Guide', url })).toThrow('place.json: sources.guide.url');
  });

  test('with a source without words is refused', () => {
    expect(() => parseFile({ text: ' ' })).toThrow('place.json: sources.guide.text');
  });

  test('with a source that no spec names is refused', () => {
    const [name, content] = fileOf({ help, guide: help, blog: help });
    expect(() => parseCatalogue([[String(name), content]])).toThrow(
      'place.json: sources.blog: no spec names it',
    );
  });

  test('with a taken id is refused, and every fault is named in one error', () => {
    const group = (name: string, rows: unknown[]) =>
      [`${name}.json`, { group: name, sources: { help, guide: help }, specs: rows }] as const;
    const parse = () =>
      parseCatalogue([group('one', [validRow]), group('two', [validRow]), group('three', [{ id: 'bare' }])]);
    expect(parse).toThrow('two.json: place-post: id: is already taken in one.json');
    expect(parse).toThrow('three.json: bare: formats');
  });
});
