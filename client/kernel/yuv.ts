/**
 * From resized planes Y, Cb, Cr to pixels R, G, B, 255. The matrix is the one of JPEG files (JFIF 1.02, BT.601 in full
 * range), worked out in sixteenths: R = Y + 1.402 Cr, G = Y - 0.344136 Cb - 0.714136 Cr, B = Y + 1.772 Cb.
 */

/** The matrix in 32768ths; what is above 1 is added as a whole beside it. */
const redOfCr: i16 = 13173;
const greenOfCb: i16 = -11277;
const greenOfCr: i16 = -23401;
const blueOfCb: i16 = 25297;

/**
 * @param isHalf whether a chroma value stands for 2 x 2 pixels: an encoder that halves chroma gets back what it was given
 * @param shift 1 when the first column of pixels is the second half of its chroma value
 */
export function writeYuvRow(
  luma: usize,
  cb: usize,
  cr: usize,
  isHalf: bool,
  shift: i32,
  width: i32,
  target: usize,
): void {
  let x = 0;
  if (ASC_FEATURE_SIMD) {
    if (isHalf && shift && width > 0) {
      writePixel(luma, cb, cr, target);
      x = 1;
    }
    for (; x + 16 <= width; x += 16) {
      const place = isHalf ? (x + shift) >> 1 : x;
      const u0 = centred(v128.load64_zero(cb + place));
      const v0 = centred(v128.load64_zero(cr + place));
      const u1 = isHalf ? u0 : centred(v128.load64_zero(cb + place + 8));
      const v1 = isHalf ? v0 : centred(v128.load64_zero(cr + place + 8));
      const values = v128.load(luma + x);
      const y0 = i16x8.add(i16x8.shl(i16x8.extend_low_i8x16_u(values), 4), i16x8.splat(8));
      const y1 = i16x8.add(i16x8.shl(i16x8.extend_high_i8x16_u(values), 4), i16x8.splat(8));
      const red = join(y0, y1, redOf(v0), redOf(v1), isHalf);
      const green = join(y0, y1, greenOf(u0, v0), greenOf(u1, v1), isHalf);
      const blue = join(y0, y1, blueOf(u0), blueOf(u1), isHalf);
      writePixels(red, green, blue, i8x16.splat(-1), target + ((<usize>x) << 2));
    }
  }
  for (; x < width; x++) {
    const place = isHalf ? (x + shift) >> 1 : x;
    writePixel(luma + x, cb + place, cr + place, target + ((<usize>x) << 2));
  }
}

/** Chroma around 0, in sixteenths. */
function centred(bytes: v128): v128 {
  return i16x8.shl(i16x8.sub(i16x8.extend_low_i8x16_u(bytes), i16x8.splat(128)), 4);
}
function redOf(v: v128): v128 {
  return i16x8.add(v, i16x8.q15mulr_sat_s(v, i16x8.splat(redOfCr)));
}
function greenOf(u: v128, v: v128): v128 {
  return i16x8.add(
    i16x8.q15mulr_sat_s(u, i16x8.splat(greenOfCb)),
    i16x8.q15mulr_sat_s(v, i16x8.splat(greenOfCr)),
  );
}
function blueOf(u: v128): v128 {
  return i16x8.add(u, i16x8.q15mulr_sat_s(u, i16x8.splat(blueOfCb)));
}

/** Luma plus a colour's difference, as bytes; eight differences serve sixteen pixels when chroma is halved. */
function join(y0: v128, y1: v128, d0: v128, d1: v128, isHalf: bool): v128 {
  const first = isHalf ? v128.shuffle<i16>(d0, d0, 0, 0, 1, 1, 2, 2, 3, 3) : d0;
  const second = isHalf ? v128.shuffle<i16>(d0, d0, 4, 4, 5, 5, 6, 6, 7, 7) : d1;
  return i8x16.narrow_i16x8_u(i16x8.shr_s(i16x8.add(y0, first), 4), i16x8.shr_s(i16x8.add(y1, second), 4));
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

function writePixel(luma: usize, cb: usize, cr: usize, target: usize): void {
  const y = ((<i32>load<u8>(luma)) << 4) + 8;
  const u = (<i32>load<u8>(cb) - 128) << 4;
  const v = (<i32>load<u8>(cr) - 128) << 4;
  store<u8>(target, toByte(y + v + part(v, redOfCr)));
  store<u8>(target, toByte(y + part(u, greenOfCb) + part(v, greenOfCr)), 1);
  store<u8>(target, toByte(y + u + part(u, blueOfCb)), 2);
  store<u8>(target, 255, 3);
}

/** As q15mulr_sat_s does it. */
function part(value: i32, of32768: i16): i32 {
  return (value * <i32>of32768 + 0x4000) >> 15;
}

function toByte(sixteenths: i32): u8 {
  return <u8>min(max(sixteenths >> 4, 0), 255);
}
