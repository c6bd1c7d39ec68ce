/** A pyramid of halved copies of a photo, and what is done along a crop's edges so that nothing outside of them shines through. */
import { clamp, type Rect } from '../engine/geometry.ts';
import type { Kernel } from './kernel.ts';
import { addressIn, type Direction, type Planes, resizePlanes } from './planes.ts';

export interface Pyramid {
  /** Level 0 is the photo; pixel k of each next level stands for the pixels 2k and 2k + 1 of the one before. */
  readonly levels: readonly [Planes, ...Planes[]];
  /** The crop along whose edges the levels are made from the crop alone at the moment; null: there is none. */
  edges: { bounds: readonly Bounds[]; undo: () => void } | null;
  /** Room to keep what such edges replace. */
  readonly room: number;
}

/** The scale and origin of every level in the one before. */
export const halving = { origin: 0, scale: 2 };
/** No more pixels than this of any level are tainted by what lies behind an edge: half of (itself + 5), rounded up. */
const edgeWidth = 7;

/** Bytes that keep what the edges of any crop replace in that level. */
export function edgeRoom({ at, width, height }: Planes): number {
  return at.length * 2 * 2 * edgeWidth * (width + height);
}

/** What belongs to the crop in one level, and the part of it into which nothing from outside of the crop has gone. */
interface Span {
  low: number;
  high: number;
  /** The photo's own edges: nothing lies outside of them. */
  isLowEdge: boolean;
  isHighEdge: boolean;
  cleanLow: number;
  cleanHigh: number;
}

interface Bounds {
  across: Span;
  down: Span;
}

/** A crop whose edge misses a whole pixel by less than this, from the rounding of fractions, ends at that pixel. */
const tiny = 1e-6;

/** For each level. */
export function boundsOf([photo, ...others]: Pyramid['levels'], crop: Rect): [Bounds, ...Bounds[]] {
  let last = {
    across: firstSpan(crop.x, crop.width, photo.width),
    down: firstSpan(crop.y, crop.height, photo.height),
  };
  const all: [Bounds, ...Bounds[]] = [last];
  for (const { width, height } of others) {
    last = { across: nextSpan(last.across, width), down: nextSpan(last.down, height) };
    all.push(last);
  }
  return all;
}

function firstSpan(start: number, length: number, size: number): Span {
  const low = clamp(Math.floor(start + tiny), 0, size - 1);
  const high = clamp(Math.ceil(start + length - tiny), low + 1, size);
  return { low, high, isLowEdge: low === 0, isHighEdge: high === size, cleanLow: low, cleanHigh: high };
}

/** Pixel k of the next level, which has `size` pixels, was made from the pixels 2k - 5 up to 2k + 7 of this one. */
function nextSpan(span: Span, size: number): Span {
  const { isLowEdge, isHighEdge, cleanLow, cleanHigh } = span;
  const low = Math.floor(span.low / 2);
  const high = Math.ceil(span.high / 2);
  return {
    low,
    high,
    isLowEdge,
    isHighEdge,
    cleanLow: isLowEdge ? 0 : Math.min(Math.ceil((cleanLow + 5) / 2), high),
    cleanHigh: isHighEdge ? size : Math.max(Math.floor((cleanHigh - 7) / 2) + 1, low),
  };
}

/**
 * Makes the pixels of the levels along the crop's edges anew from the pixels inside of the crop alone, after putting back what
 * was there before the last crop. Targets of one crop, drawn one after the other, share the work.
 */
export function remakeEdges(kernel: Kernel, pyramid: Pyramid, bounds: readonly Bounds[]): void {
  if (pyramid.edges && isSame(pyramid.edges.bounds, bounds)) return;
  pyramid.edges?.undo();
  const undo: (() => void)[] = [];
  let room = pyramid.room;
  for (const [i, { across, down }] of bounds.entries()) {
    const [source, level, inside] = [pyramid.levels[i - 1], pyramid.levels[i], bounds[i - 1]];
    if (!source || !level || !inside) continue;
    const [left, right] = sides(across);
    const [top, bottom] = sides(down);
    const whole = { first: across.low, count: across.high - across.low };
    const between = { first: top.first + top.count, count: bottom.first - top.first - top.count };
    for (const [columns, rows] of [
      [whole, top],
      [whole, bottom],
      [left, between],
      [right, between],
    ] as const) {
      if (columns.count <= 0 || rows.count <= 0) continue;
      const kept = keep(kernel, level, { columns, rows, room });
      undo.push(kept.undo);
      room = kept.end;
      resizePlanes(kernel, source, level, {
        across: { ...halving, low: inside.across.low, high: inside.across.high, ...columns },
        down: { ...halving, low: inside.down.low, high: inside.down.high, ...rows },
      });
    }
  }
  pyramid.edges = {
    bounds,
    undo: () => {
      for (const putBack of undo) putBack();
    },
  };
}

function isSame([one]: readonly Bounds[], [other]: readonly Bounds[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

type Stretch = Pick<Direction, 'first' | 'count'>;

/** The pixels to make anew at both ends; when the two meet, the first takes all. */
function sides({ low, high, cleanLow, cleanHigh }: Span): [Stretch, Stretch] {
  if (cleanLow >= cleanHigh)
    return [
      { first: low, count: high - low },
      { first: high, count: 0 },
    ];
  return [
    { first: low, count: cleanLow - low },
    { first: cleanHigh, count: high - cleanHigh },
  ];
}

/** Copies a rectangle of all planes aside, into `room` up to `end`; `undo` copies it back. */
function keep(
  kernel: Kernel,
  planes: Planes,
  { columns, rows, room }: { columns: Stretch; rows: Stretch; room: number },
): { undo: () => void; end: number } {
  const bytes = columns.count * 2;
  const copies = planes.at.map((at, i) => ({
    place: addressIn(planes, at, { x: columns.first, y: rows.first }),
    copy: room + i * bytes * rows.count,
  }));
  for (const { place, copy } of copies) {
    kernel.copyRows(place, planes.stride, bytes, rows.count, copy, bytes);
  }
  return {
    undo() {
      for (const { place, copy } of copies) {
        kernel.copyRows(copy, bytes, bytes, rows.count, place, planes.stride);
      }
    },
    end: room + bytes * rows.count * copies.length,
  };
}
