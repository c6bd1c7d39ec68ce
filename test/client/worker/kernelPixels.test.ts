/** The kernel's other half in node: from planes to pixels and back. */
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileKernel, type Kernel, openKernel } from '../../../client/worker/kernel.ts';
import { takePlanes } from '../../../client/worker/planes.ts';
import { buildPyramid, resizeCrop } from '../../../client/worker/pyramid.ts';
import {
  kernelBuilds,
  kernelInBase64,
  noise,
  openBuild,
  pattern,
  putPlanes,
  putWide,
  readPlane,
} from './kernelFiles.ts';

const kernels = new Map<string, Kernel>();
beforeAll(async () => {
  for (const build of kernelBuilds) kernels.set(build, await openBuild(build));
});

function kernelOf(build: string): Kernel {
  const kernel = kernels.get(build);
  if (!kernel) throw new Error(`No build ${build}`);
  return kernel;
}

const width = 53;

/** One row of luma and chroma as pixels. */
function yuvRow(build: string, isHalf: boolean, shift: number): Uint8Array {
  const kernel = kernelOf(build);
  const put = isHalf ? putPlanes : putWide;
  const planes = put(kernel, [noise(width, 1, 1), noise(width, 1, 2), noise(width, 1, 3)]);
  const [luma = 0, cb = 0, cr = 0] = planes.at;
  const target = kernel.take(width * 4);
  if (isHalf) kernel.writeHalvedRow(luma, cb, cr, shift, width, target);
  else kernel.writeFineRow(luma, cb, cr, width, target);
  return kernel.view().slice(target, target + width * 4);
}

describe.each(kernelBuilds)('the %s build', (build) => {
  it.each([
    [false, 0],
    [true, 0],
    [true, 1],
  ])(
    'turns luma and chroma (halved: %s, shifted by %i) into the colours of the JPEG matrix',
    (isHalf, shift) => {
      const [y, u, v] = [noise(width, 1, 1).values, noise(width, 1, 2).values, noise(width, 1, 3).values];
      const out = yuvRow(build, isHalf, shift);
      for (let x = 0; x < width; x++) {
        const place = isHalf ? (x + shift) >> 1 : x;
        const [luma, cb, cr] = [y[x] ?? 0, (u[place] ?? 0) - 128, (v[place] ?? 0) - 128];
        const colour = [luma + 1.402 * cr, luma - 0.344136 * cb - 0.714136 * cr, luma + 1.772 * cb];
        for (const [channel, truth] of colour.entries()) {
          const expected = Math.min(255, Math.max(0, truth));
          expect(Math.abs((out[x * 4 + channel] ?? 0) - expected)).toBeLessThan(0.55);
        }
        expect(out[x * 4 + 3]).toBe(255);
      }
    },
  );

  it('splits pixels into planes and says whether all are opaque', () => {
    const kernel = kernelOf(build);
    const pixels = Uint8Array.from(noise(width * 4, 1).values, (value, i) => (i % 4 === 3 ? 255 : value));
    const source = kernel.take(pixels.length);
    const planes = takePlanes(kernel, { width, height: 1 }, { count: 4, isWide: false });
    const [red = 0, green = 0, blue = 0, alpha = 0] = planes.at;
    for (const [hole, answer] of [
      [null, 255],
      [0, 0],
      [width - 1, 0],
    ] as const) {
      const given = pixels.slice();
      if (hole !== null) given[hole * 4 + 3] = 254;
      kernel.view().set(given, source);
      expect(kernel.splitPixels(source, width, red, green, blue, alpha)).toBe(answer);
      for (const channel of [0, 1, 2, 3]) {
        expect(readPlane(kernel, planes, channel)).toEqual(given.filter((_, i) => i % 4 === channel));
      }
      const target = kernel.take(pixels.length);
      kernel.joinPixels(red, green, blue, alpha, width, target);
      expect(kernel.view().slice(target, target + pixels.length)).toEqual(given);
    }
  });

  it('multiplies alpha in and out again, exact where it is opaque and near where it is not', () => {
    const kernel = kernelOf(build);
    const planes = putPlanes(kernel, [
      noise(256, 1),
      { width: 256, height: 1, values: Array.from({ length: 256 }, (_, i) => i) },
    ]);
    const [colour = 0, alpha = 0] = planes.at;
    const before = readPlane(kernel, planes);
    kernel.multiplyAlpha(colour, alpha, 256);
    kernel.divideAlpha(colour, alpha, 256);
    for (const [i, value] of readPlane(kernel, planes).entries()) {
      expect(Math.abs(value - (i === 0 ? 0 : (before[i] ?? 0)))).toBeLessThanOrEqual(
        i === 0 ? 0 : 128 / i + 0.5,
      );
    }
  });
});

it('a browser that knows no SIMD gets the other build', async () => {
  const { simd, scalar } = kernelInBase64();
  const unknown = Buffer.from('a module of another time').toString('base64');
  const [here, there] = await Promise.all([
    compileKernel({ simd, scalar }),
    compileKernel({ simd: unknown, scalar }),
  ]);
  const bytesOf = async (module: WebAssembly.Module) => (await openKernel(module)).weightsSize(10, 2.5);
  expect(await bytesOf(here)).toBe(await bytesOf(there));
});

it('both builds give the same pixels to the bit', () => {
  for (const [isHalf, shift] of [
    [false, 0],
    [true, 0],
    [true, 1],
  ] as const) {
    expect(yuvRow('simd', isHalf, shift)).toEqual(yuvRow('scalar', isHalf, shift));
  }
});

describe('golden pixels', () => {
  /** To make them anew after a wanted change: look at test/.output/resized.png, then copy it over. */
  const golden = fileURLToPath(new URL('./golden/resized.png', import.meta.url));
  const size = { width: 120, height: 80 };

  it.each(kernelBuilds)('the %s build makes exactly the picture that is kept', async (build) => {
    const kernel = kernelOf(build);
    const photo = [pattern(700, 500), noise(700, 500), pattern(700, 500)] as const;
    const pyramid = buildPyramid(kernel, putPlanes(kernel, photo), 2);
    const planes = takePlanes(kernel, size, { count: 3, isWide: true });
    resizeCrop(kernel, pyramid, { crop: { x: 11.5, y: 17.25, width: 640.5, height: 427 } }, planes);
    const [luma = 0, cb = 0, cr = 0] = planes.at;
    const target = kernel.take(size.width * size.height * 4);
    kernel.writeFineRow(luma, cb, cr, size.width * size.height, target);
    const pixels = kernel.view().slice(target, target + size.width * size.height * 4);
    await mkdir('test/.output', { recursive: true });
    await sharp(pixels, { raw: { ...size, channels: 4 } })
      .png()
      .toFile('test/.output/resized.png');
    const kept = await sharp(await readFile(golden))
      .ensureAlpha()
      .raw()
      .toBuffer();
    expect(kept.equals(pixels)).toBe(true);
  });
});
