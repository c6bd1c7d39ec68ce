/**
 * Between pixels (R, G, B, A in bytes, alpha not multiplied in) and the planes that are resized (alpha multiplied in, so that
 * what is transparent lends no colour). In linear light the planes of R, G and B are wide: 64ths of 0..255 of the light.
 */
import { writePixels } from './yuv';

/** Splits `count` pixels into four planes as they are; returns 255 when all are opaque, else less. */
export function splitPixels(
  source: usize,
  count: i32,
  red: usize,
  green: usize,
  blue: usize,
  alpha: usize,
): u32 {
  let i = 0;
  let least: u32 = 255;
  if (ASC_FEATURE_SIMD) {
    let all = i8x16.splat(-1);
    for (; i + 16 <= count; i += 16) {
      const at = source + ((<usize>i) << 2);
      const p0 = v128.load(at);
      const p1 = v128.load(at, 16);
      const p2 = v128.load(at, 32);
      const p3 = v128.load(at, 48);
      const rg0 = v128.shuffle<u8>(p0, p1, 0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29);
      const rg1 = v128.shuffle<u8>(p2, p3, 0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29);
      const ba0 = v128.shuffle<u8>(p0, p1, 2, 6, 10, 14, 18, 22, 26, 30, 3, 7, 11, 15, 19, 23, 27, 31);
      const ba1 = v128.shuffle<u8>(p2, p3, 2, 6, 10, 14, 18, 22, 26, 30, 3, 7, 11, 15, 19, 23, 27, 31);
      const opacity = v128.shuffle<i64>(ba0, ba1, 1, 3);
      v128.store(red + i, v128.shuffle<i64>(rg0, rg1, 0, 2));
      v128.store(green + i, v128.shuffle<i64>(rg0, rg1, 1, 3));
      v128.store(blue + i, v128.shuffle<i64>(ba0, ba1, 0, 2));
      v128.store(alpha + i, opacity);
      all = v128.and(all, opacity);
    }
    if (!i8x16.all_true(i8x16.eq(all, i8x16.splat(-1)))) least = 0;
  }
  for (; i < count; i++) {
    const pixel = load<u32>(source + ((<usize>i) << 2));
    store<u8>(red + i, <u8>pixel);
    store<u8>(green + i, <u8>(pixel >> 8));
    store<u8>(blue + i, <u8>(pixel >> 16));
    store<u8>(alpha + i, <u8>(pixel >> 24));
    least &= pixel >> 24;
  }
  return least === 255 ? 255 : 0;
}

/** Multiplies one plane of bytes by alpha, in place. */
export function multiplyAlpha(plane: usize, alpha: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    store<u8>(plane + i, <u8>over255(<u32>load<u8>(plane + i) * <u32>load<u8>(alpha + i)));
  }
}

/** value / 255, rounded, for value up to 255 * 255. */
function over255(value: u32): u32 {
  const rounded = value + 128;
  return (rounded + (rounded >> 8)) >> 8;
}

/** Bytes of sRGB to wide values of light, by a table of 256 i16, alpha multiplied in. `to` must not overlap `plane`. */
export function toLight(plane: usize, alpha: usize, count: i32, table: usize, to: usize): void {
  for (let i = 0; i < count; i++) {
    const light = <i32>load<i16>(table + ((<usize>load<u8>(plane + i)) << 1));
    const opacity = <i32>load<u8>(alpha + i);
    store<i16>(to + ((<usize>i) << 1), <i16>(opacity === 255 ? light : (light * opacity + 127) / 255));
  }
}

/** Wide values of light to bytes of sRGB by a table of 255 * 64 + 1 bytes, alpha divided out. */
export function fromLight(plane: usize, alpha: usize, count: i32, table: usize, to: usize): void {
  for (let i = 0; i < count; i++) {
    const opacity = <i32>load<u8>(alpha + i);
    let light = max(<i32>load<i16>(plane + ((<usize>i) << 1)), 0);
    if (opacity === 0) light = 0;
    else if (opacity < 255) light = (light * 255 + (opacity >> 1)) / opacity;
    store<u8>(to + i, load<u8>(table + min(light, 255 * 64)));
  }
}

/** Joins planes of bytes to `count` pixels. `alpha` 0: all opaque. */
export function joinPixels(
  red: usize,
  green: usize,
  blue: usize,
  alpha: usize,
  count: i32,
  target: usize,
): void {
  let i = 0;
  if (ASC_FEATURE_SIMD) {
    for (; i + 16 <= count; i += 16) {
      const opacity = alpha ? v128.load(alpha + i) : i8x16.splat(-1);
      const at = target + ((<usize>i) << 2);
      writePixels(v128.load(red + i), v128.load(green + i), v128.load(blue + i), opacity, at);
    }
  }
  for (; i < count; i++) {
    const at = target + ((<usize>i) << 2);
    store<u8>(at, load<u8>(red + i));
    store<u8>(at, load<u8>(green + i), 1);
    store<u8>(at, load<u8>(blue + i), 2);
    store<u8>(at, alpha ? load<u8>(alpha + i) : 255, 3);
  }
}

/** Divides alpha out of one plane of bytes, in place; what is fully transparent becomes 0. */
export function divideAlpha(plane: usize, alpha: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const opacity = <u32>load<u8>(alpha + i);
    if (opacity === 255) continue;
    const value = <u32>load<u8>(plane + i);
    store<u8>(plane + i, opacity === 0 ? 0 : <u8>min((value * 255 + (opacity >> 1)) / opacity, 255));
  }
}

/** Copies pixels to other places: pixel (x, y) of the source goes to number `start + x * stepX + y * stepY`. */
export function turnPixels(
  source: usize,
  width: i32,
  height: i32,
  target: usize,
  start: i32,
  stepX: i32,
  stepY: i32,
): void {
  for (let y = 0; y < height; y++) {
    let at = target + ((start + y * stepY) << 2);
    for (let x = 0; x < width; x++) {
      store<u32>(at, load<u32>(source));
      source += 4;
      at += stepX << 2;
    }
  }
}
