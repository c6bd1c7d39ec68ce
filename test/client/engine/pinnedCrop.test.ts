import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxZoom } from '../../../client/engine/drawPlan.ts';
import { coverCrop, type Point, type Rect } from '../../../client/engine/geometry.ts';
import { moveFocal, panPinned, pinFrom, pinnedRect, zoomPinned } from '../../../client/engine/pinnedCrop.ts';
import { pins, points, usualSizes } from './arbitraries.ts';

const moves = fc.double({ min: -3, max: 3, noNaN: true });
const factors = fc.double({ min: 0.05, max: 20, noNaN: true });

function pointUnder(crop: Rect, at: Point): Point {
  return { x: crop.x + crop.width * at.x, y: crop.y + crop.height * at.y };
}

describe('pinning', () => {
  it('shows what the tile showed', () => {
    fc.assert(
      fc.property(
        usualSizes,
        usualSizes,
        points,
        fc.double({ min: 1, max: 8, noNaN: true }),
        (photo, spec, focal, zoom) => {
          const shown = coverCrop(photo, spec, focal, zoom);
          const pinned = pinnedRect(pinFrom(shown, photo, spec), photo, spec);
          for (const key of ['x', 'y', 'width', 'height'] as const)
            expect(pinned[key]).toBeCloseTo(shown[key], 4);
        },
      ),
    );
  });

  it('of a tile that shows the whole photo begins with the largest crop, in the middle', () => {
    const photo = { width: 400, height: 200 };
    const pinned = pinFrom({ x: 0, y: 0, ...photo }, photo, { width: 100, height: 100 });
    expect(pinned).toEqual({ x: 0.5, y: 0.5, zoom: 1 });
  });
});

describe('every edit of a pinned crop', () => {
  it('keeps it inside the photo, its zoom in range, and its stored middle where the crop really is', () => {
    fc.assert(
      fc.property(
        usualSizes,
        usualSizes,
        pins,
        moves,
        moves,
        factors,
        points,
        (photo, spec, pinned, dx, dy, factor, at) => {
          for (const edited of [
            panPinned(pinned, photo, spec, dx, dy),
            zoomPinned(pinned, photo, spec, factor, at),
          ]) {
            const crop = pinnedRect(edited, photo, spec);
            expect(Math.min(crop.x, crop.y)).toBeGreaterThanOrEqual(0);
            expect(crop.x + crop.width).toBeLessThanOrEqual(photo.width + 1e-6);
            expect(crop.y + crop.height).toBeLessThanOrEqual(photo.height + 1e-6);
            expect(edited.zoom).toBeGreaterThanOrEqual(1);
            expect(edited.zoom).toBeLessThanOrEqual(maxZoom);
            expect((crop.x + crop.width / 2) / photo.width).toBeCloseTo(edited.x, 6);
            expect((crop.y + crop.height / 2) / photo.height).toBeCloseTo(edited.y, 6);
          }
        },
      ),
    );
  });
});

describe('panning', () => {
  const photo = { width: 4000, height: 3000 };
  const spec = { width: 100, height: 100 };
  const start = { x: 0.5, y: 0.5, zoom: 3 };

  it("moves by fractions of the crop's own size", () => {
    const crop = pinnedRect(panPinned(start, photo, spec, 0.25, -0.5), photo, spec);
    const before = pinnedRect(start, photo, spec);
    expect(crop.x - before.x).toBeCloseTo(250);
    expect(crop.y - before.y).toBeCloseTo(-500);
  });

  it('is taken back by the opposite move away from the edges', () => {
    const back = panPinned(panPinned(start, photo, spec, 0.3, 0.2), photo, spec, -0.3, -0.2);
    expect(back.x).toBeCloseTo(0.5);
    expect(back.y).toBeCloseTo(0.5);
  });

  it('answers at once on the way back after it was pushed far beyond an edge', () => {
    const atEdge = panPinned(start, photo, spec, 50, 0);
    const back = panPinned(atEdge, photo, spec, -0.1, 0);
    expect(back.x).toBeLessThan(atEdge.x);
  });
});

describe('zooming', () => {
  it('keeps the point under the pointer where it is, where the edges allow', () => {
    fc.assert(
      fc.property(usualSizes, usualSizes, pins, factors, points, (photo, spec, pinned, factor, at) => {
        const before = pinnedRect(pinned, photo, spec);
        const after = pinnedRect(zoomPinned(pinned, photo, spec, factor, at), photo, spec);
        const [was, is] = [pointUnder(before, at), pointUnder(after, at)];
        for (const [axis, side] of [
          ['x', 'width'],
          ['y', 'height'],
        ] as const) {
          const atEdge = after[axis] < 1e-6 || after[axis] + after[side] > photo[side] - 1e-6;
          if (!atEdge) expect(is[axis]).toBeCloseTo(was[axis], 4);
        }
      }),
    );
  });

  it('never moves the picture when zooming in: from inside, no edge is in the way', () => {
    fc.assert(
      fc.property(
        usualSizes,
        usualSizes,
        pins,
        fc.double({ min: 1, max: 20, noNaN: true }),
        points,
        (photo, spec, pinned, factor, at) => {
          const before = pinnedRect(pinned, photo, spec);
          const after = pinnedRect(zoomPinned(pinned, photo, spec, factor, at), photo, spec);
          expect(pointUnder(after, at).x).toBeCloseTo(pointUnder(before, at).x, 4);
          expect(pointUnder(after, at).y).toBeCloseTo(pointUnder(before, at).y, 4);
        },
      ),
    );
  });
});

it('the focal point never leaves the photo', () => {
  expect(moveFocal({ x: 0.5, y: 0.5 }, 0.25, -0.125)).toEqual({ x: 0.75, y: 0.375 });
  expect(moveFocal({ x: 0.9, y: 0.05 }, 0.25, -0.125)).toEqual({ x: 1, y: 0 });
});
