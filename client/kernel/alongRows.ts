/** The second half of resizing: weighted sums along four rows at once. */
import { countOf, firstOf, mostTapsOf, spanOf, tapsBytesOf, tapsOf } from './weights';
import { toWide } from './wide';

/**
 * From four rows to pairs of columns: two neighbours of row 0, two of row 1, 2 and 3, then the next two columns. So one
 * product of vectors adds two taps for four rows.
 */
export function pairUp(rows: usize, rowBytes: i32, pairs: usize): void {
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
export function sumPairs<T>(
  pairs: usize,
  columns: usize,
  out: usize,
  stride: i32,
  height: i32,
  room: usize,
): void {
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
