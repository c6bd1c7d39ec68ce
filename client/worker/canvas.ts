/** Canvases of the worker, and how large they may be. */
import type { Size } from '../engine/geometry.ts';

interface Settings {
  alpha?: boolean;
  colorSpace?: PredefinedColorSpace;
  willReadFrequently?: boolean;
}

/** The 2d context of a canvas. Throws a sentence where the browser has none left to give. */
export function contextOf(
  canvas: OffscreenCanvas,
  settings: Settings = {},
): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', settings);
  if (!context)
    throw new Error('The browser gave no more memory for drawing; close other tabs and try again.');
  return context;
}

/** Every browser takes this much: the limit of Safari on phones. Smaller canvases need no trial. */
const surePixels = 4096 * 4096;
const sureSide = 4096;

/**
 * Gives the canvas a new size (which clears it) and says whether the browser went along. A canvas beyond the limits
 * throws nothing: it stays blank. Chromium takes sides of 65 535 and 268 million pixels, Firefox sides of 32 767.
 */
export function takesSize(canvas: OffscreenCanvas, { width, height }: Size): boolean {
  canvas.width = width;
  canvas.height = height;
  if (width <= sureSide && height <= sureSide && width * height <= surePixels) return true;
  const context = contextOf(canvas);
  context.fillStyle = '#ffffff';
  context.fillRect(width - 1, height - 1, 1, 1);
  return readRed(context, width - 1, height - 1) === 255;
}

function readRed(context: OffscreenCanvasRenderingContext2D, x: number, y: number): number {
  try {
    return context.getImageData(x, y, 1, 1).data[0] ?? 0;
  } catch {
    // Chromium cannot read back a canvas for which there was no memory.
    return 0;
  }
}

/** Gives a canvas's memory back now: Safari counts it until the canvas is small, not until it is forgotten. */
export function release(canvas: OffscreenCanvas): void {
  canvas.width = 1;
  canvas.height = 1;
}
