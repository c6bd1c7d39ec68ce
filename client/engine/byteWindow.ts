/** Finds the best quality whose file lands in a byte window, with as few encodes as can be. */
import { clamp } from './geometry.ts';
import { type SearchedEncoding, typicalBits } from './typicalSizes.ts';

/** null: no limit on that side. */
export interface ByteWindow {
  minBytes: number | null;
  maxBytes: number | null;
}

export interface SearchOrder {
  window: ByteWindow;
  /** Qualities that may be used, whole numbers 1..100. */
  least: number;
  most: number;
  encoding: SearchedEncoding;
  /** Width times height. */
  pixels: number;
  /** How many times heavier than usual files of this photo were; 1: not known. */
  heaviness?: number;
}

/** `bytes` is the size of the file at `quality`, which was encoded on the way. */
export interface SearchEnd {
  /**
   * `fits`: in the window, and one more quality would be too large. `tooLarge`: even the least quality is. `tooSmall`:
   * the best quality that is not too large stays under the window.
   */
  kind: 'fits' | 'tooLarge' | 'tooSmall';
  quality: number;
  bytes: number;
  /** How many files were encoded. */
  encodes: number;
}

/**
 * Yields the quality to encode next and is given the size of that file in bytes, until it returns.
 *
 * The size is guessed along the typical curve of the encoder, shifted through the sizes that are known: a secant in the
 * logarithms, between the two known sizes nearest to the limit. A guess ends up between the best quality that fits and the
 * least that does not, so each encode narrows the range; after five the range is halved instead (pictures whose curve has
 * steps). The end is proven: `quality` fits and `quality + 1` does not, or is not allowed.
 */
export function* searchQuality(order: SearchOrder): Generator<number, SearchEnd, number> {
  const { window, least, most } = order;
  const limit = window.maxBytes ?? Infinity;
  const known = new Map<number, number>();
  let fits = least - 1;
  let over = most + 1;
  while (over - fits > 1) {
    const guess = known.size < mostGuesses ? guessQuality(order, known, limit) : (fits + over) >> 1;
    const quality = clamp(guess, fits + 1, over - 1);
    const bytes = yield quality;
    known.set(quality, bytes);
    if (bytes <= limit) fits = quality;
    else over = quality;
  }
  const encodes = known.size;
  if (fits < least) return { kind: 'tooLarge', quality: least, bytes: known.get(least) ?? 0, encodes };
  const bytes = known.get(fits) ?? 0;
  const kind = bytes < (window.minBytes ?? 0) ? 'tooSmall' : 'fits';
  return { kind, quality: fits, bytes, encodes };
}

const mostGuesses = 5;

/** The whole quality nearest to where the curve meets the limit. */
function guessQuality(order: SearchOrder, known: ReadonlyMap<number, number>, limit: number): number {
  const { least, most, pixels } = order;
  if (limit === Infinity) return most;
  const wanted = bitsOf(limit, pixels);
  const estimate = estimateCurve(order, known, wanted);
  for (let quality = least; quality <= most; quality += 1) {
    const bits = estimate(quality);
    if (bits <= wanted) continue;
    if (quality === least) return least;
    const below = estimate(quality - 1);
    return quality - 1 + Math.round((wanted - below) / (bits - below));
  }
  return most;
}

/** The logarithm of the bits per pixel at a quality, as far as it can be guessed. */
function estimateCurve(
  { encoding, pixels, heaviness = 1 }: SearchOrder,
  known: ReadonlyMap<number, number>,
  wanted: number,
): (quality: number) => number {
  const typical = (quality: number) => Math.log((typicalBits[encoding][quality - 1] ?? 1) / 1000);
  const [near, next] = Array.from(known, ([quality, bytes]) => ({
    quality,
    bits: bitsOf(bytes, pixels),
  })).sort((a, b) => Math.abs(a.bits - wanted) - Math.abs(b.bits - wanted));
  if (!near) return (quality) => typical(quality) + Math.log(heaviness);
  const offset = near.bits - typical(near.quality);
  const run = next ? typical(next.quality) - typical(near.quality) : 0;
  const lean = next && run !== 0 ? (next.bits - typical(next.quality) - offset) / run : 0;
  // A curve that would fall with more quality is one of a step; then only the offset counts.
  const slope = lean > -1 ? 1 + lean : 1;
  return (quality) => near.bits + slope * (typical(quality) - typical(near.quality));
}

function bitsOf(bytes: number, pixels: number): number {
  return Math.log((8 * Math.max(1, bytes)) / pixels);
}

/** How many times heavier than usual a file was: what a search for the same photo may start from. */
export function heavinessOf(
  file: { bytes: number; quality: number; pixels: number },
  encoding: SearchedEncoding,
): number {
  const typical = (typicalBits[encoding][file.quality - 1] ?? 1) / 1000;
  return (8 * file.bytes) / file.pixels / typical;
}
