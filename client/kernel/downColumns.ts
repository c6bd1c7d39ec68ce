/** The first half of resizing: weighted sums of rows, which makes one row of wide values of each target row. */
import { toWide } from './wide';

/** Weighted sums of `count` rows of bytes, 16 columns at a time, as wide values. */
export function sumBytes(from: usize, stride: i32, taps: usize, count: i32, to: usize, blocks: i32): void {
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
export function sumWide(from: usize, stride: i32, taps: usize, count: i32, to: usize, blocks: i32): void {
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
