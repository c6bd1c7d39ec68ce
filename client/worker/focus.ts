/** Finds the focal point of a photo with smartcrop. The only file that knows smartcrop. */
import smartcrop from 'smartcrop';
import type { Pixels } from '../engine/blur.ts';
import { focalFromCrops } from '../engine/focalPoint.ts';
import { centre, type Point, type Rect, type Size } from '../engine/geometry.ts';
import type { Detection } from './messages.ts';

/** Longest side in pixels of the copy that is searched. */
export const focusSide = 384;

/** Widths per height of the two crops that are asked for. */
const tallAspect = 9 / 16;
const wideAspect = 3;

/** The same pixels give the same point. */
export async function findFocus(pixels: Pixels, detection: Detection): Promise<Point> {
  if (detection === 'centre') return centre;
  const tall = await bestCrop(pixels, {
    width: Math.min(tallAspect, pixels.width / pixels.height),
    height: 1,
  });
  const wide = await bestCrop(pixels, {
    width: Math.max(wideAspect, pixels.width / pixels.height),
    height: 1,
  });
  return focalFromCrops(tall, wide, pixels);
}

async function bestCrop(pixels: Pixels, shape: Size): Promise<Rect> {
  const options = { ...shape, minScale: 1, imageOperations: operationsOn(pixels), prescale: false };
  const { topCrop } = await smartcrop.crop(pixels as never, options);
  return topCrop;
}

/** smartcrop reads plain pixels, so that it needs no canvas of its own. */
function operationsOn(pixels: Pixels) {
  return {
    open: async () => pixels,
    resample: async () => pixels,
    getData: async () => pixels,
  };
}
