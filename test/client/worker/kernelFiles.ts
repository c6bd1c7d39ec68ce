/** The built kernels, for tests without a browser. `npm run build` makes them; `npm test` does that first. */
import { readFileSync } from 'node:fs';
import { type Kernel, openKernel } from '../../../client/worker/kernel.ts';
import { type Planes, takePlanes } from '../../../client/worker/planes.ts';
import type { Picture } from './lanczos.ts';

export const kernelBuilds = ['simd', 'scalar'] as const;

function kernelFile(build: (typeof kernelBuilds)[number]): Buffer {
  return readFileSync(new URL(`../../../dist/kernel-${build}.wasm`, import.meta.url));
}

/** What the build puts into the worker. */
export function kernelInBase64() {
  return { simd: kernelFile('simd').toString('base64'), scalar: kernelFile('scalar').toString('base64') };
}

export async function openBuild(build: (typeof kernelBuilds)[number]): Promise<Kernel> {
  return openKernel(await WebAssembly.compile(new Uint8Array(kernelFile(build))));
}

/** Puts pictures of one size into the kernel's memory, as bytes. */
export function putPlanes(kernel: Kernel, pictures: readonly Picture[]): Planes {
  const [{ width, height }] = pictures as [Picture];
  const planes = takePlanes(kernel, { width, height }, { count: pictures.length, isWide: false });
  for (const [i, { values }] of pictures.entries()) kernel.view().set(values, planes.at[i]);
  return planes;
}

/** The same as wide values. */
export function putWide(kernel: Kernel, pictures: readonly Picture[]): Planes {
  const [{ width, height }] = pictures as [Picture];
  const planes = takePlanes(kernel, { width, height }, { count: pictures.length, isWide: true });
  for (const [i, { values }] of pictures.entries()) {
    const wide = Int16Array.from({ length: width * height }, (_, j) => (values[j] ?? 0) * 64);
    kernel.view().set(new Uint8Array(wide.buffer), planes.at[i]);
  }
  return planes;
}

/** One plane of bytes, copied out. */
export function readPlane(kernel: Kernel, planes: Planes, index = 0): Uint8Array {
  const at = planes.at[index] ?? 0;
  return kernel.view().slice(at, at + planes.stride * planes.height);
}

/** Noise that is the same every time: a linear congruential generator (Numerical Recipes, 7.1). */
export function noise(width: number, height: number, seed = 1): Picture {
  let state = seed;
  const values = Uint8Array.from({ length: width * height }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return { width, height, values };
}

/** A picture with soft and hard edges, in whose values neighbours resemble each other as in a photo. */
export function pattern(width: number, height: number): Picture {
  const values = Uint8Array.from({ length: width * height }, (_, i) => {
    const x = i % width;
    const y = Math.floor(i / width);
    const wave = 127 + 90 * Math.sin((x * x + y * y) / 900) * Math.cos(x / 37);
    return Math.floor(x / 41 + y / 29) % 7 === 0 ? 250 : wave;
  });
  return { width, height, values };
}
