import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageInto, blurPixels, type Pixels } from '../../../client/engine/blur.ts';

function pixels(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => readonly number[],
): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(colourAt(x, y), (y * width + x) * 4);
  }
  return { data, width, height };
}

function at({ data, width }: Pixels, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}

const byte = fc.integer({ min: 0, max: 255 });
const sides = fc.integer({ min: 1, max: 24 });

describe('blurring', () => {
  it('leaves an image of one colour as it is, whatever its size and the radius', () => {
    fc.assert(
      fc.property(
        sides,
        sides,
        fc.integer({ min: 0, max: 30 }),
        fc.tuple(byte, byte, byte),
        (w, h, radius, rgb) => {
          const image = pixels(w, h, () => [...rgb, 255]);
          blurPixels(image, radius);
          for (const [i, value] of image.data.entries()) {
            expect(Math.abs(value - ([...rgb, 255][i % 4] ?? 0))).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it('keeps the light of a spot that is away from the edges and spreads it evenly to both sides', () => {
    const image = pixels(41, 41, (x, y) => (x === 20 && y === 20 ? [255, 255, 255, 255] : [0, 0, 0, 255]));
    for (let y = 17; y <= 23; y++)
      for (let x = 17; x <= 23; x++) image.data.set([255, 255, 255], (y * 41 + x) * 4);
    const light = () => image.data.filter((_, i) => i % 4 === 0).reduce((sum, value) => sum + value, 0);
    const before = light();
    blurPixels(image, 3);
    expect(Math.abs(light() / before - 1)).toBeLessThan(0.02);
    for (let step = 1; step <= 15; step++) {
      expect(at(image, 20 - step, 20)).toEqual(at(image, 20 + step, 20));
      expect(at(image, 20, 20 - step)).toEqual(at(image, 20 + step, 20));
    }
  });

  it('has the spread of a Gaussian with the deviation that it promises', () => {
    const radius = 3;
    const line = pixels(101, 1, (x) => (x >= 50 ? [255, 255, 255, 255] : [0, 0, 0, 255]));
    blurPixels(line, radius);
    // The slope of a blurred edge is the kernel itself.
    let [weight, moment] = [0, 0];
    for (let x = 1; x < 101; x++) {
      const slope = (at(line, x, 0)[0] ?? 0) - (at(line, x - 1, 0)[0] ?? 0);
      weight += slope;
      moment += slope * (x - 50) ** 2;
    }
    expect(Math.sqrt(moment / weight)).toBeCloseTo(Math.sqrt(radius * (radius + 1)), 0.5);
  });

  it('never makes light: every value stays between the least and the greatest of the image', () => {
    fc.assert(
      fc.property(sides, sides, fc.infiniteStream(byte), (width, height, stream) => {
        const image = pixels(width, height, () => [...stream.take(3), 255]);
        const values = image.data.filter((_, i) => i % 4 < 3);
        const [low, high] = [Math.min(...values), Math.max(...values)];
        blurPixels(image, 2);
        for (const [i, value] of image.data.entries()) {
          if (i % 4 === 3) continue;
          expect(value).toBeGreaterThanOrEqual(low - 1);
          expect(value).toBeLessThanOrEqual(high + 1);
        }
      }),
    );
  });

  it('lets no colour bleed out of transparent pixels', () => {
    const image = pixels(20, 20, (x) => (x < 10 ? [200, 40, 0, 255] : [0, 255, 0, 0]));
    blurPixels(image, 3);
    const [red, green, blue, alpha] = at(image, 11, 10);
    expect([red, green, blue]).toEqual([200, 40, 0]);
    expect(alpha).toBeGreaterThan(0);
    expect(alpha).toBeLessThan(255);
  });
});

describe('averaging down', () => {
  it('gives each pixel the mean of what it covers', () => {
    const from = pixels(4, 2, (x, y) => [x * 10, y * 100, 0, 255]);
    const to = pixels(2, 1, () => [9, 9, 9, 9]);
    averageInto(from, to);
    expect([at(to, 0, 0), at(to, 1, 0)]).toEqual([
      [5, 50, 0, 255],
      [25, 50, 0, 255],
    ]);
  });

  it('keeps a colour at any ratio of sizes', () => {
    fc.assert(
      fc.property(sides, sides, sides, sides, (width, height, lessWidth, lessHeight) => {
        const to = pixels(Math.min(width, lessWidth), Math.min(height, lessHeight), () => [0, 0, 0, 0]);
        averageInto(
          pixels(width, height, () => [12, 34, 56, 255]),
          to,
        );
        for (const [i, value] of to.data.entries()) expect(value).toBe([12, 34, 56, 255][i % 4]);
      }),
    );
  });

  it('weighs colours by their alpha', () => {
    const to = pixels(1, 1, () => [0, 0, 0, 0]);
    averageInto(
      pixels(2, 1, (x) => (x === 0 ? [100, 0, 0, 255] : [0, 255, 0, 0])),
      to,
    );
    expect(at(to, 0, 0)).toEqual([100, 0, 0, 128]);
  });
});
