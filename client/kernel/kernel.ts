/** The kernel's door: what the worker calls, see client/worker/kernel.ts. It keeps no state but the memory that it is given. */

export { copyRows, resize, roomSize } from './resize';
export { divideAlpha, fromLight, joinPixels, multiplyAlpha, splitPixels, toLight, turnPixels } from './rgba';
export { weightsSize, writeWeights } from './weights';
export { writeFineRow, writeHalvedRow } from './yuv';

/** The first address that is free. */
export function memoryStart(): usize {
  return __heap_base;
}
