/**
 * Crops of a photo, resized by way of halved copies that all crops share. The copies are made by Lanczos3 and keep what lies
 * between and beyond the byte values, so the result is that of one Lanczos3 pass from the photo but for the last bits.
 */
import type { Rect } from '../engine/geometry.ts';
import { boundsOf, edgeRoom, halving, type Pyramid, remakeEdges } from './cropEdges.ts';
import type { Kernel } from './kernel.ts';
import { type Planes, resizePlanes, takePlanes } from './planes.ts';

/**
 * A level is used while it has at least this many pixels for one of the target's. Against Lanczos3 in floating point over
 * photos and fine text at ratios from 2.5 to 10: see docs/decisions.md.
 */
const leastPixels = 1.45;

/** How many levels above the photo serve a target of `scale` photo pixels per target pixel. */
export function levelFor(scale: number): number {
  return Math.max(0, Math.floor(Math.log2(scale / leastPixels)));
}

/** Adds `count` levels to the photo, in memory taken from the kernel. */
export function buildPyramid(kernel: Kernel, photo: Planes, count: number): Pyramid {
  const levels: [Planes, ...Planes[]] = [photo];
  let last = photo;
  let roomBytes = 0;
  for (let i = 0; i < count && Math.min(last.width, last.height) > 1; i++) {
    const size = { width: Math.ceil(last.width / 2), height: Math.ceil(last.height / 2) };
    const next = takePlanes(kernel, size, { count: photo.at.length, isWide: true });
    const halve = (from: number, to: number) => ({ ...halving, low: 0, high: from, first: 0, count: to });
    resizePlanes(kernel, last, next, {
      across: halve(last.width, next.width),
      down: halve(last.height, next.height),
    });
    levels.push(next);
    roomBytes += edgeRoom(next);
    last = next;
  }
  return { levels, edges: null, room: kernel.take(roomBytes) };
}

/**
 * Resizes the part `crop` (in pixels of the photo, may be fractional) to the whole target. Nothing outside of `readable` (the
 * crop itself if left out) is read, except for the rest of the pixels that its edges cut through.
 */
export function resizeCrop(
  kernel: Kernel,
  pyramid: Pyramid,
  { crop, readable = crop }: { crop: Rect; readable?: Rect },
  target: Planes,
): void {
  const scale = { across: crop.width / target.width, down: crop.height / target.height };
  const { levels } = pyramid;
  const level = Math.min(levelFor(Math.min(scale.across, scale.down)), levels.length - 1);
  const bounds = boundsOf(levels, readable);
  remakeEdges(kernel, pyramid, bounds);
  const { across, down } = bounds[level] ?? bounds[0];
  const shrink = 2 ** level;
  resizePlanes(kernel, levels[level] ?? levels[0], target, {
    across: {
      ...across,
      origin: crop.x / shrink,
      scale: scale.across / shrink,
      first: 0,
      count: target.width,
    },
    down: { ...down, origin: crop.y / shrink, scale: scale.down / shrink, first: 0, count: target.height },
  });
}
