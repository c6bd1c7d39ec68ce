import { describe, expect, it } from 'vitest';
import { judge } from '../../../client/engine/verdict.ts';
import { builtIn } from '../../../server/specs/catalogue.ts';
import { type Changes, facts, ofSize, row, spec, verdictOn } from './verdictCases.ts';

it('a file that keeps every rule is green, and each rule says where and when it was read', () => {
  const verdict = verdictOn();
  expect(verdict.state).toBe('green');
  expect(verdict.rows.map(({ rule }) => rule)).toEqual(['size', 'formats', 'bytes', 'profile', 'metadata']);
  expect(verdict.rows[0]).toMatchObject({
    source: { text: 'Help page', url: 'https://example.com/help' },
    confidence: 'A',
    checkedOn: '2026-11-21',
  });
});

it('is as bad as its worst rule, and the worst come first', () => {
  const verdict = verdictOn({ file: { format: 'png', bytes: 9_000_000 } });
  expect(verdict.state).toBe('red');
  expect(verdict.rows.map(({ state }) => state)).toEqual(['red', 'amber', 'green', 'green', 'green']);
});

it('bytes that are no image are red', () => {
  expect(judge(null, spec).state).toBe('red');
});

describe('size', () => {
  it('is green when exact, red when it is another', () => {
    expect(row('size')).toEqual(['green', '1080 × 1350 pixels, as asked.']);
    expect(row('size', { file: ofSize(1080, 1351) })).toEqual([
      'red',
      '1080 × 1351 pixels instead of 1080 × 1350.',
    ]);
  });

  it('counts as the picture is seen, not as it lies in the file', () => {
    const turned = { stored: { width: 1350, height: 1080 }, orientation: 6 };
    expect(row('size', { file: turned })?.[0]).toBe('green');
  });

  it('is amber where the place takes a range of pixels and the shape is right', () => {
    const place = { minPx: { widthPx: 320, heightPx: null, longestPx: null } };
    expect(row('size', { file: ofSize(540, 675), place })).toEqual([
      'amber',
      '540 × 675 pixels are taken; 1080 × 1350 are best.',
    ]);
    expect(row('size', { file: ofSize(540, 540), place })?.[0]).toBe('red');
    expect(row('size', { file: ofSize(240, 300), place })?.[0]).toBe('red');
  });

  it('is said to be taken only on the side on which a limit is known', () => {
    const limit = { widthPx: 4096, heightPx: null, longestPx: null };
    expect(row('size', { file: ofSize(12, 15), place: { maxPx: limit } })).toEqual([
      'amber',
      '12 × 15 pixels; 1080 × 1350 are best, and the place does not say the least that it takes.',
    ]);
    expect(row('size', { file: ofSize(2160, 2700), place: { maxPx: limit } })?.[1]).toContain('are taken');
    expect(
      row('size', { file: ofSize(2160, 2700), place: { minPx: { ...limit, widthPx: 320 } } })?.[1],
    ).toContain('does not say the most that it takes');
  });

  it('inside the size is what was asked for of a custom size, but not of a place', () => {
    const changes = { file: ofSize(900, 1350), made: { output: { width: 900, height: 1350 } } };
    expect(row('size', { ...changes, place: { sources: [] } })?.[0]).toBe('green');
    expect(row('size', changes)?.[0]).toBe('red');
  });

  it('of a shape, a longest side or a percentage is judged as such', () => {
    const ratio = { sizing: { kind: 'ratio' }, widthPx: 4, heightPx: 5 } as const;
    expect(row('size', { place: ratio })?.[0]).toBe('green');
    expect(row('size', { place: ratio, file: ofSize(1081, 1351) })?.[0]).toBe('green');
    expect(row('size', { place: ratio, file: ofSize(1080, 1080) })?.[0]).toBe('red');
    const longest = { sizing: { kind: 'longest' }, widthPx: 1350, heightPx: 1350 } as const;
    expect(row('size', { place: longest })?.[0]).toBe('green');
    expect(row('size', { place: { ...longest, widthPx: 2000 } })?.[0]).toBe('red');
    const percent = { sizing: { kind: 'percent', percent: 50 } } as const;
    expect(row('size', { place: percent })).toBeUndefined();
    expect(row('size', { place: percent, made: { output: { width: 1080, height: 1350 } } })?.[0]).toBe(
      'green',
    );
    expect(row('size', { place: percent, made: { output: { width: 540, height: 675 } } })?.[0]).toBe('red');
  });

  it('of an icon is found among its pictures', () => {
    const [small, large] = [ofSize(32, 32), ofSize(48, 48)];
    const file = {
      ...large,
      format: 'ico',
      sizes: [...(small.sizes ?? []), ...(large.sizes ?? [])],
    } as const;
    expect(row('size', { file, place: { widthPx: 32, heightPx: 32 } })?.[0]).toBe('green');
    expect(row('size', { file, place: { widthPx: 64, heightPx: 64 } })?.[0]).toBe('red');
  });
});

describe('format', () => {
  it.each([
    ['jpeg', 'auto', 'green', 'JPEG, as preferred.'],
    ['png', 'auto', 'amber', 'PNG, it is taken; JPEG is preferred.'],
    ['png', 'png', 'amber', 'PNG, as you chose; JPEG is preferred.'],
    ['webp', 'webp', 'red', 'WebP is not taken; JPEG, PNG or GIF is.'],
    ['avif', 'auto', 'red', 'AVIF is not taken; JPEG, PNG or GIF is.'],
  ] as const)('%s where %s was wished for is %s', (format, wish, state, words) => {
    expect(row('formats', { file: { format }, made: { wish } })).toEqual([state, words]);
  });

  it('that the place also takes is amber', () => {
    expect(row('formats', { file: { format: 'avif' }, place: { alsoTaken: ['AVIF'] } })?.[0]).toBe('amber');
  });
});

describe('bytes', () => {
  it('that miss the window say what was tried and what to do', () => {
    const planned = { width: 1080, height: 1350 };
    const wordsOf = (changes: Changes) => row('bytes', changes)?.[1];
    const place = { maxBytes: 50_000, minBytes: 40_000 };
    const made = { output: planned, tried: { quality: 20, measures: ['chroma'] as const, planned } };
    expect(wordsOf({ file: { bytes: 61_204 }, place, made })).toBe(
      '61 204 bytes are more than the 50 000 allowed. Tried: quality 20, colours halved. A plainer crop or background makes a smaller file.',
    );
    expect(wordsOf({ file: { bytes: 61_204, format: 'png' }, place, made: { ...made, tried: null } })).toBe(
      '61 204 bytes are more than the 50 000 allowed.',
    );
    const png = { ...made, tried: { quality: null, measures: [], planned } };
    expect(
      wordsOf({
        file: { bytes: 61_204, format: 'png' },
        place: { ...place, formats: ['png', 'webp'] },
        made: png,
      }),
    ).toBe(
      '61 204 bytes are more than the 50 000 allowed. Choose WebP. A plainer crop or background makes a smaller file.',
    );
    const smaller = {
      output: { width: 540, height: 675 },
      tried: { quality: 20, measures: ['smaller'] as const, planned },
    };
    expect(wordsOf({ file: { bytes: 61_204, ...ofSize(540, 675) }, place, made: smaller })).toContain(
      'Tried: quality 20, 540 × 675 pixels.',
    );
    const more = { ...made, tried: { quality: 100, measures: ['more quality'] as const, planned } };
    expect(wordsOf({ file: { bytes: 30_000 }, place, made: more })).toBe(
      '30 000 bytes are fewer than the 40 000 asked for. Tried: quality 100, more quality. Choose PNG, or a crop with more detail.',
    );
  });

  it('at the limit are green, one more or one fewer is red, in numbers that show it', () => {
    const place = { minBytes: 20_000, maxBytes: 50_000 };
    expect(row('bytes', { file: { bytes: 50_000 }, place })?.[0]).toBe('green');
    expect(row('bytes', { file: { bytes: 20_000 }, place })?.[0]).toBe('green');
    expect(row('bytes', { file: { bytes: 50_001 }, place })).toEqual([
      'red',
      '50 001 bytes are more than the 50 000 allowed.',
    ]);
    expect(row('bytes', { file: { bytes: 19_999 }, place })).toEqual([
      'red',
      '19 999 bytes are fewer than the 20 000 asked for.',
    ]);
  });

  it('without a known limit are green: there is nothing to know', () => {
    expect(row('bytes', { place: { maxBytes: null } })).toEqual(['green', '412 KB; no limit known.']);
    expect(
      verdictOn({ place: { maxBytes: null } }).rows.find(({ rule }) => rule === 'bytes')?.source,
    ).toBeNull();
  });
});

it('pixels below or above what the place takes are red', () => {
  const place = {
    widthPx: 200,
    heightPx: 200,
    minPx: { widthPx: 320, heightPx: 320, longestPx: null },
    maxPx: { widthPx: null, heightPx: null, longestPx: 4096 },
  };
  expect(row('pixels', { file: ofSize(200, 200), place })?.[0]).toBe('red');
  expect(row('pixels', { file: ofSize(4097, 400), place })?.[0]).toBe('red');
  expect(row('pixels', { file: ofSize(4096, 320), place })).toEqual([
    'green',
    '4096 × 320 pixels keep the limit: at least 320 × 320, at most 4096 px on the longest side.',
  ]);
});

it.each([
  [300, 'green'],
  [299.9994, 'green'],
  [72, 'red'],
  [null, 'red'],
])('a resolution of %s where 300 dpi is asked for is %s', (dpi, state) => {
  expect(row('dpi', { file: { dpi }, place: { dpi: 300 } })?.[0]).toBe(state);
});

it('transparency is red where the background has a rule, and no matter elsewhere', () => {
  const place = { background: { words: 'white / off-white', colour: null } };
  expect(row('background', { file: { hasAlpha: true }, place })).toEqual([
    'red',
    'The file can be transparent; the background has to be: white / off-white.',
  ]);
  expect(row('background', { place })?.[0]).toBe('green');
  expect(row('background', { file: { hasAlpha: true } })).toBeUndefined();
});

it('a rule that is kept but unconfirmed is amber, and says so with its own proof', () => {
  const proofs = { bytes: { sources: [1], confidence: 'C', checkedOn: '2026-01-02' } } as const;
  const verdict = verdictOn({ place: { proofs } });
  expect(verdict.state).toBe('amber');
  expect(verdict.rows[0]).toMatchObject({
    rule: 'bytes',
    state: 'amber',
    source: { text: 'A blog', url: null },
    confidence: 'C',
    checkedOn: '2026-01-02',
  });
  expect(verdict.rows[0]?.words).toContain('This rule is unconfirmed.');
});

it('a person’s own size has no proof and is never unconfirmed', () => {
  const verdict = verdictOn({ place: { sources: [], confidence: 'K' } });
  expect(verdict.state).toBe('green');
  expect(verdict.rows.every(({ source, checkedOn }) => source === null && checkedOn === null)).toBe(true);
});

describe('every spec of the catalogue', () => {
  it.each(builtIn.specs)(
    '$id: a file made by its rules is not red, one of another size or too heavy is',
    (place) => {
      const file = {
        ...facts,
        ...ofSize(place.widthPx, place.heightPx),
        format: place.formats[0] ?? 'jpeg',
        bytes: Math.min(place.maxBytes ?? 400_000, Math.max(place.minBytes ?? 0, 400_000)),
        dpi: place.dpi,
      };
      const verdict = judge(file, place);
      expect(verdict.rows.filter(({ state }) => state === 'red')).toEqual([]);
      const stateOf = (width: number, height: number) =>
        judge({ ...file, ...ofSize(Math.round(width), Math.round(height)) }, place).state;
      const { widthPx, heightPx, minPx, maxPx } = place;
      expect(stateOf(widthPx, heightPx * 2)).toBe('red');
      // A place that only says its least or its most pixels takes what lies on the other side.
      if (minPx || !maxPx) expect(stateOf(widthPx / 10, heightPx / 10)).toBe('red');
      if (maxPx || !minPx) expect(stateOf(widthPx * 1000, heightPx * 1000)).toBe('red');
      if (place.maxBytes !== null)
        expect(judge({ ...file, bytes: place.maxBytes + 1 }, place).state).toBe('red');
    },
  );

  it.each([
    ['linkedin-profile', 399, 'amber'],
    ['linkedin-profile', 4320, 'amber'],
    ['linkedin-profile', 4321, 'red'],
    ['bluesky-post', 1000, 'amber'],
    ['bluesky-post', 4000, 'amber'],
    ['bluesky-post', 4001, 'red'],
    ['shopify-product', 4472, 'amber'],
    ['shopify-product', 4473, 'red'],
    ['us-visa-digital', 599, 'red'],
    ['us-visa-digital', 1200, 'amber'],
    ['us-visa-digital', 1201, 'red'],
    ['instagram-square', 319, 'red'],
    ['instagram-square', 320, 'amber'],
    ['instagram-square', 1440, 'amber'],
    ['instagram-square', 1441, 'red'],
  ] as const)(
    '%s of %i pixels a side is %s: its window of pixels is kept to the pixel',
    (id, side, state) => {
      const place = builtIn.find(id);
      if (!place) throw new Error(`no spec ${id}`);
      const { rows } = judge({ ...facts, ...ofSize(side, side) }, place);
      expect(rows.find(({ rule }) => rule === 'size')?.state).toBe(state);
    },
  );
});
