import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFor, planDraw } from '../../../client/engine/drawPlan.ts';
import { centre, coverCrop } from '../../../client/engine/geometry.ts';
import { defaultFit, type Fit } from '../../../server/specs/fit.shared.ts';
import { photos, pins, planInputs, specs } from './arbitraries.ts';

const plain = { focal: centre, pinned: null, format: 'png' as const };
describe('every draw plan', () => {
  it('reads inside the photo and draws on whole pixels inside the output', () => {
    fc.assert(
      fc.property(planInputs, (input) => {
        const { output, source, target, ground } = planDraw(input);
        const read = ground.kind === 'blur' ? [source, ground.source] : [source];
        for (const { x, y, width, height } of read) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
          expect(Math.min(width, height)).toBeGreaterThan(0);
          expect(x + width).toBeLessThanOrEqual(input.photo.width + 1e-6);
          expect(y + height).toBeLessThanOrEqual(input.photo.height + 1e-6);
        }
        for (const value of [...Object.values(output), ...Object.values(target)]) {
          expect(Number.isInteger(value)).toBe(true);
        }
        expect(Math.min(target.x, target.y)).toBeGreaterThanOrEqual(0);
        expect(Math.min(target.width, target.height)).toBeGreaterThanOrEqual(1);
        expect(target.x + target.width).toBeLessThanOrEqual(output.width);
        expect(target.y + target.height).toBeLessThanOrEqual(output.height);
      }),
    );
  });

  it('is exactly as large as the spec, but for "inside", which never exceeds it', () => {
    fc.assert(
      fc.property(planInputs, (input) => {
        const { output } = planDraw(input);
        if (input.fit.mode === 'inside' && !input.pinned) {
          expect(output.width).toBeLessThanOrEqual(input.spec.width);
          expect(output.height).toBeLessThanOrEqual(input.spec.height);
        } else {
          expect(output).toEqual(input.spec);
        }
      }),
    );
  });

  it('fills the whole output unless the photo is to be contained in it', () => {
    fc.assert(
      fc.property(planInputs, (input) => {
        const { output, target } = planDraw(input);
        if (input.fit.mode === 'contain' && !input.pinned) return;
        expect(target).toEqual({ x: 0, y: 0, ...output });
      }),
    );
  });

  it('never leaves a JPEG transparent', () => {
    fc.assert(
      fc.property(planInputs, (input) => {
        expect(planDraw({ ...input, format: 'jpeg' }).ground.kind).not.toBe('none');
      }),
    );
  });

  it('says truly by how much it enlarges', () => {
    fc.assert(
      fc.property(planInputs, (input) => {
        const { source, target, enlargement } = planDraw(input);
        expect(enlargement).toBe(Math.max(target.width / source.width, target.height / source.height));
      }),
    );
  });
});

describe('contain', () => {
  const fit: Fit = { mode: 'contain', enlarge: false, background: { kind: 'transparent' } };

  it('crops nothing and keeps the shape to within a pixel', () => {
    fc.assert(
      fc.property(photos, specs, (photo, spec) => {
        const { source, target } = planDraw({ ...plain, photo, spec, fit });
        expect(source).toEqual({ x: 0, y: 0, ...photo });
        const scale = Math.min(spec.width / photo.width, spec.height / photo.height);
        expect(Math.abs(target.width - photo.width * scale)).toBeLessThan(1);
        expect(Math.abs(target.height - photo.height * scale)).toBeLessThan(1);
      }),
    );
  });

  it('lies in the middle, the odd pixel to one side', () => {
    fc.assert(
      fc.property(photos, specs, (photo, spec) => {
        const { output, target } = planDraw({ ...plain, photo, spec, fit });
        expect(Math.abs(2 * target.x + target.width - output.width)).toBeLessThanOrEqual(1);
        expect(Math.abs(2 * target.y + target.height - output.height)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('stands on its colour, on nothing, or on the part that a crop would have shown', () => {
    const photo = { width: 400, height: 300 };
    const spec = { width: 100, height: 200 };
    const grounds = (['png', 'jpeg'] as const).map((format) =>
      [fit.background, { kind: 'colour', colour: '#123456' } as const, { kind: 'blur' } as const].map(
        (background) =>
          planDraw({
            photo,
            spec,
            fit: { ...fit, background },
            focal: { x: 0.9, y: 0.5 },
            pinned: null,
            format,
          }).ground,
      ),
    );
    const blur = { kind: 'blur', source: coverCrop(photo, spec, { x: 0.9, y: 0.5 }) };
    const colour = { kind: 'colour', colour: '#123456' };
    expect(grounds).toEqual([
      [{ kind: 'none' }, colour, blur],
      [{ kind: 'colour', colour: '#ffffff' }, colour, blur],
    ]);
  });
});

describe('inside', () => {
  const fit: Fit = { ...defaultFit, mode: 'inside', enlarge: false };

  it('leaves a smaller photo as it is when it may not enlarge', () => {
    const photo = { width: 300, height: 200 };
    const { output, enlargement } = planDraw({ ...plain, photo, spec: { width: 900, height: 900 }, fit });
    expect([output, enlargement]).toEqual([photo, 1]);
  });

  it('never enlarges when told not to, and never crops', () => {
    fc.assert(
      fc.property(photos, specs, (photo, spec) => {
        const { output, source } = planDraw({ ...plain, photo, spec, fit });
        expect(source).toEqual({ x: 0, y: 0, ...photo });
        expect(output.width).toBeLessThanOrEqual(photo.width);
        expect(output.height).toBeLessThanOrEqual(photo.height);
      }),
    );
  });

  it('touches the spec in one direction when it may enlarge', () => {
    fc.assert(
      fc.property(photos, specs, (photo, spec) => {
        const { output } = planDraw({ ...plain, photo, spec, fit: { ...fit, enlarge: true } });
        expect(output.width === spec.width || output.height === spec.height).toBe(true);
      }),
    );
  });
});

it('stretch reads all of the photo and covers all of the output', () => {
  const photo = { width: 400, height: 300 };
  const spec = { width: 50, height: 900 };
  const plan = planDraw({ ...plain, photo, spec, fit: { ...defaultFit, mode: 'stretch' } });
  expect(plan.source).toEqual({ x: 0, y: 0, ...photo });
  expect(plan.target).toEqual({ x: 0, y: 0, ...spec });
  expect(plan.enlargement).toBe(3);
});

it('a pinned crop wins over every fit mode', () => {
  fc.assert(
    fc.property(planInputs, pins, (input, pinned) => {
      const { source } = planDraw({ ...input, pinned });
      expect(source).toEqual(coverCrop(input.photo, input.spec, pinned, pinned.zoom));
    }),
  );
});

describe('the format of a file', () => {
  it('is the wish, whatever the spec allows', () => {
    expect(formatFor(['png'], 'jpeg', false)).toBe('jpeg');
  });
  it("is the spec's first without a wish", () => {
    expect(formatFor(['webp', 'jpeg'], 'auto', false)).toBe('webp');
  });
  it('is the first with transparency when that is needed and allowed', () => {
    expect(formatFor(['jpeg', 'png', 'webp'], 'auto', true)).toBe('png');
    expect(formatFor(['jpeg'], 'auto', true)).toBe('jpeg');
  });
});
