/** A decoded photo in the kernel's memory, and how parts of it are drawn in any size and upright. */
import type { Rect, Size } from '../engine/geometry.ts';
import { placesOf, reversals, storedRect, type Turn, turnedSize } from '../engine/turn.ts';
import type { Kernel } from './kernel.ts';

/**
 * How fine colour is drawn: for every pixel, or once for each 2 x 2 pixels, as most JPEG and WebP files keep it; the pair of
 * shifts (0 or 1, across and down) says that the first column or row is the second of its pair.
 */
export type Chroma = 'whole' | readonly [number, number];

/** The photo as it lies in its file, which may be turned. */
export interface StoredPhoto {
  size: Size;
  isOpaque: boolean;
  /** Draws `area` of the photo in `size` and returns where the pixels (R, G, B, A in bytes) lie in memory newly taken. */
  draw(area: Rect, size: Size, chroma: Chroma): number;
}

/** The photo as it is seen. */
export interface PhotoPixels {
  size: Size;
  isOpaque: boolean;
  /** Of what is drawn; a canvas converts what is put on it. */
  colorSpace: PredefinedColorSpace;
  /**
   * Draws `source` of the photo in the size of `target`, whose place in the output decides which pixels share their colour
   * when `isChromaHalved`. The view of R, G, B and A (not multiplied in) is good until the next call.
   */
  draw(source: Rect, target: Rect, isChromaHalved: boolean): Uint8ClampedArray<ArrayBuffer>;
}

/** A photo that is drawn upright, whatever way its pixels lie. */
export function seenPhoto(kernel: Kernel, stored: StoredPhoto, turn: Turn): PhotoPixels {
  const size = turnedSize(stored.size, turn);
  const isUpright = turn.quarters === 0 && !turn.isMirrored;
  const mark = kernel.taken();
  return {
    size,
    isOpaque: stored.isOpaque,
    colorSpace: 'srgb',
    draw(source, target, isChromaHalved) {
      kernel.release(mark);
      const drawn = turnedSize({ width: target.width, height: target.height }, turn);
      const area = storedRect(source, size, turn);
      const chroma = isChromaHalved ? shiftsOf(target, turn) : 'whole';
      const pixels = stored.draw(area, drawn, chroma);
      const bytes = drawn.width * drawn.height * 4;
      let at = pixels;
      if (!isUpright) {
        at = kernel.take(bytes);
        const { start, stepX, stepY } = placesOf(drawn, turn);
        kernel.turnPixels(pixels, drawn.width, drawn.height, at, start, stepX, stepY);
      }
      return new Uint8ClampedArray(kernel.view().buffer, at, bytes);
    },
  };
}

/** The output's pixels pair up from its left and top edge; a direction that is stored reversed pairs up from its end. */
function shiftsOf(target: Rect, turn: Turn): [number, number] {
  const reversed = reversals(turn);
  const across = { start: target.x, length: target.width };
  const down = { start: target.y, length: target.height };
  const [columns, rows] = turn.quarters % 2 ? [down, across] : [across, down];
  const shift = ({ start, length }: typeof across, isReversed: boolean) =>
    (isReversed ? start + length : start) & 1;
  return [shift(columns, reversed.columns), shift(rows, reversed.rows)];
}
