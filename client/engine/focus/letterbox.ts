/** How a part of a picture is laid into a model's square, and how the model's answers are brought back. */
import type { Point, Rect, Size } from '../geometry.ts';

export interface Letterbox {
  /** The part that is looked at, in fractions of the photo. */
  part: Rect;
  /** Where it lies in the square, in the square's pixels. */
  inner: Rect;
}

/** As large as fits into a square of `side` pixels, in its middle. `size`: of the photo, in any unit. */
export function fitSquare(size: Size, part: Rect, side: number): Letterbox {
  const [width, height] = [part.width * size.width, part.height * size.height];
  const scale = Math.min(side / width, side / height);
  const inner = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  return {
    part,
    inner: {
      x: Math.floor((side - inner.width) / 2),
      y: Math.floor((side - inner.height) / 2),
      ...inner,
    },
  };
}

/** From pixels of the square to fractions of the photo. */
export function toPhoto({ part, inner }: Letterbox, { x, y }: Point): Point {
  return {
    x: part.x + ((x - inner.x) / inner.width) * part.width,
    y: part.y + ((y - inner.y) / inner.height) * part.height,
  };
}

/** As `toPhoto`, for a box by two of its corners. */
export function boxToPhoto(letterbox: Letterbox, from: Point, to: Point): Rect {
  const [start, end] = [toPhoto(letterbox, from), toPhoto(letterbox, to)];
  return { x: start.x, y: start.y, width: end.x - start.x, height: end.y - start.y };
}
