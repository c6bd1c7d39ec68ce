/**
 * The WebAssembly kernel (client/kernel) and its memory. The build makes it twice: with SIMD, and without for browsers that
 * have none; both give the same pixels to the bit.
 */

/** The two builds in base64, as the build of the page puts them into the worker: nothing has to be fetched later. */
export interface KernelBuilds {
  simd: string;
  scalar: string;
}

/** What client/kernel/kernel.ts exports; addresses and sizes are bytes in its memory, flags are 0 or 1. */
interface KernelExports {
  memory: WebAssembly.Memory;
  memoryStart(): number;
  weightsSize(count: number, scale: number): number;
  writeWeights(
    at: number,
    first: number,
    count: number,
    origin: number,
    scale: number,
    low: number,
    high: number,
  ): void;
  roomSize(columns: number): number;
  resize(
    source: number,
    stride: number,
    isWide: number,
    columns: number,
    rows: number,
    target: number,
    targetStride: number,
    isTargetWide: number,
    room: number,
  ): void;
  copyRows(
    source: number,
    stride: number,
    bytes: number,
    height: number,
    target: number,
    targetStride: number,
  ): void;
  writeFineRow(luma: number, cb: number, cr: number, width: number, target: number): void;
  writeHalvedRow(luma: number, cb: number, cr: number, shift: number, width: number, target: number): void;
  splitPixels(source: number, count: number, red: number, green: number, blue: number, alpha: number): number;
  multiplyAlpha(plane: number, alpha: number, count: number): void;
  divideAlpha(plane: number, alpha: number, count: number): void;
  toLight(plane: number, alpha: number, count: number, table: number, to: number): void;
  fromLight(plane: number, alpha: number, count: number, table: number, to: number): void;
  joinPixels(red: number, green: number, blue: number, alpha: number, count: number, target: number): void;
  turnPixels(
    source: number,
    width: number,
    height: number,
    target: number,
    start: number,
    stepX: number,
    stepY: number,
  ): void;
}

export interface Kernel extends Omit<KernelExports, 'memory' | 'memoryStart'> {
  /**
   * Room for `bytes` bytes, with unspecified content, and at least 64 bytes behind it that may be read. Throws a sentence
   * when the browser gives no more memory.
   */
  take(bytes: number): number;
  /** How much is taken; `release` with that number gives back all that was taken since. */
  taken(): number;
  release(taken: number): void;
  /** A view of all memory, good until the next `take`. */
  view(): Uint8Array<ArrayBuffer>;
}

/** Compiles the build that this browser can run. */
export function compileKernel({ simd, scalar }: KernelBuilds): Promise<WebAssembly.Module> {
  const bytes = fromBase64(simd);
  return WebAssembly.compile(WebAssembly.validate(bytes) ? bytes : fromBase64(scalar));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** A kernel with memory of its own. */
export async function openKernel(module: WebAssembly.Module): Promise<Kernel> {
  const instance = await WebAssembly.instantiate(module, {});
  // The one place that knows that the module is ours: WebAssembly has no types of its own.
  const exports = instance.exports as unknown as KernelExports;
  const { memory } = exports;
  let end = exports.memoryStart();
  return {
    ...exports,
    take(bytes) {
      const at = (end + 63) & ~63;
      const missing = at + bytes + slack - memory.buffer.byteLength;
      if (missing > 0) grow(memory, missing);
      end = at + bytes + slack;
      return at;
    },
    taken: () => end,
    release(taken) {
      end = taken;
    },
    view: () => new Uint8Array(memory.buffer),
  };
}

/** The kernel reads in blocks of up to 64 bytes and gives no weight to what lies behind an end. */
const slack = 64;
const pageBytes = 65_536;

function grow(memory: WebAssembly.Memory, bytes: number): void {
  try {
    memory.grow(Math.ceil(bytes / pageBytes));
  } catch {
    throw new Error('The browser gave no more memory for this photo; close other tabs and try again.');
  }
}
