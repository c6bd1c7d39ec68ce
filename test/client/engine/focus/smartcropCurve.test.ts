import sharp from 'sharp';
import smartcrop from 'smartcrop';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Pixels } from '../../../../client/engine/blur.ts';
import type { ScoreMap } from '../../../../client/engine/focus/findings.ts';
import { focalFromScores, smartcropCurve } from '../../../../client/engine/focus/smartcropCurve.ts';
import { findScores } from '../../../../client/worker/focus/scoreMap.ts';
import { examplePhoto } from '../../../photos/photos.ts';

let pixels: Pixels;
let map: ScoreMap;

beforeAll(async () => {
  pixels = await pixelsOf('fig-in-a-red-bowl');
  map = await findScores(pixels);
});

describe('the curve of scores', () => {
  it.each([
    ['x', 1, 256, 256],
    ['x', 0.5, 128, 256],
    ['y', 3, 384, 128],
  ])('along %s at %d:1 is what smartcrop says of the same crops', async (axis, aspect, width, height) => {
    const read = async () => pixels;
    const options = {
      width,
      height,
      prescale: false,
      debug: true,
      imageOperations: { open: read, resample: read, getData: read },
    };
    const result = await smartcrop.crop(pixels as unknown as CanvasImageSource, options);
    const { crops } = result as typeof result & { crops: Crop[] };
    const curve = smartcropCurve(map, aspect);
    expect(curve.axis).toBe(axis);
    expect(crops.length).toBeGreaterThan(10);
    const way = axis === 'x' ? 384 - width : 256 - height;
    for (const crop of crops) {
      const at = ((axis === 'x' ? crop.x : crop.y) / way) * (curve.scores.length - 1);
      expect(at).toBe(Math.round(at));
      expect(curve.scores[at]).toBeCloseTo(crop.score.total, 8);
    }
  });

  it('has one score where the crop is the whole photo', () => {
    expect(smartcropCurve(map, 1.5)).toMatchObject({ axis: null, length: 1 });
    expect(smartcropCurve(map, 1.5).scores).toHaveLength(1);
  });

  it('is there for photos of a few pixels and for very long ones', async () => {
    for (const size of [
      { width: 1, height: 1 },
      { width: 7, height: 9 },
      { width: 1024, height: 3 },
    ]) {
      const data = new Uint8ClampedArray(size.width * size.height * 4).fill(90);
      const small = await findScores({ ...size, data });
      for (const aspect of [0.2, 1, 5]) {
        expect(smartcropCurve(small, aspect).scores.every(Number.isFinite)).toBe(true);
      }
      const focal = focalFromScores(small);
      expect([focal.x, focal.y].every((part) => part >= 0 && part <= 1)).toBe(true);
    }
  });
});

it("smartcrop's one point is on the fig, which lies right of the middle", () => {
  expect(focalFromScores(map).x).toBeGreaterThan(0.52);
});

interface Crop {
  x: number;
  y: number;
  score: { total: number };
}

async function pixelsOf(name: 'fig-in-a-red-bowl'): Promise<Pixels> {
  const { buffer } = await examplePhoto(name);
  const { data, info } = await sharp(buffer)
    .resize(384, 256, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
}
