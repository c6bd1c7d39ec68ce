/** Canvases of the worker. */

type Settings = Parameters<OffscreenCanvas['getContext']>[1];

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

/** Gives a canvas's memory back now: Safari counts it until the canvas is small, not until it is forgotten. */
export function release(canvas: OffscreenCanvas): void {
  canvas.width = 1;
  canvas.height = 1;
}
