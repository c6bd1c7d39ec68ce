import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centre, coverCrop, sizeInside, wholeOf } from '../../../client/engine/geometry.ts';
import { photos, points, specs, usualSizes } from './arbitraries.ts';

/** Fractions of a pixel that floating point may cost on sides of up to 12 000 pixels. */
const hair = 1e-6;

describe('the crop that fills a spec', () => {
  it('stays inside the photo', () => {
    fc.assert(
      fc.property(
        photos,
        specs,
        points,
        fc.double({ min: 0.2, max: 8, noNaN: true }),
        (photo, spec, focal, zoom) => {
          const crop = coverCrop(photo, spec, focal, zoom);
          expect(crop.x).toBeGreaterThanOrEqual(0);
          expect(crop.y).toBeGreaterThanOrEqual(0);
          expect(crop.width).toBeGreaterThan(0);
          expect(crop.height).toBeGreaterThan(0);
          expect(crop.x + crop.width).toBeLessThanOrEqual(photo.width + hair);
          expect(crop.y + crop.height).toBeLessThanOrEqual(photo.height + hair);
        },
      ),
    );
  });

  it('contains the focal point', () => {
    fc.assert(
      fc.property(photos, specs, points, (photo, spec, focal) => {
        const crop = coverCrop(photo, spec, focal);
        const at = { x: focal.x * photo.width, y: focal.y * photo.height };
        expect(at.x).toBeGreaterThanOrEqual(crop.x - hair);
        expect(at.x).toBeLessThanOrEqual(crop.x + crop.width + hair);
        expect(at.y).toBeGreaterThanOrEqual(crop.y - hair);
        expect(at.y).toBeLessThanOrEqual(crop.y + crop.height + hair);
      }),
    );
  });

  it("has the spec's shape, to within a thousandth of a pixel", () => {
    fc.assert(
      fc.property(usualSizes, usualSizes, points, (photo, spec, focal) => {
        const crop = coverCrop(photo, spec, focal);
        expect(Math.abs((crop.height * spec.width) / spec.height - crop.width)).toBeLessThan(1e-3);
      }),
    );
  });

  it('is the largest possible: it spans the photo in one direction', () => {
    fc.assert(
      fc.property(photos, specs, points, (photo, spec, focal) => {
        const crop = coverCrop(photo, spec, focal);
        const free = Math.min(photo.width - crop.width, photo.height - crop.height);
        expect(free).toBeLessThan(hair);
      }),
    );
  });

  it('has the focal point in its middle wherever the edges allow', () => {
    const crop = coverCrop({ width: 4000, height: 3000 }, { width: 1080, height: 1920 }, { x: 0.4, y: 0.9 });
    expect(crop.x + crop.width / 2).toBeCloseTo(1600);
    expect([crop.y, crop.height]).toEqual([0, 3000]);
  });

  it('moves the way the focal point is dragged, or stays at the edge', () => {
    fc.assert(
      fc.property(photos, specs, points, points, (photo, spec, a, b) => {
        const [first, second] = [coverCrop(photo, spec, a), coverCrop(photo, spec, b)];
        if (a.x <= b.x) expect(first.x).toBeLessThanOrEqual(second.x + hair);
        if (a.y <= b.y) expect(first.y).toBeLessThanOrEqual(second.y + hair);
        expect([first.width, first.height]).toEqual([second.width, second.height]);
      }),
    );
  });

  it('is mirrored when the photo and the focal point are', () => {
    fc.assert(
      fc.property(photos, specs, points, (photo, spec, focal) => {
        const crop = coverCrop(photo, spec, focal);
        const mirrored = coverCrop(photo, spec, { x: 1 - focal.x, y: focal.y });
        expect(mirrored.x).toBeCloseTo(photo.width - crop.x - crop.width, 5);
        expect(mirrored.y).toBeCloseTo(crop.y, 5);
      }),
    );
  });

  it('shows the same part of a photo that comes at another size', () => {
    fc.assert(
      fc.property(photos, specs, points, fc.integer({ min: 2, max: 9 }), (photo, spec, focal, times) => {
        const crop = coverCrop(photo, spec, focal);
        const larger = { width: photo.width * times, height: photo.height * times };
        const same = coverCrop(larger, spec, focal);
        for (const key of ['x', 'y', 'width', 'height'] as const) {
          expect(same[key] / times).toBeCloseTo(crop[key], 5);
        }
      }),
    );
  });

  it('gets smaller by the zoom and keeps its middle', () => {
    const photo = { width: 4000, height: 3000 };
    const wide = coverCrop(photo, { width: 100, height: 100 }, centre);
    const near = coverCrop(photo, { width: 100, height: 100 }, centre, 2);
    expect(near.width).toBeCloseTo(wide.width / 2);
    expect(near.x + near.width / 2).toBeCloseTo(2000);
  });
});

describe('the size that fits inside a box', () => {
  it('never exceeds the box and touches it in one direction', () => {
    fc.assert(
      fc.property(photos, specs, (photo, box) => {
        const size = sizeInside(photo, box);
        expect(size.width).toBeLessThanOrEqual(box.width);
        expect(size.height).toBeLessThanOrEqual(box.height);
        expect(size.width === box.width || size.height === box.height).toBe(true);
      }),
    );
  });

  it("keeps the photo's shape to within half a pixel, or one pixel where a side would vanish", () => {
    fc.assert(
      fc.property(photos, specs, (photo, box) => {
        const size = sizeInside(photo, box);
        const scale = Math.min(box.width / photo.width, box.height / photo.height);
        expect(Math.abs(size.width - photo.width * scale)).toBeLessThan(size.width === 1 ? 1 : 0.5 + hair);
        expect(Math.abs(size.height - photo.height * scale)).toBeLessThan(size.height === 1 ? 1 : 0.5 + hair);
      }),
    );
  });
});

it('the whole of a size begins at its top left', () => {
  expect(wholeOf({ width: 3, height: 2 })).toEqual({ x: 0, y: 0, width: 3, height: 2 });
});
