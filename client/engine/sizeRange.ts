/** The sizes of one shape that a place takes, around the size that is best. */
import type { PixelLimit, Spec } from '../../server/specs/spec.shared.ts';
import type { Size } from './geometry.ts';

export interface SizeRange {
  smallest: Size;
  largest: Size;
}

/**
 * The range in which the size may change for the sake of bytes, at the shape of `size`; null where only this size will do. A
 * size that somebody asked for may change only where the place says from where to where; a mere shape may get smaller.
 */
export function sizeRangeOf(spec: Pick<Spec, 'sizing' | 'minPx' | 'maxPx'>, size: Size): SizeRange | null {
  const { sizing, minPx, maxPx } = spec;
  // Where only one end of the range is known, the size itself is the other: nobody said that less, or more, is taken.
  const least = Math.min(1, Math.max(...scalesOf(minPx, size)) || (sizing.kind === 'ratio' ? 0 : 1));
  const most = Math.max(1, Math.min(...scalesOf(maxPx, size)) || 1);
  const scaled = (scale: number, round: (value: number) => number): Size => ({
    width: Math.max(1, round(size.width * scale)),
    height: Math.max(1, round(size.height * scale)),
  });
  const range = { smallest: scaled(least, Math.ceil), largest: scaled(most, Math.floor) };
  return range.smallest.width < range.largest.width ? range : null;
}

/** How many times the size has to be taken to reach each of the limits; [0] where there is none. */
function scalesOf(limit: PixelLimit | null, { width, height }: Size): number[] {
  const scales = [
    limit?.widthPx ? limit.widthPx / width : null,
    limit?.heightPx ? limit.heightPx / height : null,
    limit?.longestPx ? limit.longestPx / Math.max(width, height) : null,
  ].filter((scale) => scale !== null);
  return scales.length > 0 ? scales : [0];
}

/** The sizes that all the ranges have in common, which have one shape; null where one of them is null or they have only one. */
export function commonRange(ranges: readonly (SizeRange | null)[]): SizeRange | null {
  return ranges.reduce((one, other) => {
    if (!one || !other) return null;
    const smallest = one.smallest.width > other.smallest.width ? one.smallest : other.smallest;
    const largest = one.largest.width < other.largest.width ? one.largest : other.largest;
    return smallest.width < largest.width ? { smallest, largest } : null;
  });
}
