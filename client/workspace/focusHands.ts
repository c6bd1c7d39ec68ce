/** The focus worker and what stands in for it, by their addresses. */
import type { Pixels } from '../engine/blur.ts';
import type { Size } from '../engine/geometry.ts';
import { shrinkSteps, sizeWithin } from '../engine/shrink.ts';
import type { LookHere } from '../worker/focus/messages.ts';
import type { Hands } from './focusLooks.ts';

/** Longest side in pixels, as in the worker. */
const sightSide = 1024;

/** `worker`: of `focus.js`. `here`: of `focusHere.js`, which is loaded only where there is no worker. */
export function focusHands(urls: { worker: string; here: string }): Hands {
  return {
    makeWorker: () => new Worker(urls.worker, { type: 'module' }),
    async lookHere(file) {
      const { lookHere }: { lookHere: LookHere } = await import(urls.here);
      const bitmap = await createImageBitmap(file);
      try {
        const size = sizeWithin(bitmap, sightSide);
        return await lookHere({ size, pixels: (size) => pixelsOf(bitmap, size) }, file);
      } finally {
        bitmap.close();
      }
    },
  };
}

/** On white, in steps of at most a half, as in the worker. */
function pixelsOf(bitmap: ImageBitmap, to: Size): Pixels {
  let last: CanvasImageSource = bitmap;
  for (const step of shrinkSteps(bitmap, to)) last = draw(last, step).canvas;
  return draw(last, to).getImageData(0, 0, to.width, to.height);
}

function draw(image: CanvasImageSource, { width, height }: Size): CanvasRenderingContext2D {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context)
    throw new Error('The browser gave no more memory for drawing; close other tabs and try again.');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'low';
  context.drawImage(image, 0, 0, width, height);
  return context;
}
