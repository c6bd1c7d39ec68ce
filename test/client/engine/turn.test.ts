import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  placesOf,
  reversals,
  storedRect,
  type Turn,
  turnedSize,
  turnOf,
} from '../../../client/engine/turn.ts';

const turns: Turn[] = ([0, 1, 2, 3] as const).flatMap((quarters) => [
  { quarters, isMirrored: false },
  { quarters, isMirrored: true },
]);

/** The stored pixels 0, 1, 2, ... of a picture, as they are seen. */
function seenPixels(stored: { width: number; height: number }, turn: Turn): number[] {
  const { start, stepX, stepY } = placesOf(stored, turn);
  const seen: number[] = [];
  for (let y = 0; y < stored.height; y++) {
    for (let x = 0; x < stored.width; x++) seen[start + x * stepX + y * stepY] = y * stored.width + x;
  }
  return seen;
}

describe('turning the stored pixels', () => {
  it.each([
    // Of EXIF 2.32, 4.6.4: what the stored picture 0 1 2 / 3 4 5 looks like upright.
    [1, 0, false, [0, 1, 2, 3, 4, 5]],
    [2, 0, true, [2, 1, 0, 5, 4, 3]],
    [3, 180, false, [5, 4, 3, 2, 1, 0]],
    [4, 180, true, [3, 4, 5, 0, 1, 2]],
    [5, 90, true, [0, 3, 1, 4, 2, 5]],
    [6, 90, false, [3, 0, 4, 1, 5, 2]],
    [7, 270, true, [5, 2, 4, 1, 3, 0]],
    [8, 270, false, [2, 5, 1, 4, 0, 3]],
  ])('makes orientation %i upright', (_, rotation, flip, seen) => {
    expect(seenPixels({ width: 3, height: 2 }, turnOf(rotation, flip))).toEqual(seen);
  });

  it('finds the stored pixels of every rectangle that is seen', () => {
    const side = fc.integer({ min: 1, max: 9 });
    const cases = fc.record({
      width: side,
      height: side,
      turn: fc.constantFrom(...turns),
      x: side,
      y: side,
      w: side,
      h: side,
    });
    fc.assert(
      fc.property(cases, ({ width, height, turn, x, y, w, h }) => {
        const stored = { width, height };
        const size = turnedSize(stored, turn);
        const rect = { x: Math.min(x, size.width) - 1, y: Math.min(y, size.height) - 1, width: 1, height: 1 };
        rect.width = Math.min(w, size.width - rect.x);
        rect.height = Math.min(h, size.height - rect.y);
        const seen = seenPixels(stored, turn);
        const wanted = seen.filter((_, i) => {
          const [column, row] = [i % size.width, Math.floor(i / size.width)];
          return (
            column >= rect.x && column < rect.x + rect.width && row >= rect.y && row < rect.y + rect.height
          );
        });
        const from = storedRect(rect, size, turn);
        const found = seen.filter((pixel) => {
          const [column, row] = [pixel % width, Math.floor(pixel / width)];
          return (
            column >= from.x && column < from.x + from.width && row >= from.y && row < from.y + from.height
          );
        });
        expect(found).toEqual(wanted);
      }),
    );
  });

  it('says which directions are reversed', () => {
    for (const turn of turns) {
      const { stepX, stepY } = placesOf({ width: 3, height: 2 }, turn);
      expect(reversals(turn)).toEqual({ columns: stepX < 0, rows: stepY < 0 });
    }
  });
});
