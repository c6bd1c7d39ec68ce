/**
 * From resized planes Y, Cb, Cr to pixels R, G, B, 255. The matrix is the one of JPEG files (JFIF 1.02, BT.601 in full range):
 * R = Y + 1.402 Cr, G = Y - 0.344136 Cb - 0.714136 Cr, B = Y + 1.772 Cb, with Cb and Cr around 0. Worked out in 64ths.
 */

/** The matrix in 32768ths; what is above 1 is added as a whole beside it. */
const redOfCr: i16 = 13173;
const greenOfCb: i16 = -11277;
const greenOfCr: i16 = -23401;
const blueOfCb: i16 = 25297;
/** 128 in 64ths, the middle of chroma. */
const middle: i16 = 8192;

/**
 * One row from planes of wide values, with a chroma value for each pixel: the most exact.
 */
export function writeFineRow(luma: usize, cb: usize, cr: usize, width: i32, target: usize): void {
  writeRow<i16>(luma, cb, cr, 0, width, target);
}

/**
 * One row from planes of bytes, with a chroma value for each 2 x 2 pixels. An encoder that halves chroma gets back the very
 * bytes that it was given; anything finer than bytes would only be rounded twice.
 * @param shift 1 when the first column of pixels is the second half of its chroma value
 */
export function writeHalvedRow(
  luma: usize,
  cb: usize,
  cr: usize,
  shift: i32,
  width: i32,
  target: usize,
): void {
  writeRow<u8>(luma, cb, cr, shift, width, target);
}

function writeRow<T>(luma: usize, cb: usize, cr: usize, shift: i32, width: i32, target: usize): void {
  const isHalf = sizeof<T>() === 1;
  let x = 0;
  if (ASC_FEATURE_SIMD) {
    if (isHalf && shift && width > 0) {
      writePixel<T>(luma, cb, cr, target);
      x = 1;
    }
    for (; x + 16 <= width; x += 16) {
      const place = <usize>(isHalf ? (x + shift) >> 1 : x) * sizeof<T>();
      const u0 = centred(loadEight<T>(cb + place));
      const v0 = centred(loadEight<T>(cr + place));
      const u1 = isHalf ? u0 : centred(loadEight<T>(cb + place + 16));
      const v1 = isHalf ? v0 : centred(loadEight<T>(cr + place + 16));
      const at = luma + <usize>x * sizeof<T>();
      // Rounded to whole bytes by the half that is added here.
      const y0 = i16x8.add_sat_s(loadEight<T>(at), i16x8.splat(32));
      const y1 = i16x8.add_sat_s(loadEight<T>(at + 8 * sizeof<T>()), i16x8.splat(32));
      const red = join(y0, y1, redOf(v0), redOf(v1), isHalf);
      const green = join(y0, y1, greenOf(u0, v0), greenOf(u1, v1), isHalf);
      const blue = join(y0, y1, blueOf(u0), blueOf(u1), isHalf);
      writePixels(red, green, blue, i8x16.splat(-1), target + ((<usize>x) << 2));
    }
  }
  for (; x < width; x++) {
    const place = <usize>(isHalf ? (x + shift) >> 1 : x) * sizeof<T>();
    writePixel<T>(luma + <usize>x * sizeof<T>(), cb + place, cr + place, target + ((<usize>x) << 2));
  }
}

/** Eight values in 64ths. */
function loadEight<T>(at: usize): v128 {
  if (sizeof<T>() === 2) return v128.load(at);
  return i16x8.shl(i16x8.extend_low_i8x16_u(v128.load64_zero(at)), 6);
}
function loadOne<T>(at: usize): i32 {
  return sizeof<T>() === 2 ? <i32>load<i16>(at) : (<i32>load<u8>(at)) << 6;
}
function centred(values: v128): v128 {
  return i16x8.sub_sat_s(values, i16x8.splat(middle));
}
function redOf(v: v128): v128 {
  return i16x8.add_sat_s(v, i16x8.q15mulr_sat_s(v, i16x8.splat(redOfCr)));
}
function greenOf(u: v128, v: v128): v128 {
  return i16x8.add_sat_s(
    i16x8.q15mulr_sat_s(u, i16x8.splat(greenOfCb)),
    i16x8.q15mulr_sat_s(v, i16x8.splat(greenOfCr)),
  );
}
function blueOf(u: v128): v128 {
  return i16x8.add_sat_s(u, i16x8.q15mulr_sat_s(u, i16x8.splat(blueOfCb)));
}

/** Luma plus a colour's difference, as bytes; eight differences serve sixteen pixels when chroma is halved. */
function join(y0: v128, y1: v128, d0: v128, d1: v128, isHalf: bool): v128 {
  const first = isHalf ? v128.shuffle<i16>(d0, d0, 0, 0, 1, 1, 2, 2, 3, 3) : d0;
  const second = isHalf ? v128.shuffle<i16>(d0, d0, 4, 4, 5, 5, 6, 6, 7, 7) : d1;
  return i8x16.narrow_i16x8_u(
    i16x8.shr_s(i16x8.add_sat_s(y0, first), 6),
    i16x8.shr_s(i16x8.add_sat_s(y1, second), 6),
  );
}

/** Sixteen pixels from four vectors of sixteen values. */
export function writePixels(red: v128, green: v128, blue: v128, alpha: v128, target: usize): void {
  const rg0 = v128.shuffle<u8>(red, green, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const rg1 = v128.shuffle<u8>(red, green, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const ba0 = v128.shuffle<u8>(blue, alpha, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const ba1 = v128.shuffle<u8>(blue, alpha, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  v128.store(target, v128.shuffle<i16>(rg0, ba0, 0, 8, 1, 9, 2, 10, 3, 11));
  v128.store(target, v128.shuffle<i16>(rg0, ba0, 4, 12, 5, 13, 6, 14, 7, 15), 16);
  v128.store(target, v128.shuffle<i16>(rg1, ba1, 0, 8, 1, 9, 2, 10, 3, 11), 32);
  v128.store(target, v128.shuffle<i16>(rg1, ba1, 4, 12, 5, 13, 6, 14, 7, 15), 48);
}

function writePixel<T>(luma: usize, cb: usize, cr: usize, target: usize): void {
  const y = cut(loadOne<T>(luma) + 32);
  const u = cut(loadOne<T>(cb) - middle);
  const v = cut(loadOne<T>(cr) - middle);
  store<u8>(target, toByte(cut(y + cut(v + part(v, redOfCr)))));
  store<u8>(target, toByte(cut(y + cut(part(u, greenOfCb) + part(v, greenOfCr)))), 1);
  store<u8>(target, toByte(cut(y + cut(u + part(u, blueOfCb)))), 2);
  store<u8>(target, 255, 3);
}

/** As q15mulr_sat_s does it. */
function part(value: i32, of32768: i16): i32 {
  return cut((value * <i32>of32768 + 0x4000) >> 15);
}

/** As vectors do it. */
function cut(value: i32): i32 {
  return min(max(value, i16.MIN_VALUE), i16.MAX_VALUE);
}

function toByte(sixtyfourths: i32): u8 {
  return <u8>min(max(sixtyfourths >> 6, 0), 255);
}
