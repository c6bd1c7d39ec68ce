/**
 * How far we go to land in a byte window: quality first, then the colours' resolution, then, where the place allows it, the
 * size; and too small a file gets more quality, more pixels, and only then padding.
 */
import { type ByteWindow, type SearchEnd, searchQuality } from './byteWindow.ts';
import type { Size } from './geometry.ts';
import type { SizeRange } from './sizeRange.ts';
import type { SearchedEncoding } from './typicalSizes.ts';

/** Below this quality a JPEG shows its blocks at a glance: there the picture gets smaller, or we say that it can't be done. */
export const qualityFloor = 20;

/** `full`: a colour for each pixel (4:4:4). `half`: for two by two (4:2:0). */
export type Chroma = 'full' | 'half';

/** One file to encode. */
export interface Attempt {
  quality: number;
  chroma: Chroma;
  size: Size;
}

export interface LadderOrder {
  window: ByteWindow;
  /** PNG has no quality: it is made once per size. */
  encoding: SearchedEncoding | 'png';
  /** The size of the draw plan. */
  size: Size;
  /** The sizes that the place takes; null where only this one will do. */
  range: SizeRange | null;
  /** 1..100; gone beyond only where the file would be too small. */
  quality: number;
  chroma: Chroma;
  /** The encoder can write `half` although the wish is `full`. */
  mayHalveChroma: boolean;
  /** Bytes without meaning may be added as the very last resort. */
  mayPad: boolean;
  /** As in a search. */
  heaviness?: number;
}

export type Measure = 'chroma' | 'smaller' | 'more quality' | 'larger' | 'padding';

export type LadderEnd =
  /** `padTo`: the file of `attempt` has to be padded to so many bytes. `measures`: what it took beside less quality. */
  | {
      kind: 'made';
      attempt: Attempt;
      bytes: number;
      padTo: number | null;
      measures: Measure[];
      encodes: number;
    }
  /** `bytes`: of the smallest file that could be made, or of the largest where that was too small. */
  | { kind: 'cannot'; reason: 'tooLarge' | 'tooSmall'; attempt: Attempt; bytes: number; encodes: number };

/**
 * Yields the file to encode next and is given its size in bytes, until it returns. The file of the attempt that it returns
 * was among them.
 */
export function* fitBytes(order: LadderOrder): Generator<Attempt, LadderEnd, number> {
  const measures: Measure[] = [];
  const known = new Map<string, number>();
  let { size, chroma } = order;
  let end = yield* searchAt(size, chroma, order.window);

  if (end.kind === 'tooLarge' && chroma === 'full' && order.mayHalveChroma) {
    chroma = 'half';
    measures.push('chroma');
    end = yield* searchAt(size, chroma, order.window);
  }
  for (let round = 0; end.kind === 'tooLarge' && round < mostSizes; round += 1) {
    const next = resize((order.window.maxBytes ?? 0) / end.bytes);
    if (!next) break;
    size = next;
    if (!measures.includes('smaller')) measures.push('smaller');
    end = yield* searchAt(size, chroma, order.window);
  }
  if (end.kind === 'tooLarge') return cannot('tooLarge');

  if (end.kind === 'tooSmall') {
    const richer = yield* raiseQuality(end);
    if (richer) end = richer;
  }
  for (let round = 0; end.kind === 'tooSmall' && round < mostSizes; round += 1) {
    // A twentieth more than needed, so that the quality can come back down.
    const next = resize((1.05 * (order.window.minBytes ?? 0)) / end.bytes);
    if (!next) break;
    size = next;
    if (!measures.includes('larger')) measures.push('larger');
    end = yield* searchAt(size, chroma, order.window);
  }
  if (end.kind === 'tooSmall' && !order.mayPad) return cannot('tooSmall');
  const padTo = end.kind === 'tooSmall' ? order.window.minBytes : null;
  if (padTo !== null) measures.push('padding');
  return { kind: 'made', attempt: attemptOf(end), bytes: end.bytes, padTo, measures, encodes: known.size };

  function* searchAt(at: Size, as: Chroma, window: ByteWindow, least?: number) {
    const search = searchQuality({
      window,
      ...qualitiesOf(order, least),
      encoding: order.encoding === 'png' ? 'jpeg' : order.encoding,
      pixels: at.width * at.height,
      ...(order.heaviness !== undefined && { heaviness: order.heaviness }),
    });
    let step = search.next();
    while (!step.done) {
      step = search.next(yield* weigh({ quality: step.value, chroma: as, size: at }));
    }
    return step.value;
  }

  /** Each file is asked for once. */
  function* weigh(attempt: Attempt): Generator<Attempt, number, number> {
    const key = JSON.stringify(attempt);
    const bytes = known.get(key) ?? (yield attempt);
    known.set(key, bytes);
    return bytes;
  }

  /** The least quality above the wish that reaches the window; null where none does, or where it jumps over it. */
  function* raiseQuality(low: SearchEnd): Generator<Attempt, SearchEnd | null, number> {
    const { minBytes, maxBytes } = order.window;
    if (
      order.encoding === 'png' ||
      minBytes === null ||
      low.quality < order.quality ||
      order.quality >= 100
    ) {
      return null;
    }
    const under = { minBytes: null, maxBytes: minBytes - 1 };
    const last = yield* searchAt(size, chroma, under, order.quality + 1);
    const quality = last.kind === 'tooLarge' ? last.quality : last.quality + 1;
    if (quality > 100) return null;
    const bytes = yield* weigh({ quality, chroma, size });
    if (maxBytes !== null && bytes > maxBytes) return null;
    measures.push('more quality');
    return { kind: 'fits', quality, bytes, encodes: known.size };
  }

  /** The size that has so many times the pixels, inside the range; null where the range has none that is nearer. */
  function resize(times: number): Size | null {
    if (!order.range) return null;
    const { smallest, largest } = order.range;
    const scale = Math.sqrt(times);
    const round = times < 1 ? Math.floor : Math.ceil;
    const width = Math.min(Math.max(round(size.width * scale), smallest.width), largest.width);
    const height = Math.round((width * order.size.height) / order.size.width);
    const next = { width, height: Math.min(Math.max(height, smallest.height), largest.height) };
    const isNearer = times < 1 ? next.width < size.width : next.width > size.width;
    return isNearer ? next : null;
  }

  function attemptOf({ quality }: SearchEnd): Attempt {
    return { quality, chroma, size };
  }

  function cannot(reason: 'tooLarge' | 'tooSmall'): LadderEnd {
    return { kind: 'cannot', reason, attempt: attemptOf(end), bytes: end.bytes, encodes: known.size };
  }
}

/** Sizes that are tried beside the first: files do not shrink quite as their pixels do. */
const mostSizes = 6;

function qualitiesOf({ encoding, quality }: LadderOrder, least?: number): { least: number; most: number } {
  if (encoding === 'png') return { least: 100, most: 100 };
  if (least !== undefined) return { least, most: 100 };
  return { least: Math.min(qualityFloor, quality), most: quality };
}
