/** Reads a bitmap's pixels by drawing it, piece after piece, on one small canvas: phones allow no large ones. */
import { contextOf } from './canvas.ts';
import type { Kernel } from './kernel.ts';
import type { ReadRows } from './rgbPhoto.ts';

/** Columns that are drawn at once. Some browsers have no canvas wider than 32 767 pixels. */
const pieceWidth = 8192;

/** Pixels come in sRGB, whatever the file's colour profile: the browser converts when it draws. */
export function readBitmapRows(kernel: Kernel, bitmap: ImageBitmap): ReadRows {
  const canvas = new OffscreenCanvas(1, 1);
  const context = contextOf(canvas, { willReadFrequently: true });
  return (top, count, at) => {
    for (let left = 0; left < bitmap.width; left += pieceWidth) {
      const width = Math.min(pieceWidth, bitmap.width - left);
      // A new size clears the canvas, and transparent pixels must not lie over those of the rows before.
      canvas.width = width;
      canvas.height = count;
      context.drawImage(bitmap, left, top, width, count, 0, 0, width, count);
      const { data } = context.getImageData(0, 0, width, count);
      const view = kernel.view();
      for (let row = 0; row < count; row++) {
        const place = at + (row * bitmap.width + left) * 4;
        view.set(data.subarray(row * width * 4, (row + 1) * width * 4), place);
      }
    }
  };
}
