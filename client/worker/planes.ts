/** Planes in the kernel's memory, and resizing from one to the other. */
import type { Rect, Size } from '../engine/geometry.ts';
import type { Kernel } from './kernel.ts';

/** Channels of a picture that have the same size and are treated alike, such as both chroma planes. */
export interface Planes extends Size {
  /** Where each begins, in bytes. */
  at: readonly number[];
  /** Bytes from row to row. */
  stride: number;
  /** Values as i16 in 64ths instead of bytes. */
  isWide: boolean;
}

export function takePlanes(kernel: Kernel, size: Size, shape: { count: number; isWide: boolean }): Planes {
  const { width, height } = size;
  const stride = width * (shape.isWide ? 2 : 1);
  const at = Array.from({ length: shape.count }, () => kernel.take(stride * height));
  return { width, height, at, stride, isWide: shape.isWide };
}

/** One direction, across or down. All but `first` and `count` in pixels of the source. */
export interface Direction {
  /** Where the target's pixel 0 begins, and how long each is. */
  origin: number;
  scale: number;
  /** Pixels before `low` and from `high` on are not read. */
  low: number;
  high: number;
  /** The pixels of the target that are written. */
  first: number;
  count: number;
}

/** Resizes every plane of `source` into the one of `target` at the same place. */
export function resizePlanes(
  kernel: Kernel,
  source: Planes,
  target: Planes,
  { across, down }: { across: Direction; down: Direction },
): void {
  if (across.count <= 0 || down.count <= 0) return;
  const mark = kernel.taken();
  const columns = takeWeights(kernel, across);
  const rows = takeWeights(kernel, down);
  const room = kernel.take(kernel.roomSize(columns));
  const offset = down.first * target.stride + across.first * (target.isWide ? 2 : 1);
  for (const [i, at] of source.at.entries()) {
    const to = (target.at[i] ?? 0) + offset;
    const [wide, targetWide] = [Number(source.isWide), Number(target.isWide)];
    kernel.resize(at, source.stride, wide, columns, rows, to, target.stride, targetWide, room);
  }
  kernel.release(mark);
}

function takeWeights(kernel: Kernel, { first, count, origin, scale, low, high }: Direction): number {
  const at = kernel.take(kernel.weightsSize(count, scale));
  kernel.writeWeights(at, first, count, origin, scale, low, high);
  return at;
}

/** Where a rectangle of the planes begins, in the plane that begins at `at`. */
export function addressIn(planes: Planes, at: number, { x, y }: Pick<Rect, 'x' | 'y'>): number {
  return at + y * planes.stride + x * (planes.isWide ? 2 : 1);
}
