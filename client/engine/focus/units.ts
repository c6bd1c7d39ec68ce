/** Between fractions of the photo, in which boxes are kept, and its pixels, in which a crop is drawn. */
import { type Point, type Rect, type Size, wholeOf } from '../geometry.ts';
import { shareInside } from './box.ts';

export function inPixels(rect: Rect, { width, height }: Size): Rect {
  return { x: rect.x * width, y: rect.y * height, width: rect.width * width, height: rect.height * height };
}

export function inFractions(rect: Rect, { width, height }: Size): Rect {
  return { x: rect.x / width, y: rect.y / height, width: rect.width / width, height: rect.height / height };
}

export function middleOf(box: Rect): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The share, 0..1, of a crop in pixels that lies outside the photo: what has to be padded. */
export function paddedShare(crop: Rect, photo: Size): number {
  return 1 - shareInside(crop, wholeOf(photo));
}
