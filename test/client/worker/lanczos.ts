/** Lanczos3 in floating point, straight from its definition: what the kernel's fixed point is measured by. */
import type { Rect, Size } from '../../../client/engine/geometry.ts';

/** One channel, row by row. */
export interface Picture extends Size {
  values: ArrayLike<number>;
}

/**
 * Resizes the part `crop` of one channel to `target`; the answer is neither rounded nor kept within 0..255. The window is six
 * target pixels wide (six source pixels when enlarging), is cut at the edges of the crop, and its weights are scaled to sum 1.
 */
export function resizeByLanczos(picture: Picture, crop: Rect, target: Size): Float64Array {
  const columns = windows(crop.x, crop.width, target.width, picture.width);
  const rows = windows(crop.y, crop.height, target.height, picture.height);
  const narrow = new Float64Array(target.width * picture.height);
  for (let y = 0; y < picture.height; y++) {
    for (const [x, { first, weights }] of columns.entries()) {
      let sum = 0;
      for (const [j, weight] of weights.entries()) {
        sum += weight * (picture.values[y * picture.width + first + j] ?? 0);
      }
      narrow[y * target.width + x] = sum;
    }
  }
  const out = new Float64Array(target.width * target.height);
  for (const [y, { first, weights }] of rows.entries()) {
    for (let x = 0; x < target.width; x++) {
      let sum = 0;
      for (const [j, weight] of weights.entries())
        sum += weight * (narrow[(first + j) * target.width + x] ?? 0);
      out[y * target.width + x] = sum;
    }
  }
  return out;
}

function windows(start: number, length: number, count: number, size: number) {
  const low = Math.floor(start + 1e-6);
  const high = Math.min(size, Math.ceil(start + length - 1e-6));
  const scale = length / count;
  const widening = Math.max(1, scale);
  return Array.from({ length: count }, (_, i) => {
    const middle = start + (i + 0.5) * scale;
    const first = Math.max(low, Math.floor(middle - 3 * widening + 0.5));
    const end = Math.min(high, Math.floor(middle + 3 * widening + 0.5));
    const raw = Array.from({ length: end - first }, (_, j) =>
      lanczos3((first + j + 0.5 - middle) / widening),
    );
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    return { first, weights: raw.map((weight) => weight / total) };
  });
}

function lanczos3(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= 3) return 0;
  const angle = Math.PI * x;
  return (3 * Math.sin(angle) * Math.sin(angle / 3)) / (angle * angle);
}

/** Peak signal-to-noise ratio in dB of byte values against the unrounded truth (cut to 0..255); 99 when nothing differs. */
export function psnr(values: ArrayLike<number>, truth: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i++) {
    const expected = Math.min(255, Math.max(0, truth[i] ?? 0));
    sum += ((values[i] ?? 0) - expected) ** 2;
  }
  return sum === 0 ? 99 : 10 * Math.log10((255 * 255 * truth.length) / sum);
}
