import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heavinessOf, type SearchOrder } from '../../../client/engine/byteWindow.ts';
import { searchedEncodings, typicalBits } from '../../../client/engine/typicalSizes.ts';
import { bestByBruteForce, runSearch, type SizeCurve, sizeCurves } from './sizeCurves.ts';

const least = 20;
const most = 95;

/** Limits from 0.3 to 4 bits per pixel: from much too tight to ample. */
const limits = Array.from({ length: 22 }, (_, index) => 0.3 * 1.13 ** index);

function orderFor(
  curve: SizeCurve,
  maxBytes: number | null,
  changes: Partial<SearchOrder> = {},
): SearchOrder {
  const { encoder: encoding, pixels } = curve;
  return { window: { minBytes: null, maxBytes }, least, most, encoding, pixels, ...changes };
}

function searchAll(curves: SizeCurve[], bitsPerPixel = limits) {
  return curves.flatMap((curve) =>
    bitsPerPixel.map((bits) => {
      const limit = Math.round((curve.pixels * bits) / 8);
      const sizeAt = (quality: number) => curve.bytes[quality - 1] ?? 0;
      const end = runSearch(orderFor(curve, limit), sizeAt);
      const best = bestByBruteForce(curve.bytes, limit, least, most);
      return { curve, limit, end, best, sizeAt };
    }),
  );
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe.each(['jpeg', 'mozjpeg'] as const)('%s, over recorded sizes', (encoding) => {
  const results = searchAll(sizeCurves.filter(({ encoder }) => encoder === encoding));

  it('finds exactly what encoding every quality finds', () => {
    expect(results.length).toBeGreaterThan(350);
    for (const { curve, limit, end, best } of results) {
      const found = end.kind === 'tooLarge' ? 0 : end.quality;
      expect([curve.picture, limit, found]).toEqual([curve.picture, limit, best]);
      expect(end.bytes).toBe(curve.bytes[end.quality - 1]);
    }
  });

  it('takes fewer than 2.9 encodes on average, 3.4 where the answer is inside the range, and 7 at most', () => {
    const inside = results.filter(({ best }) => best > 0 && best < most);
    expect(inside.length).toBeGreaterThan(200);
    expect(mean(results.map(({ end }) => end.encodes))).toBeLessThan(2.9);
    expect(mean(inside.map(({ end }) => end.encodes))).toBeLessThan(3.4);
    expect(Math.max(...results.map(({ end }) => end.encodes))).toBeLessThanOrEqual(7);
  });
});

describe.each(['webp', 'avif'] as const)('%s, whose sizes rise in steps and sometimes fall', (encoding) => {
  const results = searchAll(sizeCurves.filter(({ encoder }) => encoder === encoding));

  it('finds a quality that fits, of which the next does not', () => {
    for (const { limit, end, sizeAt } of results) {
      if (end.kind === 'tooLarge') expect(sizeAt(least)).toBeGreaterThan(limit);
      else expect(sizeAt(end.quality)).toBeLessThanOrEqual(limit);
      if (end.kind === 'fits' && end.quality < most) expect(sizeAt(end.quality + 1)).toBeGreaterThan(limit);
    }
  });

  it('finds the very best in 99 of 100 cases, in fewer than 4 encodes on average', () => {
    const exact = results.filter(({ end, best }) => (end.kind === 'tooLarge' ? 0 : end.quality) === best);
    expect(exact.length / results.length).toBeGreaterThan(0.99);
    expect(mean(results.map(({ end }) => end.encodes))).toBeLessThan(4);
  });
});

it('knows how heavy a photo is from another file of it, and then needs fewer encodes', () => {
  const inside = (curve: SizeCurve, known: boolean) =>
    [0.6, 0.9, 1.3].flatMap((bits) => {
      const limit = Math.round((curve.pixels * bits) / 8);
      const file = { bytes: curve.bytes[79] ?? 0, quality: 80, pixels: curve.pixels };
      const heaviness = known ? heavinessOf(file, curve.encoder) : 1;
      const end = runSearch(
        orderFor(curve, limit, { heaviness }),
        (quality) => curve.bytes[quality - 1] ?? 0,
      );
      return end.kind === 'fits' && end.quality < most ? [end.encodes] : [];
    });
  const curves = sizeCurves.filter(({ encoder }) => encoder === 'jpeg');
  const [without, withIt] = [false, true].map((known) =>
    mean(curves.flatMap((curve) => inside(curve, known))),
  );
  expect(withIt).toBeLessThan((without ?? 0) - 0.1);
});

describe('for any encoder', () => {
  const rising = fc
    .array(fc.integer({ min: 0, max: 5000 }), { minLength: 100, maxLength: 100 })
    .map((steps) =>
      steps.map((_, index) => 500 + steps.slice(0, index + 1).reduce((sum, step) => sum + step, 0)),
    );
  const anything = fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 100, maxLength: 100 });
  const range = fc
    .tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }))
    .map(([a, b]) => ({ least: Math.min(a, b), most: Math.max(a, b) }));
  const encoding = fc.constantFrom(...searchedEncodings);
  const limit = fc.integer({ min: 0, max: 300_000 });

  it('that rises, the answer is that of brute force', () => {
    fc.assert(
      fc.property(rising, range, encoding, limit, (bytes, { least, most }, encoding, maxBytes) => {
        const order = { window: { minBytes: null, maxBytes }, least, most, encoding, pixels: 160_000 };
        const end = runSearch(order, (quality) => bytes[quality - 1] ?? 0);
        expect(end.kind === 'tooLarge' ? 0 : end.quality).toBe(
          bestByBruteForce(bytes, maxBytes, least, most),
        );
        expect(end.encodes).toBeLessThanOrEqual(12);
      }),
    );
  });

  it('whatever it does, the search ends, stays in its range, and never calls too large what it says fits', () => {
    fc.assert(
      fc.property(anything, range, encoding, limit, (bytes, { least, most }, encoding, maxBytes) => {
        const order = {
          window: { minBytes: maxBytes / 2, maxBytes },
          least,
          most,
          encoding,
          pixels: 160_000,
        };
        const end = runSearch(order, (quality) => {
          expect(quality >= least && quality <= most).toBe(true);
          return bytes[quality - 1] ?? 0;
        });
        expect(end.encodes).toBeLessThanOrEqual(12);
        expect(end.bytes).toBe(bytes[end.quality - 1]);
        if (end.kind === 'fits') expect(end.bytes >= maxBytes / 2 && end.bytes <= maxBytes).toBe(true);
        if (end.kind === 'tooLarge') expect(end.quality).toBe(least);
        if (end.kind === 'tooSmall') expect(end.bytes).toBeLessThan(maxBytes / 2);
      }),
    );
  });
});

it('without an upper limit one encode at the best quality is enough', () => {
  const order = { least, most, encoding: 'jpeg', pixels: 100 } as const;
  expect(runSearch({ ...order, window: { minBytes: 900, maxBytes: null } }, () => 1000)).toEqual({
    kind: 'fits',
    quality: 95,
    bytes: 1000,
    encodes: 1,
  });
  expect(runSearch({ ...order, window: { minBytes: 1001, maxBytes: null } }, () => 1000).kind).toBe(
    'tooSmall',
  );
});

it('the typical sizes are the means of what is recorded', () => {
  for (const encoding of searchedEncodings) {
    const own = sizeCurves.filter(({ encoder }) => encoder === encoding);
    for (const quality of [10, 50, 85, 100]) {
      const logs = own.map(({ bytes, pixels }) => Math.log((8 * (bytes[quality - 1] ?? 1)) / pixels));
      expect(typicalBits[encoding][quality - 1]).toBe(Math.round(1000 * Math.exp(mean(logs))));
    }
  }
});
