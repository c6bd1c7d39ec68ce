/** The kernel's two builds in node: what must hold for every picture and every crop. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Rect, type Size, wholeOf } from '../../../client/engine/geometry.ts';
import type { Kernel } from '../../../client/worker/kernel.ts';
import { takePlanes } from '../../../client/worker/planes.ts';
import { buildPyramid, levelFor, resizeCrop } from '../../../client/worker/pyramid.ts';
import { kernelBuilds, noise, openBuild, pattern, putPlanes, readPlane } from './kernelFiles.ts';
import { type Picture, psnr, resizeByLanczos } from './lanczos.ts';

const kernels = new Map<string, Kernel>();
beforeAll(async () => {
  for (const build of kernelBuilds) kernels.set(build, await openBuild(build));
});

function kernelOf(build: string): Kernel {
  const kernel = kernels.get(build);
  if (!kernel) throw new Error(`No build ${build}`);
  return kernel;
}

/** As the worker does it: with as many levels as the crop's scale asks for. */
function resize(build: string, picture: Picture, crop: Rect, target: Size): Uint8Array {
  const kernel = kernelOf(build);
  const mark = kernel.taken();
  const levels = levelFor(Math.min(crop.width / target.width, crop.height / target.height));
  const pyramid = buildPyramid(kernel, putPlanes(kernel, [picture]), levels);
  const out = takePlanes(kernel, target, { count: 1, isWide: false });
  resizeCrop(kernel, pyramid, { crop }, out);
  const values = readPlane(kernel, out);
  kernel.release(mark);
  return values;
}

const size = (most: number): fc.Arbitrary<Size> =>
  fc.record({ width: fc.integer({ min: 1, max: most }), height: fc.integer({ min: 1, max: most }) });

/** A picture's size, a crop of it at fractions of pixels, and a target. */
const tasks = fc
  .record({ photo: size(300), target: size(120), from: size(1000), to: size(1000) })
  .map((task) => {
    const { photo, target, from, to } = task;
    const edge = (length: number, a: number, b: number) => {
      const [low, high] = [Math.min(a, b) / 1001, Math.max(a, b) / 1000];
      return { start: low * length, length: Math.max(0.01, (high - low) * length * 0.999) };
    };
    const across = edge(photo.width, from.width, to.width);
    const down = edge(photo.height, from.height, to.height);
    const crop = { x: across.start, y: down.start, width: across.length, height: down.length };
    return { photo, target, crop };
  });

describe.each(kernelBuilds)('the %s build', (build) => {
  it('keeps a constant picture constant, whatever the crop and the target', () => {
    fc.assert(
      fc.property(tasks, fc.integer({ min: 0, max: 255 }), ({ photo, target, crop }, value) => {
        const values = new Uint8Array(photo.width * photo.height).fill(value);
        const out = resize(build, { ...photo, values }, crop, target);
        expect(new Set(out)).toEqual(new Set([value]));
      }),
      { numRuns: 60 },
    );
  });

  it('reads nothing outside of the crop: other pixels there change nothing', () => {
    fc.assert(
      fc.property(tasks, ({ photo, target, crop }) => {
        const picture = noise(photo.width, photo.height);
        const poisoned = Uint8Array.from(picture.values);
        for (let i = 0; i < poisoned.length; i++) {
          const x = i % photo.width;
          const y = Math.floor(i / photo.width);
          const isInside =
            x + 1 > crop.x && x < crop.x + crop.width && y + 1 > crop.y && y < crop.y + crop.height;
          if (!isInside) poisoned[i] = (i * 89) % 2 ? 255 : 0;
        }
        const clean = resize(build, picture, crop, target);
        expect(resize(build, { ...photo, values: poisoned }, crop, target)).toEqual(clean);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the mirrored target for the mirrored picture', () => {
    fc.assert(
      fc.property(size(90), size(90), (photo, target) => {
        const picture = noise(photo.width, photo.height);
        const direct = mirrored(resize(build, picture, wholeOf(photo), target), target);
        const other = resize(
          build,
          { ...photo, values: mirrored(picture.values, photo) },
          wholeOf(photo),
          target,
        );
        const needsLevels = Math.min(photo.width / target.width, photo.height / target.height) >= 3;
        // A level pairs pixels from the left, so with levels an odd picture is halved a little otherwise when mirrored.
        for (let i = 0; i < other.length; i++) {
          expect(Math.abs((other[i] ?? 0) - (direct[i] ?? 0))).toBeLessThanOrEqual(needsLevels ? 24 : 0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the energy: a single bright pixel gives as much light in all as it had', () => {
    for (const scale of [1.3, 2.5, 4, 7.7]) {
      const side = 240;
      const values = new Uint8Array(side * side).fill(100);
      values[120 * side + 121] = 250;
      const target = { width: Math.round(side / scale), height: Math.round(side / scale) };
      const out = resize(
        build,
        { width: side, height: side, values },
        wholeOf({ width: side, height: side }),
        target,
      );
      const light = out.reduce((sum, value) => sum + value - 100, 0) * (side / target.width) ** 2;
      expect(Math.abs(light / 150 - 1)).toBeLessThan(0.3);
    }
  });

  it.each([
    { width: 150, height: 90 },
    { width: 83, height: 61 },
    { width: 301, height: 200 },
  ])('is Lanczos3 to the nearest byte where no level is used: $width x $height', (target) => {
    const picture = pattern(200, 130);
    const crop = { x: 10.25, y: 3.5, width: 180.5, height: 120.25 };
    const truth = resizeByLanczos(picture, crop, target).map((value) => Math.min(255, Math.max(0, value)));
    const errors = resize(build, picture, crop, target).map((value, i) =>
      Math.abs(value - (truth[i] ?? 0)) < 0.6 ? 0 : 1,
    );
    expect(errors.every((error) => error === 0)).toBe(true);
  });

  it.each([3.2, 5.9, 6.1, 11, 40])('is within 43 dB of Lanczos3 by way of levels, at %s to one', (scale) => {
    const picture = pattern(900, 700);
    const crop = { x: 30, y: 20, width: 800, height: 640 };
    const target = { width: Math.round(800 / scale), height: Math.round(640 / scale) };
    const out = resize(build, picture, crop, target);
    expect(psnr(out, resizeByLanczos(picture, crop, target))).toBeGreaterThan(43);
  });

  it.each([
    [
      { width: 1, height: 1 },
      { width: 1, height: 1 },
    ],
    [
      { width: 1, height: 1 },
      { width: 300, height: 200 },
    ],
    [
      { width: 1, height: 20_000 },
      { width: 40, height: 40 },
    ],
    [
      { width: 20_000, height: 1 },
      { width: 1, height: 3 },
    ],
    [
      { width: 20_000, height: 1 },
      { width: 200, height: 1 },
    ],
    [
      { width: 2000, height: 2000 },
      { width: 1, height: 1 },
    ],
  ])('makes %o into %o', (photo, target) => {
    const picture = noise(photo.width, photo.height);
    const truth = resizeByLanczos(picture, wholeOf(photo), target);
    expect(psnr(resize(build, picture, wholeOf(photo), target), truth)).toBeGreaterThan(40);
  });
});

it('many crops of one photo, in any order, are as if each were the only one', () => {
  const target = { width: 40, height: 40 };
  const crops = fc.array(
    fc.record({
      x: fc.integer({ min: 0, max: 200 }),
      y: fc.integer({ min: 0, max: 200 }),
      width: fc.integer({ min: 150, max: 300 }),
      height: fc.integer({ min: 150, max: 200 }),
    }),
    { minLength: 2, maxLength: 5 },
  );
  const kernel = kernelOf('simd');
  fc.assert(
    fc.property(crops, (list) => {
      const mark = kernel.taken();
      const pyramid = buildPyramid(kernel, putPlanes(kernel, [noise(500, 400), noise(500, 400, 2)]), 3);
      for (const crop of list) {
        const out = takePlanes(kernel, target, { count: 2, isWide: false });
        resizeCrop(kernel, pyramid, { crop }, out);
        const inner = kernel.taken();
        const fresh = buildPyramid(kernel, putPlanes(kernel, [noise(500, 400), noise(500, 400, 2)]), 3);
        const alone = takePlanes(kernel, target, { count: 2, isWide: false });
        resizeCrop(kernel, fresh, { crop }, alone);
        for (const index of [0, 1]) {
          expect(readPlane(kernel, out, index)).toEqual(readPlane(kernel, alone, index));
        }
        kernel.release(inner);
      }
      kernel.release(mark);
    }),
    { numRuns: 15 },
  );
});

it('both builds give the same pixels to the bit', () => {
  fc.assert(
    fc.property(tasks, ({ photo, target, crop }) => {
      const picture = noise(photo.width, photo.height);
      expect(resize('simd', picture, crop, target)).toEqual(resize('scalar', picture, crop, target));
    }),
    { numRuns: 60 },
  );
});

function mirrored(values: ArrayLike<number>, { width, height }: Size): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const x = i % width;
    return values[i - x + width - 1 - x] ?? 0;
  });
}
