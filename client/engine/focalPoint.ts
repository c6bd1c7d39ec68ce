/** From the best crops of a photo to its one focal point. */
import { clamp, type Point, type Rect, type Size } from './geometry.ts';

export interface BestCrops {
  /** Crops of full height; they say where the subject is from left to right. Never empty. */
  tall: readonly Rect[];
  /** Crops of full width; they say where it is from top to bottom. Never empty. */
  wide: readonly Rect[];
}

/**
 * A cover crop slides on one axis only, so each axis is asked on its own: x is the mean of the middles of the tall
 * crops, y of the wide ones. Crops in pixels of `image`.
 */
export function focalFromCrops({ tall, wide }: BestCrops, image: Size): Point {
  return {
    x: clamp(mean(tall.map((crop) => crop.x + crop.width / 2)) / image.width, 0, 1),
    y: clamp(mean(wide.map((crop) => crop.y + crop.height / 2)) / image.height, 0, 1),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
