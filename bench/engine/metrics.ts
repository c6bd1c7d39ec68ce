/** How near one picture is to another. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import type { Size } from '../../client/engine/geometry.ts';

/** RGB bytes. */
export interface Rgb extends Size {
  data: Uint8Array;
}

export interface Nearness {
  psnr: number;
  /** Structural similarity of luma (Wang 2004), mean over windows of 8 x 8 at every fourth pixel. */
  ssim: number;
  /** Largest visible difference, lower is nearer; null without libjxl's butteraugli_main. */
  butteraugli: number | null;
  /** 100 is the same; null unless SSIMULACRA2 names a program that takes two PNGs and prints a number. */
  ssimulacra2: number | null;
}

export async function nearnessOf(truth: Rgb, other: Rgb): Promise<Nearness> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'all-img-fit-bench-'));
  try {
    const files = [path.join(folder, 'truth.png'), path.join(folder, 'other.png')];
    for (const [i, { data, width, height }] of [truth, other].entries()) {
      await sharp(data, { raw: { width, height, channels: 3 } })
        .png()
        .toFile(files[i] ?? '');
    }
    return {
      psnr: psnrOf(truth.data, other.data),
      ssim: ssimOf(truth, other),
      butteraugli: firstNumber(process.env.BUTTERAUGLI ?? 'butteraugli_main', files),
      ssimulacra2: process.env.SSIMULACRA2 ? firstNumber(process.env.SSIMULACRA2, files) : null,
    };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function firstNumber(program: string, files: string[]): number | null {
  try {
    const out = execFileSync(program, files, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return Number.parseFloat(out);
  } catch {
    return null;
  }
}

function psnrOf(truth: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i++) sum += ((truth[i] ?? 0) - (other[i] ?? 0)) ** 2;
  return sum === 0 ? 99 : 10 * Math.log10((255 * 255 * truth.length) / sum);
}

function ssimOf(truth: Rgb, other: Rgb): number {
  const [a, b] = [lumaOf(truth), lumaOf(other)];
  const { width, height } = truth;
  const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
  let [total, windows] = [0, 0];
  for (let top = 0; top + 8 <= height; top += 4) {
    for (let left = 0; left + 8 <= width; left += 4) {
      let [sumA, sumB, sumAa, sumBb, sumAb] = [0, 0, 0, 0, 0];
      for (let i = 0; i < 64; i++) {
        const at = (top + (i >> 3)) * width + left + (i & 7);
        const [va, vb] = [a[at] ?? 0, b[at] ?? 0];
        sumA += va;
        sumB += vb;
        sumAa += va * va;
        sumBb += vb * vb;
        sumAb += va * vb;
      }
      const [meanA, meanB] = [sumA / 64, sumB / 64];
      const [varA, varB] = [sumAa / 64 - meanA ** 2, sumBb / 64 - meanB ** 2];
      const both = sumAb / 64 - meanA * meanB;
      total +=
        ((2 * meanA * meanB + c1) * (2 * both + c2)) / ((meanA ** 2 + meanB ** 2 + c1) * (varA + varB + c2));
      windows++;
    }
  }
  return total / windows;
}

function lumaOf({ data, width, height }: Rgb): Float64Array {
  return Float64Array.from({ length: width * height }, (_, i) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(i * 3, i * 3 + 3);
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  });
}
