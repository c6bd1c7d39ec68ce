/**
 * Resizes one plane by two blocks of weights: first down the columns, four target rows at a time, then along these rows.
 *
 * A plane's values are bytes (0..255) or, where they are "wide", i16 in 64ths of that: levels of a pyramid keep what lies
 * between and beyond the byte values, so that nothing rings that was cut off on the way. Between the two directions the
 * values are wide as well. The sums are exact integers, so the order of adding, and with it SIMD or not, changes nothing.
 */
import { countOf, endOf, firstOf, mostTapsOf, spanOf, tapsBytesOf, tapsOf } from './weights';

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

/** Weighted sums of `count` rows of bytes, 16 columns at a time, as wide values. */
function sumBytes(from: usize, stride: i32, taps: usize, count: i32, to: usize, blocks: i32): void {
  if (ASC_FEATURE_SIMD) {
    const half = i32x4.splat(1 << 7);
    for (let b = 0; b < blocks; b++) {
      let sum0 = half;
      let sum1 = half;
      let sum2 = half;
      let sum3 = half;
      let p = from + ((<usize>b) << 4);
      for (let j = 0; j < count; j += 2) {
        const above = v128.load(p);
        const below = v128.load(p + stride);
        p += (<usize>stride) << 1;
        const weights = v128.load32_splat(taps + ((<usize>j) << 1));
        const low = v128.shuffle<u8>(above, below, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        const high = v128.shuffle<u8>(
          above,
          below,
          8,
          24,
          9,
          25,
          10,
          26,
          11,
          27,
          12,
          28,
          13,
          29,
          14,
          30,
          15,
          31,
        );
        sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(low), weights));
        sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(low), weights));
        sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(high), weights));
        sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(high), weights));
      }
      const at = to + ((<usize>b) << 5);
      v128.store(at, i16x8.narrow_i32x4_s(i32x4.shr_s(sum0, 8), i32x4.shr_s(sum1, 8)));
      v128.store(at, i16x8.narrow_i32x4_s(i32x4.shr_s(sum2, 8), i32x4.shr_s(sum3, 8)), 16);
    }
  } else {
    for (let x = 0; x < blocks << 4; x++) {
      let sum = 1 << 7;
      for (let j = 0; j < count; j++) {
        sum += <i32>load<u8>(from + x + <usize>j * stride) * <i32>load<i16>(taps + ((<usize>j) << 1));
      }
      store<i16>(to + ((<usize>x) << 1), toWide(sum >> 8));
    }
  }
}

/** The same from rows of wide values. */
function sumWide(from: usize, stride: i32, taps: usize, count: i32, to: usize, blocks: i32): void {
  if (ASC_FEATURE_SIMD) {
    const half = i32x4.splat(1 << 13);
    for (let b = 0; b < blocks; b++) {
      let sum0 = half;
      let sum1 = half;
      let sum2 = half;
      let sum3 = half;
      let p = from + ((<usize>b) << 5);
      for (let j = 0; j < count; j += 2) {
        const above0 = v128.load(p);
        const above1 = v128.load(p, 16);
        const below0 = v128.load(p + stride);
        const below1 = v128.load(p + stride, 16);
        p += (<usize>stride) << 1;
        const weights = v128.load32_splat(taps + ((<usize>j) << 1));
        sum0 = i32x4.add(
          sum0,
          i32x4.dot_i16x8_s(v128.shuffle<i16>(above0, below0, 0, 8, 1, 9, 2, 10, 3, 11), weights),
        );
        sum1 = i32x4.add(
          sum1,
          i32x4.dot_i16x8_s(v128.shuffle<i16>(above0, below0, 4, 12, 5, 13, 6, 14, 7, 15), weights),
        );
        sum2 = i32x4.add(
          sum2,
          i32x4.dot_i16x8_s(v128.shuffle<i16>(above1, below1, 0, 8, 1, 9, 2, 10, 3, 11), weights),
        );
        sum3 = i32x4.add(
          sum3,
          i32x4.dot_i16x8_s(v128.shuffle<i16>(above1, below1, 4, 12, 5, 13, 6, 14, 7, 15), weights),
        );
      }
      const at = to + ((<usize>b) << 5);
      v128.store(at, i16x8.narrow_i32x4_s(i32x4.shr_s(sum0, 14), i32x4.shr_s(sum1, 14)));
      v128.store(at, i16x8.narrow_i32x4_s(i32x4.shr_s(sum2, 14), i32x4.shr_s(sum3, 14)), 16);
    }
  } else {
    for (let x = 0; x < blocks << 4; x++) {
      let sum = 1 << 13;
      for (let j = 0; j < count; j++) {
        const value = <i32>load<i16>(from + ((<usize>x) << 1) + <usize>j * stride);
        sum += value * <i32>load<i16>(taps + ((<usize>j) << 1));
      }
      store<i16>(to + ((<usize>x) << 1), toWide(sum >> 14));
    }
  }
}

/**
 * From four rows to pairs of columns: two neighbours of row 0, two of row 1, 2 and 3, then the next two columns. So one
 * product of vectors adds two taps for four rows.
 */
function pairUp(rows: usize, rowBytes: i32, pairs: usize): void {
  if (ASC_FEATURE_SIMD) {
    for (let at = 0; at < rowBytes; at += 16) {
      const row0 = v128.load(rows + at);
      const row1 = v128.load(rows + at + rowBytes);
      const row2 = v128.load(rows + at + 2 * rowBytes);
      const row3 = v128.load(rows + at + 3 * rowBytes);
      const low01 = v128.shuffle<i32>(row0, row1, 0, 4, 1, 5);
      const high01 = v128.shuffle<i32>(row0, row1, 2, 6, 3, 7);
      const low23 = v128.shuffle<i32>(row2, row3, 0, 4, 1, 5);
      const high23 = v128.shuffle<i32>(row2, row3, 2, 6, 3, 7);
      const to = pairs + ((<usize>at) << 2);
      v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2));
      v128.store(to, v128.shuffle<i64>(low01, low23, 1, 3), 16);
      v128.store(to, v128.shuffle<i64>(high01, high23, 0, 2), 32);
      v128.store(to, v128.shuffle<i64>(high01, high23, 1, 3), 48);
    }
  } else {
    for (let at = 0; at < rowBytes; at += 4) {
      for (let r = 0; r < 4; r++) {
        store<i32>(pairs + ((<usize>at) << 2) + ((<usize>r) << 2), load<i32>(rows + at + r * rowBytes));
      }
    }
  }
}

/** Sums along the rows, four rows at once, for targets of bytes (T is u8) or wide values (i16). */
function sumPairs<T>(pairs: usize, columns: usize, out: usize, stride: i32, height: i32, room: usize): void {
  const width = countOf(columns);
  const count = mostTapsOf(columns);
  const tapsBytes = tapsBytesOf(columns);
  const origin = pairs - ((<usize>firstOf(columns)) << 3);
  const shift = sizeof<T>() === 2 ? 14 : 20;
  const half = 1 << (shift - 1);
  let span = spanOf(columns, 0);
  let taps = tapsOf(columns, 0);
  // First all sums of a target pixel side by side, then from columns to rows.
  let to = room;
  if (ASC_FEATURE_SIMD) {
    for (let x = 0; x < width; x++) {
      let p = origin + ((<usize>load<i32>(span)) << 3);
      let sum = i32x4.splat(half);
      for (let j = 0; j < count; j += 2) {
        sum = i32x4.add(sum, i32x4.dot_i16x8_s(v128.load(p), v128.load32_splat(taps + ((<usize>j) << 1))));
        p += 16;
      }
      const values = i16x8.narrow_i32x4_s(i32x4.shr_s(sum, shift), sum);
      if (sizeof<T>() === 2) v128.store64_lane(to, values, 0);
      else v128.store32_lane(to, i8x16.narrow_i16x8_u(values, values), 0);
      to += 4 * sizeof<T>();
      span += 8;
      taps += tapsBytes;
    }
  } else {
    for (let x = 0; x < width; x++) {
      const p = origin + ((<usize>load<i32>(span)) << 3);
      for (let r = 0; r < 4; r++) {
        let sum = half;
        for (let j = 0; j < count; j++) {
          const value = <i32>(
            load<i16>(p + ((<usize>(j & ~1)) << 3) + ((<usize>(j & 1)) << 1) + ((<usize>r) << 2))
          );
          sum += value * <i32>load<i16>(taps + ((<usize>j) << 1));
        }
        if (sizeof<T>() === 2) store<i16>(to, toWide(sum >> shift));
        else store<u8>(to, <u8>min(max(sum >> shift, 0), 255));
        to += sizeof<T>();
      }
      span += 8;
      taps += tapsBytes;
    }
  }
  storeRows<T>(room, width, out, stride, height);
}

/** From values in columns of four to rows. */
function storeRows<T>(columns: usize, width: i32, out: usize, stride: i32, height: i32): void {
  let x = 0;
  if (ASC_FEATURE_SIMD) {
    for (; x + 4 <= width; x += 4) {
      const at = out + <usize>x * sizeof<T>();
      if (sizeof<T>() === 2) {
        const two = v128.load(columns + ((<usize>x) << 3));
        const four = v128.load(columns + ((<usize>x) << 3), 16);
        const low = v128.shuffle<i16>(two, four, 0, 4, 8, 12, 1, 5, 9, 13);
        const high = v128.shuffle<i16>(two, four, 2, 6, 10, 14, 3, 7, 11, 15);
        v128.store64_lane(at, low, 0);
        if (height > 1) v128.store64_lane(at + stride, low, 1);
        if (height > 2) v128.store64_lane(at + 2 * stride, high, 0);
        if (height > 3) v128.store64_lane(at + 3 * stride, high, 1);
      } else {
        const four = v128.load(columns + ((<usize>x) << 2));
        const byRow = v128.shuffle<u8>(four, four, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        v128.store32_lane(at, byRow, 0);
        if (height > 1) v128.store32_lane(at + stride, byRow, 1);
        if (height > 2) v128.store32_lane(at + 2 * stride, byRow, 2);
        if (height > 3) v128.store32_lane(at + 3 * stride, byRow, 3);
      }
    }
  }
  for (; x < width; x++) {
    for (let r = 0; r < height; r++) {
      const value = load<T>(columns + <usize>(4 * x + r) * sizeof<T>());
      store<T>(out + <usize>(r * stride) + <usize>x * sizeof<T>(), value);
    }
  }
}

function toWide(value: i32): i16 {
  return <i16>min(max(value, i16.MIN_VALUE), i16.MAX_VALUE);
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
