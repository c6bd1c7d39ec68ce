import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DrawPlan, planDraw } from '../../../client/engine/drawPlan.ts';
import {
  pixelsKey,
  type SharedFile,
  shareFiles,
  type WantedFile,
} from '../../../client/engine/fewestFiles.ts';
import { centre } from '../../../client/engine/geometry.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';

const wanted: WantedFile = {
  key: 1,
  pixels: 'square',
  quality: 85,
  formats: ['jpeg', 'png'],
  window: { minBytes: null, maxBytes: null },
  dpi: null,
};

function share(...changes: Partial<WantedFile>[]): SharedFile[] {
  return shareFiles(changes.map((change, index) => ({ ...wanted, key: index, ...change })));
}

const keysOf = (files: SharedFile[]) => files.map(({ uses }) => uses.map(({ key }) => key));
const upTo = (maxBytes: number) => ({ minBytes: null, maxBytes });
const from = (minBytes: number) => ({ minBytes, maxBytes: null });

describe('specs share a file', () => {
  it('when they want the same pixels in a format that all take, within what all allow', () => {
    const files = share(
      { window: upTo(240_000) },
      { window: from(54_000), dpi: 300 },
      { formats: ['png', 'jpeg'] },
    );
    expect(files).toHaveLength(1);
    expect(files[0]).toMatchObject({
      format: 'jpeg',
      window: { minBytes: 54_000, maxBytes: 240_000 },
      dpi: 300,
    });
    expect(keysOf(files)).toEqual([[0, 1, 2]]);
  });

  it('and not when anything they want differs', () => {
    expect(keysOf(share({}, { pixels: 'tall' }))).toEqual([[0], [1]]);
    expect(keysOf(share({}, { quality: 60 }))).toEqual([[0], [1]]);
    expect(keysOf(share({ formats: ['jpeg'] }, { formats: ['png'] }))).toEqual([[0], [1]]);
    expect(keysOf(share({ window: upTo(50_000) }, { window: from(54_000) }))).toEqual([[0], [1]]);
    expect(keysOf(share({ dpi: 300 }, { dpi: 72 }))).toEqual([[0], [1]]);
  });

  it('in the format that most of them prefer, where several will do', () => {
    const both = ['png', 'jpeg'] as const;
    expect(share({ formats: both }, { formats: both }, {})[0]?.format).toBe('png');
  });

  it('where the nearest partner is not the best one', () => {
    // 0 fits with 1 and with 2; 1 fits only with 0 or 3, 3 only with 1.
    const files = share(
      { formats: ['jpeg', 'webp'] },
      { formats: ['jpeg', 'png'] },
      { formats: ['webp'] },
      { formats: ['png'] },
    );
    expect(files).toHaveLength(2);
  });
});

it('the fewest possible, each spec once, and each file within what its specs want', () => {
  const limit = fc.option(fc.constantFrom(10, 20, 30, 40), { nil: null });
  const any = fc.record({
    pixels: fc.constantFrom('a', 'b'),
    formats: fc.subarray(['jpeg', 'png', 'webp'] as const, { minLength: 1 }),
    window: fc
      .record({ minBytes: limit, maxBytes: limit })
      .filter(({ minBytes, maxBytes }) => (minBytes ?? 0) <= (maxBytes ?? 99)),
    dpi: fc.constantFrom(null, null, 72, 300),
  });
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 6 }), (changes) => {
      const files = share(...changes);
      expect(keysOf(files).flat().sort()).toEqual(changes.map((_, index) => index));
      for (const { uses, format, window, dpi } of files) {
        expect((window.minBytes ?? 0) <= (window.maxBytes ?? 99)).toBe(true);
        for (const use of uses) {
          expect(use.formats).toContain(format);
          expect(use.dpi === null || use.dpi === dpi).toBe(true);
        }
      }
      expect(files.length).toBe(
        fewestByBruteForce(changes.map((change, key) => ({ ...wanted, key, ...change }))),
      );
    }),
    { numRuns: 400 },
  );
});

/** Tries every way to put the specs into files. */
function fewestByBruteForce(all: readonly WantedFile[]): number {
  const canShare = (files: WantedFile[]) => {
    const resolutions = new Set(files.flatMap(({ dpi }) => dpi ?? []));
    const least = Math.max(...files.map(({ window }) => window.minBytes ?? 0));
    const most = Math.min(...files.map(({ window }) => window.maxBytes ?? Infinity));
    const formats = files.reduce<readonly string[]>(
      (common, file) => common.filter((format) => file.formats.some((own) => own === format)),
      ['jpeg', 'png', 'webp'],
    );
    return (
      new Set(files.map(({ pixels }) => pixels)).size === 1 &&
      resolutions.size < 2 &&
      least <= most &&
      formats.length > 0
    );
  };
  const place = (index: number, files: WantedFile[][]): number => {
    const next = all[index];
    if (!next) return files.length;
    const ways = files.flatMap((file, at) =>
      canShare([...file, next]) ? [files.map((other, i) => (i === at ? [...other, next] : other))] : [],
    );
    return Math.min(...[...ways, [...files, [next]]].map((way) => place(index + 1, way)));
  };
  return place(0, []);
}

describe('the same pixels', () => {
  const input = {
    photo: { width: 3000, height: 2000 },
    spec: { width: 600, height: 600 },
    fit: defaultFit,
    focal: centre,
    pinned: null,
    format: 'jpeg',
  } as const;
  const plan = (changes: Partial<Parameters<typeof planDraw>[0]> = {}): DrawPlan =>
    planDraw({ ...input, ...changes });

  it('come of the same crop at the same size, whatever ground an opaque photo covers', () => {
    expect(pixelsKey(plan(), true)).toBe(pixelsKey(plan({ format: 'png' }), true));
    expect(pixelsKey(plan(), false)).not.toBe(pixelsKey(plan({ format: 'png' }), false));
  });

  it('do not come of another crop, size or ground that shows', () => {
    expect(pixelsKey(plan({ focal: { x: 0.4, y: 0.5 } }), true)).not.toBe(pixelsKey(plan(), true));
    expect(pixelsKey(plan({ spec: { width: 601, height: 601 } }), true)).not.toBe(pixelsKey(plan(), true));
    const inside = {
      mode: 'contain',
      enlarge: false,
      background: { kind: 'colour', colour: '#000000' },
    } as const;
    const white = { ...inside, background: { kind: 'colour', colour: '#ffffff' } } as const;
    expect(pixelsKey(plan({ fit: inside }), true)).not.toBe(pixelsKey(plan({ fit: white }), true));
  });
});
