/** The photo as the focus worker sees it: one small upright copy, and parts of it in the sizes that are asked for. */
import type { Pixels } from '../../engine/blur.ts';
import { fitSquare, type Letterbox } from '../../engine/focus/letterbox.ts';
import type { Rect, Size } from '../../engine/geometry.ts';
import { sizeWithin } from '../../engine/shrink.ts';
import { contextOf, release } from '../canvas.ts';
import { decodePhoto, shrink } from '../decode.ts';
import type { PlainSight } from './messages.ts';

/** Longest side in pixels; the second, closer look for faces needs no more. */
const sightSide = 1024;

/** What is transparent counts as white. */
export interface Sight extends PlainSight {
  /** A part (fractions) as large as fits into a square, on a grey of `ground` (0..255). */
  square(part: Rect, side: number, ground: number): { pixels: Pixels; letterbox: Letterbox };
  release(): void;
}

/** `image` is closed. Throws an Error whose message is a sentence for the person. */
export async function openSight(file: Blob, image: ImageBitmap | undefined): Promise<Sight> {
  const bitmap = image ?? (await decodePhoto(file));
  let canvas: OffscreenCanvas;
  try {
    canvas = shrink(bitmap, sizeWithin(bitmap, sightSide));
  } finally {
    bitmap.close();
  }
  const size = { width: canvas.width, height: canvas.height };
  return {
    size,
    pixels({ width, height }) {
      const small = shrink(canvas, { width, height });
      const pixels = draw({ width, height }, '#ffffff', (context) => context.drawImage(small, 0, 0));
      release(small);
      return pixels;
    },
    square(part, side, ground) {
      const letterbox = fitSquare(size, part, side);
      const { inner } = letterbox;
      const pixels = draw({ width: side, height: side }, `rgb(${ground} ${ground} ${ground})`, (context) => {
        context.imageSmoothingQuality = 'high';
        context.drawImage(
          canvas,
          part.x * size.width,
          part.y * size.height,
          part.width * size.width,
          part.height * size.height,
          inner.x,
          inner.y,
          inner.width,
          inner.height,
        );
      });
      return { pixels, letterbox };
    },
    release: () => release(canvas),
  };
}

function draw(
  { width, height }: Size,
  ground: string,
  paint: (context: OffscreenCanvasRenderingContext2D) => void,
): Pixels {
  const canvas = new OffscreenCanvas(width, height);
  const context = contextOf(canvas, { willReadFrequently: true });
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  paint(context);
  const pixels = context.getImageData(0, 0, width, height);
  release(canvas);
  return pixels;
}
