/** From the two best crops of a photo to its one focal point. */
import { clamp, type Point, type Rect, type Size } from './geometry.ts';

/**
 * A cover crop slides on one axis only, so each axis is asked on its own: x is the middle of the best crop of full
 * height (`tall`), y the middle of the best crop of full width (`wide`). All in pixels of `image`.
 */
export function focalFromCrops(tall: Rect, wide: Rect, image: Size): Point {
  return {
    x: clamp((tall.x + tall.width / 2) / image.width, 0, 1),
    y: clamp((wide.y + wide.height / 2) / image.height, 0, 1),
  };
}
