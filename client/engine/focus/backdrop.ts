/** What a crop shows apart from the boxes: how much stands out inside it, and what smartcrop thinks of it. */
import { clamp, type Rect } from '../geometry.ts';
import type { SaliencyMap } from './findings.ts';

/** Answers for any rectangle (fractions of the photo) which share, 0..1, of all that stands out lies in it. */
export function saliencyShares(map: SaliencyMap): (rect: Rect) => number {
  const { width, height, data } = map;
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += data[y * width + x] ?? 0;
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] ?? 0) + row;
    }
  }
  const total = sums[sums.length - 1] ?? 0;
  if (total === 0) return () => 0;
  return (rect) => {
    const left = rect.x * width;
    const top = rect.y * height;
    const right = (rect.x + rect.width) * width;
    const bottom = (rect.y + rect.height) * height;
    return (upTo(right, bottom) - upTo(left, bottom) - upTo(right, top) + upTo(left, top)) / total;
  };

  /** The sum of everything above and to the left of a point, between the pixels by proportion. */
  function upTo(atX: number, atY: number): number {
    const x = clamp(atX, 0, width);
    const y = clamp(atY, 0, height);
    const column = Math.min(Math.floor(x), width - 1);
    const row = Math.min(Math.floor(y), height - 1);
    const at = (dx: number, dy: number) => sums[(row + dy) * (width + 1) + column + dx] ?? 0;
    const upper = at(0, 0) + (at(1, 0) - at(0, 0)) * (x - column);
    const lower = at(0, 1) + (at(1, 1) - at(0, 1)) * (x - column);
    return upper + (lower - upper) * (y - row);
  }
}

/** The opinion at 0..1 of the way, from 0 (its worst) to 1 (its best); null where all positions are the same to it. */
export function opinionAlong(scores: ArrayLike<number>): ((at: number) => number) | null {
  const list = Array.from(scores);
  const worst = Math.min(...list);
  const range = Math.max(...list) - worst;
  if (list.length < 2 || !(range > 0)) return null;
  return (at) => {
    const place = clamp(at, 0, 1) * (list.length - 1);
    const before = Math.min(Math.floor(place), list.length - 2);
    const a = list[before] ?? 0;
    const b = list[before + 1] ?? 0;
    return (a + (b - a) * (place - before) - worst) / range;
  };
}
