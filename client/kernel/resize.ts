/**
 * Resizes one plane by two blocks of weights: first down the columns, four target rows at a time, then along these rows.
 *
 * A plane's values are bytes (0..255) or, where they are "wide", i16 in 64ths of that: levels of a pyramid keep what lies
 * between and beyond the byte values, so that nothing rings that was cut off on the way. Between the two directions the
 * values are wide as well. The sums are exact integers, so the order of adding, and with it SIMD or not, changes nothing.
 */
import { pairUp, sumPairs } from './alongRows';
import { sumBytes, sumWide } from './downColumns';
import { countOf, endOf, firstOf, mostTapsOf, spanOf, tapsOf } from './weights';

/** Bytes of room that `resize` needs besides source and target. */
export function roomSize(columns: usize): usize {
  const span = <usize>(endOf(columns) - firstOf(columns));
  // Four rows of wide values, once row by row and once in pairs; a block of 16 values may start at the last column, and so
  // may the taps of the widest window. Then the target's values, four rows of them.
  return 16 * (span + 32 + <usize>mostTapsOf(columns)) + 8 * (<usize>countOf(columns) + 4);
}

/**
 * @param source where pixel (0, 0) of the weights' source lies (or would lie); up to 64 bytes behind a row, and one row
 *   behind the last, are read with weight zero
 * @param stride bytes from row to row
 */
export function resize(
  source: usize,
  stride: i32,
  isWide: bool,
  columns: usize,
  rows: usize,
  target: usize,
  targetStride: i32,
  isTargetWide: bool,
  room: usize,
): void {
  const first = firstOf(columns);
  const blocks = (endOf(columns) - first + 15) >> 4;
  const rowBytes = blocks << 5;
  const pairs = room + ((<usize>rowBytes) << 2);
  const sums = pairs + ((<usize>rowBytes) << 2) + ((<usize>mostTapsOf(columns)) << 3);
  const height = countOf(rows);
  const left = source + ((<usize>first) << (isWide ? 1 : 0));
  for (let y = 0; y < height; y += 4) {
    const some = min(4, height - y);
    for (let r = 0; r < 4; r++) {
      // A last group of fewer rows repeats its last row and does not store it.
      const row = y + min(r, some - 1);
      const span = spanOf(rows, row);
      const from = left + <usize>load<i32>(span) * stride;
      const to = room + <usize>(r * rowBytes);
      if (isWide) sumWide(from, stride, tapsOf(rows, row), load<i32>(span, 4), to, blocks);
      else sumBytes(from, stride, tapsOf(rows, row), load<i32>(span, 4), to, blocks);
    }
    pairUp(room, rowBytes, pairs);
    const out = target + <usize>y * targetStride;
    if (isTargetWide) sumPairs<i16>(pairs, columns, out, targetStride, some, sums);
    else sumPairs<u8>(pairs, columns, out, targetStride, some, sums);
  }
}

/** Copies `height` rows of `bytes` bytes. */
export function copyRows(
  source: usize,
  stride: i32,
  bytes: i32,
  height: i32,
  target: usize,
  targetStride: i32,
): void {
  for (let y = 0; y < height; y++) {
    const from = source + <usize>(y * stride);
    const to = target + <usize>(y * targetStride);
    for (let i = 0; i < bytes; i += 2) store<u16>(to + i, load<u16>(from + i));
  }
}
