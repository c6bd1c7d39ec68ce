/** A photo as planes of red, green and blue, with alpha where something is transparent. */
import type { Size } from '../engine/geometry.ts';
import type { Kernel } from './kernel.ts';
import type { StoredPhoto } from './photoPixels.ts';
import { type Planes, takePlanes } from './planes.ts';
import { buildPyramid, resizeCrop } from './pyramid.ts';

/** Puts the rows from `top` on, `count` of them, as pixels (R, G, B, A) into the kernel's memory at `at`. */
export type ReadRows = (top: number, count: number, at: number) => void | Promise<void>;

export interface RgbOptions {
  /** How many levels the smallest target needs (see `levelFor`). */
  levels: number;
  /** Average light instead of sRGB's byte values: what a finer eye sees from afar, and brighter for fine bright detail. */
  isLinear: boolean;
}

/** Rows that are read at once. */
const bandHeight = 256;

/** Reads all pixels, band after band, so that they never lie in memory twice. */
export async function rgbPhoto(
  kernel: Kernel,
  size: Size,
  readRows: ReadRows,
  { levels, isLinear }: RgbOptions,
): Promise<StoredPhoto> {
  const colour = takePlanes(kernel, size, { count: 3, isWide: isLinear });
  const tables = isLinear ? takeTables(kernel) : null;
  const mark = kernel.taken();
  const alpha = takePlanes(kernel, size, { count: 1, isWide: false });
  const afterAlpha = kernel.taken();
  const isOpaque = await readBands();
  kernel.release(isOpaque ? mark : afterAlpha);
  const colourLevels = buildPyramid(kernel, colour, levels);
  const alphaLevels = isOpaque ? null : buildPyramid(kernel, alpha, levels);

  return {
    size,
    isOpaque,
    draw(area, target) {
      const drawn = takePlanes(kernel, target, { count: 3, isWide: isLinear });
      resizeCrop(kernel, colourLevels, { crop: area }, drawn);
      const opacity = takePlanes(kernel, target, { count: 1, isWide: false });
      const count = target.width * target.height;
      if (alphaLevels) resizeCrop(kernel, alphaLevels, { crop: area }, opacity);
      else if (tables) kernel.view().fill(255, opacity.at[0], (opacity.at[0] ?? 0) + count);
      const [red = 0, green = 0, blue = 0] = bytesOf(drawn, opacity.at[0] ?? 0, count);
      const pixels = kernel.take(count * 4);
      kernel.joinPixels(red, green, blue, isOpaque ? 0 : (opacity.at[0] ?? 0), count, pixels);
      return pixels;
    },
  };

  /** Whether every pixel is opaque. */
  async function readBands(): Promise<boolean> {
    const pixels = kernel.take(size.width * Math.min(bandHeight, size.height) * 4);
    const raw = tables
      ? takePlanes(kernel, { ...size, height: bandHeight }, { count: 3, isWide: false })
      : null;
    let isAllOpaque = true;
    for (let top = 0; top < size.height; top += bandHeight) {
      const rows = Math.min(bandHeight, size.height - top);
      await readRows(top, rows, pixels);
      const count = rows * size.width;
      const into = raw ? raw.at : colour.at.map((at) => at + top * colour.stride);
      const [red = 0, green = 0, blue = 0] = into;
      const opacity = (alpha.at[0] ?? 0) + top * alpha.stride;
      const isBandOpaque = kernel.splitPixels(pixels, count, red, green, blue, opacity) === 255;
      isAllOpaque &&= isBandOpaque;
      for (const [i, plane] of into.entries()) {
        if (tables)
          kernel.toLight(plane, opacity, count, tables.light, (colour.at[i] ?? 0) + top * colour.stride);
        else if (!isBandOpaque) kernel.multiplyAlpha(plane, opacity, count);
      }
    }
    return isAllOpaque;
  }

  /** The drawn planes as bytes with alpha divided out; where they are. */
  function bytesOf(drawn: Planes, opacity: number, count: number): readonly number[] {
    if (!tables) {
      if (!isOpaque) for (const at of drawn.at) kernel.divideAlpha(at, opacity, count);
      return drawn.at;
    }
    const bytes = takePlanes(kernel, drawn, { count: 3, isWide: false });
    for (const [i, at] of drawn.at.entries())
      kernel.fromLight(at, opacity, count, tables.bytes, bytes.at[i] ?? 0);
    return bytes.at;
  }
}

/** Between the bytes of sRGB and light in 64ths of 0..255 (IEC 61966-2-1). */
function takeTables(kernel: Kernel): { light: number; bytes: number } {
  const light = kernel.take(256 * 2);
  const bytes = kernel.take(255 * 64 + 1);
  const view = new DataView(kernel.view().buffer);
  for (let i = 0; i < 256; i++) {
    const value = i / 255;
    const share = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    view.setInt16(light + i * 2, Math.round(share * 255 * 64), true);
  }
  for (let i = 0; i <= 255 * 64; i++) {
    const share = i / (255 * 64);
    const value = share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055;
    view.setUint8(bytes + i, Math.round(value * 255));
  }
  return { light, bytes };
}
