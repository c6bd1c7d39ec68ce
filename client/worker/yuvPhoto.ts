/** A photo as the planes of a JPEG: luma, and chroma that is mostly coarser. Colour is resized once, from what the file has. */
import type { Rect, Size } from '../engine/geometry.ts';
import type { Kernel } from './kernel.ts';
import type { Chroma, StoredPhoto } from './photoPixels.ts';
import { type Planes, takePlanes } from './planes.ts';
import { buildPyramid, resizeCrop } from './pyramid.ts';

export interface YuvPlanes {
  luma: Planes;
  /** Cb and Cr. */
  chroma: Planes;
  /** Luma pixels per chroma value, across and down. */
  step: readonly [number, number];
}

/** Room for the planes of a photo of that size. */
export function takeYuv(kernel: Kernel, size: Size, step: readonly [number, number]): YuvPlanes {
  const coarse = { width: Math.ceil(size.width / step[0]), height: Math.ceil(size.height / step[1]) };
  return {
    luma: takePlanes(kernel, size, { count: 1, isWide: false }),
    chroma: takePlanes(kernel, coarse, { count: 2, isWide: false }),
    step,
  };
}

/** `levels`: how many the smallest target needs (see `levelFor`). */
export function yuvPhoto(kernel: Kernel, { luma, chroma, step }: YuvPlanes, levels: number): StoredPhoto {
  const lumaLevels = buildPyramid(kernel, luma, levels);
  const chromaLevels = buildPyramid(kernel, chroma, levels);

  return {
    size: { width: luma.width, height: luma.height },
    isOpaque: true,
    draw(area, size, detail) {
      // Bytes where the encoder will halve chroma, finer values where every pixel has its own colour (see client/kernel/yuv).
      const isWide = detail === 'whole';
      const fine = takePlanes(kernel, size, { count: 1, isWide });
      resizeCrop(kernel, lumaLevels, { crop: area }, fine);
      const coarse = takePlanes(kernel, coarseSize(size, detail), { count: 2, isWide });
      const crop = inChroma(coarseArea(area, size, detail));
      resizeCrop(kernel, chromaLevels, { crop, readable: inChroma(area) }, coarse);
      return writePixels(fine, coarse, detail);
    },
  };

  function inChroma({ x, y, width, height }: Rect): Rect {
    const [across, down] = step;
    return { x: x / across, y: y / down, width: width / across, height: height / down };
  }

  function writePixels(fine: Planes, coarse: Planes, detail: Chroma): number {
    const { width, height } = fine;
    const [luma = 0] = fine.at;
    const [cb = 0, cr = 0] = coarse.at;
    const target = kernel.take(width * height * 4);
    for (let y = 0; y < height; y++) {
      const to = target + y * width * 4;
      const row = luma + y * fine.stride;
      if (detail === 'whole') {
        kernel.writeFineRow(row, cb + y * coarse.stride, cr + y * coarse.stride, width, to);
      } else {
        const [shiftX, shiftY] = detail;
        const half = ((y + shiftY) >> 1) * coarse.stride;
        kernel.writeHalvedRow(row, cb + half, cr + half, shiftX, width, to);
      }
    }
    return target;
  }
}

/** How many chroma values are drawn for a target of that size. */
function coarseSize({ width, height }: Size, detail: Chroma): Size {
  if (detail === 'whole') return { width, height };
  return { width: (width + detail[0] + 1) >> 1, height: (height + detail[1] + 1) >> 1 };
}

/** What of the photo the chroma values stand for: with a shift or an odd length, a pixel more than is drawn. */
function coarseArea(area: Rect, size: Size, detail: Chroma): Rect {
  if (detail === 'whole') return area;
  const { width, height } = coarseSize(size, detail);
  const [across, down] = [area.width / size.width, area.height / size.height];
  return {
    x: area.x - detail[0] * across,
    y: area.y - detail[1] * down,
    width: width * 2 * across,
    height: height * 2 * down,
  };
}
