/** From the samples of a TIFF to pixels of eight bits. */
import type { TiffDirectory, TiffPiece } from './tiffDirectory.ts';

/** Bytes of a piece's samples, unpacked. */
export function pieceLength({ bits, samples }: TiffDirectory, { width, height, plane }: TiffPiece): number {
  return Math.ceil((width * bits * (plane === null ? samples : 1)) / 8) * height;
}

/** Undoes the differences from pixel to pixel, in place (TIFF 6.0, section 14). */
export function addUp(bytes: Uint8Array, tiff: TiffDirectory, { width, plane }: TiffPiece): void {
  const step = plane === null ? tiff.samples : 1;
  const row = width * step * (tiff.bits >> 3);
  if (tiff.bits === 8) {
    for (let start = 0; start < bytes.length; start += row) {
      for (let i = start + step; i < start + row; i++) bytes[i] = (bytes[i] ?? 0) + (bytes[i - step] ?? 0);
    }
    return;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = 0; start + row <= bytes.length; start += row) {
    for (let i = start + 2 * step; i < start + row; i += 2) {
      const sum = view.getUint16(i, tiff.isLittle) + view.getUint16(i - 2 * step, tiff.isLittle);
      view.setUint16(i, sum & 0xffff, tiff.isLittle);
    }
  }
}

/** Writes a piece's samples as R, G, B, A where it lies in `pixels`, which has the picture's size. */
export function writePiece(
  bytes: Uint8Array,
  tiff: TiffDirectory,
  piece: TiffPiece,
  pixels: Uint8ClampedArray,
): void {
  const { size, colours, palette, alpha } = tiff;
  const columns = Math.min(piece.width, size.width - piece.x);
  const rows = Math.min(piece.height, size.height - piece.y);
  const perRow = piece.width * (piece.plane === null ? tiff.samples : 1);
  const read = sampleReader(bytes, tiff, perRow);
  const step = piece.plane === null ? tiff.samples : 1;
  const top = tiff.bits < 8 ? 2 ** tiff.bits - 1 : 255;

  for (let y = 0; y < rows; y++) {
    let to = ((piece.y + y) * size.width + piece.x) * 4;
    for (let x = 0; x < columns; x++, to += 4) {
      const from = x * step;
      if (piece.plane !== null) {
        putPlane(to, read(y, from), piece.plane);
        continue;
      }
      if (palette) {
        const index = read(y, from);
        const entries = palette.length / 3;
        for (let i = 0; i < 3; i++) pixels[to + i] = (palette[index + i * entries] ?? 0) >> 8;
      } else if (colours === 'rgb' || colours === 'yCbCr') {
        for (let i = 0; i < 3; i++) pixels[to + i] = read(y, from + i);
      } else if (colours === 'cmyk') {
        const white = 255 - read(y, from + 3);
        for (let i = 0; i < 3; i++) pixels[to + i] = ((255 - read(y, from + i)) * white) / 255;
      } else {
        const grey = (read(y, from) * 255) / top;
        pixels.fill(colours === 'whiteIsZero' ? 255 - grey : grey, to, to + 3);
      }
      pixels[to + 3] = alpha ? read(y, from + alpha.sample) : 255;
    }
  }

  /** One sample of a pixel that is told in several pieces; the others come before or later. */
  function putPlane(to: number, value: number, plane: number): void {
    if (colours === 'cmyk') {
      // Inks are kept as they are until black, the last, is known (see `finishPlanes`).
      if (plane < 4) pixels[to + plane] = value;
    } else if (colours === 'rgb' && plane < 3) {
      pixels[to + plane] = value;
      if (!alpha) pixels[to + 3] = 255;
    } else if (channelsOf(colours) === 1 && plane === 0) {
      pixels.fill(colours === 'whiteIsZero' ? 255 - value : value, to, to + 3);
      if (!alpha) pixels[to + 3] = 255;
    }
    if (alpha?.sample === plane && colours !== 'cmyk') pixels[to + 3] = value;
  }
}

function channelsOf(colours: TiffDirectory['colours']): number {
  return colours === 'rgb' || colours === 'yCbCr' ? 3 : colours === 'cmyk' ? 4 : 1;
}

/** What can only be done when all pieces are there: inks in planes become colours, multiplied alpha is divided out. */
export function finishPixels({ colours, pieces, alpha }: TiffDirectory, pixels: Uint8ClampedArray): void {
  if (colours === 'cmyk' && pieces[0]?.plane === 0) {
    for (let i = 0; i < pixels.length; i += 4) {
      const white = 255 - (pixels[i + 3] ?? 0);
      for (let j = i; j < i + 3; j++) pixels[j] = ((255 - (pixels[j] ?? 0)) * white) / 255;
      pixels[i + 3] = 255;
    }
  }
  if (alpha?.isMultiplied) divideAlpha(pixels);
}

/** Colours that were multiplied by alpha become those of the pixel itself. */
export function divideAlpha(pixels: Uint8ClampedArray): void {
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = pixels[i + 3] ?? 255;
    if (alpha === 0 || alpha === 255) continue;
    for (let j = i; j < i + 3; j++) pixels[j] = ((pixels[j] ?? 0) * 255) / alpha;
  }
}

/** The sample number `index` of row `y`: of 8 bits as it is, of more in 0..255, of fewer as the small number that it is. */
function sampleReader(bytes: Uint8Array, { bits, isFloat, isLittle }: TiffDirectory, perRow: number) {
  const stride = Math.ceil((perRow * bits) / 8);
  if (bits === 8) return (y: number, index: number) => bytes[y * stride + index] ?? 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isFloat) {
    return (y: number, index: number) => {
      const value = view.getFloat32(y * stride + index * 4, isLittle);
      return encodeLight(value) * 255;
    };
  }
  if (bits === 16)
    return (y: number, index: number) => view.getUint16(y * stride + index * 2, isLittle) / 257;
  const mask = 2 ** bits - 1;
  return (y: number, index: number) => {
    const bit = index * bits;
    return ((bytes[y * stride + (bit >> 3)] ?? 0) >> (8 - bits - (bit & 7))) & mask;
  };
}

/** Floating-point samples are light, as their writers (and Photoshop) have it; the curve is that of sRGB (IEC 61966-2-1). */
function encodeLight(value: number): number {
  if (!(value > 0)) return 0;
  if (value >= 1) return 1;
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}
