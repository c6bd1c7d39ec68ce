/** How the pixels of a file lie against the picture as it is seen: EXIF orientations, as a turn and a mirroring. */
import type { Rect, Size } from './geometry.ts';

/** What makes the stored picture upright: first turned clockwise by `quarters` x 90 degrees, then mirrored left to right. */
export interface Turn {
  quarters: 0 | 1 | 2 | 3;
  isMirrored: boolean;
}

export const upright: Turn = { quarters: 0, isMirrored: false };

/** The turn of a frame's `rotation` (degrees clockwise) and `flip` (WebCodecs, "VideoFrame"). */
export function turnOf(rotation: number, flip: boolean): Turn {
  const quarters = (((Math.round(rotation / 90) % 4) + 4) % 4) as Turn['quarters'];
  return { quarters, isMirrored: flip };
}

/** The turn of EXIF's and TIFF's orientation, 1..8 (EXIF 2.32, 0x0112). */
export function turnOfOrientation(orientation: number): Turn {
  const quarters = ([0, 0, 2, 2, 1, 1, 3, 3] as const)[orientation - 1] ?? 0;
  return { quarters, isMirrored: [2, 4, 5, 7].includes(orientation) };
}

/** The size of an upright picture as it is stored, and the other way round. */
export function turnedSize({ width, height }: Size, { quarters }: Turn): Size {
  return quarters % 2 ? { width: height, height: width } : { width, height };
}

/** The part of the stored picture that is seen as `rect` of the upright one of size `seen`. */
export function storedRect(rect: Rect, seen: Size, { quarters, isMirrored }: Turn): Rect {
  const { y, width, height } = rect;
  const x = isMirrored ? seen.width - rect.x - width : rect.x;
  const right = seen.width - x - width;
  const bottom = seen.height - y - height;
  switch (quarters) {
    case 0:
      return { x, y, width, height };
    case 1:
      return { x: y, y: right, width: height, height: width };
    case 2:
      return { x: right, y: bottom, width, height };
    case 3:
      return { x: bottom, y: x, width: height, height: width };
  }
}

/**
 * Where the stored pixels of a picture go: pixel (x, y) becomes number `start + x * stepX + y * stepY` of the upright picture,
 * which is counted row by row. `stored` is the size before the turn.
 */
export function placesOf(stored: Size, turn: Turn): { start: number; stepX: number; stepY: number } {
  const start = placeOf(0, 0);
  return { start, stepX: placeOf(1, 0) - start, stepY: placeOf(0, 1) - start };

  function placeOf(x: number, y: number): number {
    const seen = turnedSize(stored, turn);
    const right = stored.width - 1 - x;
    const bottom = stored.height - 1 - y;
    const [column, row] = (
      [
        [x, y],
        [bottom, x],
        [right, bottom],
        [y, right],
      ] as const
    )[turn.quarters];
    return row * seen.width + (turn.isMirrored ? seen.width - 1 - column : column);
  }
}

/** Whether the stored picture's columns and rows run against those of the upright picture's direction that they become. */
export function reversals({ quarters, isMirrored }: Turn): { columns: boolean; rows: boolean } {
  const isColumnsReversed = quarters === 2 || quarters === 3;
  const isRowsReversed = quarters === 1 || quarters === 2;
  const isSideways = quarters % 2 === 1;
  return {
    columns: isColumnsReversed !== (isMirrored && !isSideways),
    rows: isRowsReversed !== (isMirrored && isSideways),
  };
}
