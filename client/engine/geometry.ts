/** Sizes, points and rectangles, and the one question of this product: which part of the photo is shown. */

export interface Size {
  width: number;
  height: number;
}

/** Fractions of width and height from the top left, 0..1. */
export interface Point {
  x: number;
  y: number;
}

/** In pixels of the image that it belongs to. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const centre: Point = { x: 0.5, y: 0.5 };

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/**
 * The crop of `photo` that fills `target`: scaled to cover first, then slid so that its middle is as near to
 * `focal` as the photo's edges allow. `zoom` >= 1 makes the crop smaller than the largest possible by that factor.
 * The answer lies inside the photo and always contains the focal point.
 */
export function coverCrop(photo: Size, target: Size, focal: Point, zoom = 1): Rect {
  const scale = Math.max(target.width / photo.width, target.height / photo.height) * Math.max(1, zoom);
  const width = Math.min(photo.width, target.width / scale);
  const height = Math.min(photo.height, target.height / scale);
  return {
    x: clamp(focal.x * photo.width - width / 2, 0, photo.width - width),
    y: clamp(focal.y * photo.height - height / 2, 0, photo.height - height),
    width,
    height,
  };
}

/** The largest size of the photo's shape that fits inside `box`, in whole pixels, at least 1 x 1. */
export function sizeInside(photo: Size, box: Size): Size {
  const scale = Math.min(box.width / photo.width, box.height / photo.height);
  return {
    width: clamp(Math.round(photo.width * scale), 1, box.width),
    height: clamp(Math.round(photo.height * scale), 1, box.height),
  };
}

export function wholeOf(size: Size): Rect {
  return { x: 0, y: 0, width: size.width, height: size.height };
}
