import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planDraw } from '../../../client/engine/drawPlan.ts';
import { centre } from '../../../client/engine/geometry.ts';
import { defaultFit, type Fit } from '../../../server/specs/fit.shared.ts';

const photo = { width: 1200, height: 800 };
const pads: Fit = { mode: 'coverOrPad', enlarge: false, background: { kind: 'colour', colour: '#0000ff' } };
const plain = { photo, focal: centre, pinned: null, format: 'jpeg' as const };

test('a crop over the edges becomes the photo on the background, where it lies and at its scale', () => {
  const spec = { width: 500, height: 500 };
  const plan = planDraw({ ...plain, spec, fit: pads, crop: { x: 100, y: -100, width: 1000, height: 1000 } });
  expect(plan.source).toEqual({ x: 100, y: 0, width: 1000, height: 800 });
  expect(plan.target).toEqual({ x: 0, y: 50, width: 500, height: 400 });
  expect(plan.ground).toEqual({ kind: 'colour', colour: '#0000ff' });
  expect(plan.enlargement).toBeCloseTo(0.5);
});

test('a crop inside the photo fills the file, with and without padding allowed', () => {
  const crop = { x: 300, y: 0, width: 800, height: 800 };
  for (const fit of [pads, defaultFit]) {
    const plan = planDraw({ ...plain, spec: { width: 400, height: 400 }, fit, crop });
    expect(plan.source).toEqual(crop);
    expect(plan.target).toEqual({ x: 0, y: 0, width: 400, height: 400 });
  }
});

test('whatever the crop, what is read lies in the photo, what is drawn in the file, and nothing is distorted by a pixel', () => {
  const side = fc.integer({ min: 40, max: 2000 });
  const share = fc.double({ min: -0.45, max: 0.45, noNaN: true });
  const scale = fc.double({ min: 0.2, max: 2.5, noNaN: true });
  fc.assert(
    fc.property(side, side, scale, share, share, (width, height, size, right, down) => {
      const largest = Math.min(photo.width / width, photo.height / height) * size;
      const crop = { width: width * largest, height: height * largest, x: 0, y: 0 };
      crop.x = photo.width / 2 + right * photo.width - crop.width / 2;
      crop.y = photo.height / 2 + down * photo.height - crop.height / 2;
      const { source, target, output } = planDraw({ ...plain, spec: { width, height }, fit: pads, crop });
      expect(output).toEqual({ width, height });
      expect(Math.min(source.x, source.y)).toBeGreaterThanOrEqual(0);
      expect(source.x + source.width).toBeLessThanOrEqual(photo.width + 1e-6);
      expect(source.y + source.height).toBeLessThanOrEqual(photo.height + 1e-6);
      expect(Math.min(target.x, target.y, target.width - 1, target.height - 1)).toBeGreaterThanOrEqual(0);
      expect(target.x + target.width).toBeLessThanOrEqual(width);
      expect(target.y + target.height).toBeLessThanOrEqual(height);
      const scaled = width / crop.width;
      expect(Math.abs(target.width - source.width * scaled)).toBeLessThanOrEqual(1.001);
      expect(Math.abs(target.height - source.height * scaled)).toBeLessThanOrEqual(1.001);
    }),
  );
});
