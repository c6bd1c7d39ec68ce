import { describe, expect, it } from 'vitest';
import type { Pixels } from '../../../../client/engine/blur.ts';
import { findSaliency } from '../../../../client/engine/focus/fastMbd.ts';
import { sharpnessOf } from '../../../../client/engine/focus/sharpness.ts';
import type { Rect } from '../../../../client/engine/geometry.ts';

const ground = [90, 120, 60] as const;

describe('what stands out', () => {
  it('is what has another colour than the border, and not the border', () => {
    const square = { x: 70, y: 40, width: 30, height: 30 };
    const map = findSaliency(picture(160, 107, square));
    expect(map).toMatchObject({ width: 160, height: 107 });
    expect(meanIn(map, square)).toBeGreaterThan(220);
    expect(meanIn(map, { x: 0, y: 0, width: 160, height: 10 })).toBeLessThan(20);
    expect(meanIn(map, { x: 0, y: 0, width: 10, height: 107 })).toBeLessThan(20);
  });

  it('may touch one border', () => {
    const square = { x: 60, y: 77, width: 40, height: 30 };
    const map = findSaliency(picture(160, 107, square));
    const above = { x: 60, y: 5, width: 40, height: 30 };
    expect(meanIn(map, square)).toBeGreaterThan(2 * meanIn(map, above));
  });

  it.each([
    [1, 1],
    [1, 160],
    [160, 2],
    [3, 3],
  ])('is found in %d x %d pixels of one colour without a fault', (width, height) => {
    const map = findSaliency(picture(width, height, { x: 0, y: 0, width: 0, height: 0 }));
    expect(map.data).toHaveLength(width * height);
  });
});

it('the same pattern is less sharp when it is blurred', () => {
  const stripes = (soft: boolean) => {
    const pixels = picture(64, 64, { x: 0, y: 0, width: 0, height: 0 });
    for (let i = 0; i < 64 * 64; i++) {
      const wave = Math.sin((i % 64) / 4);
      pixels.data.fill(soft ? 128 + 60 * wave : wave > 0 ? 190 : 66, i * 4, i * 4 + 3);
    }
    return sharpnessOf(pixels);
  };
  expect(stripes(true)).toBeLessThan(0.2);
  expect(stripes(false)).toBeGreaterThan(0.42);
});

/** A red rectangle on green. */
function picture(width: number, height: number, { x, y, width: wide, height: tall }: Rect): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const [column, row] = [i % width, Math.floor(i / width)];
    const isInside = column >= x && column < x + wide && row >= y && row < y + tall;
    data.set(isInside ? [200, 40, 40, 255] : [...ground, 255], i * 4);
  }
  return { data, width, height };
}

function meanIn(map: { data: Uint8Array; width: number }, { x, y, width, height }: Rect): number {
  let sum = 0;
  for (let row = y; row < y + height; row++) {
    for (let column = x; column < x + width; column++) sum += map.data[row * map.width + column] ?? 0;
  }
  return sum / (width * height);
}
