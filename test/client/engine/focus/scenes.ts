/** Photos with boxes, drawn by hand or at random, for the tests of placement. */
import fc from 'fast-check';
import type { BoxKind, FocusBox } from '../../../../client/engine/focus/box.ts';
import type { Scene, Wish } from '../../../../client/engine/focus/placement.ts';
import type { SafeArea } from '../../../../server/specs/spec.shared.ts';

/** A sure face of weight 1; each test changes what it is about. */
export function boxAt(
  x: number,
  y: number,
  width: number,
  height: number,
  change: Partial<FocusBox> = {},
): FocusBox {
  const kind = change.kind ?? 'face';
  return {
    id: `${kind}-${x}-${y}`,
    kind,
    label: kind,
    box: { x, y, width, height },
    score: 0.9,
    weight: 1,
    source: 'auto',
    enabled: true,
    ...change,
  };
}

export function sceneOf(boxes: FocusBox[], width = 1200, height = 800): Scene {
  return { photo: { width, height }, boxes, saliency: null, opinion: null };
}

export function wishOf(widthPx: number, heightPx: number, change: Partial<Wish> = {}): Wish {
  return { widthPx, heightPx, safeArea: null, mask: null, pads: false, ...change };
}

const share = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const randomBoxes = fc
  .array(
    fc.record({
      kind: fc.constantFrom<BoxKind>('face', 'person', 'animal', 'object', 'region'),
      x: share(0, 1),
      y: share(0, 1),
      width: share(0.03, 0.6),
      height: share(0.03, 0.6),
      score: share(0.3, 1),
      weight: share(0.05, 1),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) =>
    all.map(({ kind, x, y, width, height, score, weight }, i) =>
      boxAt(x * (1 - width), y * (1 - height), width, height, { id: `box-${i}`, kind, score, weight }),
    ),
  );

const randomMap = fc
  .array(fc.integer({ min: 0, max: 255 }), { minLength: 48, maxLength: 48 })
  .map((values) => ({ width: 8, height: 6, data: Uint8Array.from(values) }));

const randomOpinion = fc
  .array(fc.integer({ min: -100, max: 100 }), { minLength: 9, maxLength: 9 })
  .map((scores) => () => scores);

export const scenes: fc.Arbitrary<Scene> = fc.record({
  photo: fc.record({
    width: fc.integer({ min: 200, max: 5000 }),
    height: fc.integer({ min: 200, max: 5000 }),
  }),
  boxes: randomBoxes,
  saliency: fc.option(randomMap),
  opinion: fc.option(randomOpinion),
});

const safeAreas = fc.oneof(
  fc.record({
    kind: fc.constant('inset' as const),
    top: share(0, 0.3),
    right: share(0, 0.3),
    bottom: share(0, 0.3),
    left: share(0, 0.3),
  }),
  fc.record({
    kind: fc.constant('rectangle' as const),
    x: share(0, 0.4),
    y: share(0, 0.4),
    width: share(0.3, 0.6),
    height: share(0.3, 0.6),
  }),
  fc.record({
    kind: fc.constant('circle' as const),
    x: share(0.4, 0.6),
    y: share(0.4, 0.6),
    radius: share(0.2, 0.4),
  }),
) satisfies fc.Arbitrary<SafeArea>;

export const wishes: fc.Arbitrary<Wish> = fc.record({
  widthPx: fc.integer({ min: 100, max: 3000 }),
  heightPx: fc.integer({ min: 100, max: 3000 }),
  safeArea: fc.option(safeAreas, { freq: 1 }),
  mask: fc.constantFrom(null, null, 'circle' as const),
  pads: fc.boolean(),
});
