/** Random photos, specs, points and fits for the property tests. */
import fc from 'fast-check';
import type { PlanInput } from '../../../client/engine/drawPlan.ts';
import type { Point, Size } from '../../../client/engine/geometry.ts';
import type { Background, Fit } from '../../../server/specs/fit.shared.ts';

const side = (max: number) => fc.integer({ min: 1, max });

/** From 1 x 1 to 12 000 x 12 000, so very long and very narrow ones too. */
export const photos: fc.Arbitrary<Size> = fc.record({ width: side(12_000), height: side(12_000) });

export const specs: fc.Arbitrary<Size> = fc.record({ width: side(4000), height: side(4000) });

/** Sizes of everyday photos and specs: no side under 100, none ten times the other. */
export const usualSizes: fc.Arbitrary<Size> = fc
  .record({ width: fc.integer({ min: 100, max: 6000 }), height: fc.integer({ min: 100, max: 6000 }) })
  .filter(({ width, height }) => width < height * 10 && height < width * 10);

const share = fc.double({ min: 0, max: 1, noNaN: true });
export const points: fc.Arbitrary<Point> = fc.record({ x: share, y: share });

const backgrounds: fc.Arbitrary<Background> = fc.constantFrom<Background>(
  { kind: 'colour', colour: '#204060' },
  { kind: 'transparent' },
  { kind: 'blur' },
);

const fits: fc.Arbitrary<Fit> = fc.record({
  mode: fc.constantFrom('cover' as const, 'contain' as const, 'inside' as const, 'stretch' as const),
  enlarge: fc.boolean(),
  background: backgrounds,
});

export const pins = fc.record({ x: share, y: share, zoom: fc.double({ min: 1, max: 8, noNaN: true }) });

export const outputFormats = fc.constantFrom('jpeg' as const, 'png' as const, 'webp' as const);

/** Everything that a draw plan is made from; half of them with a pinned crop. */
export const planInputs: fc.Arbitrary<PlanInput> = fc.record({
  photo: photos,
  spec: specs,
  fit: fits,
  focal: points,
  pinned: fc.option(pins, { freq: 1 }),
  format: outputFormats,
});
