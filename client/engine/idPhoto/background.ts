/** How even the background of an ID photo is, as far as pixels tell. */
import type { Pixels } from '../blur.ts';
import { clamp, type Rect } from '../geometry.ts';
import type { IdRow } from './rows.ts';

export interface Background {
  /** Mean colour, 0..255 each. */
  colour: readonly [red: number, green: number, blue: number];
  /** Root of the mean square distance from it, in byte values: paper in even light has under 6, a wall with shadows 15. */
  spread: number;
}

/**
 * Looks at what is above the chin and beside the head: shoulders are no background. `head` in pixels of `pixels`; null where
 * nothing is left beside it.
 */
export function measureBackground(pixels: Pixels, head: Rect): Background | null {
  const bottom = clamp(Math.round(head.y + 0.85 * head.height), 1, pixels.height);
  const isHead = (x: number) => x >= head.x - 0.25 * head.width && x <= head.x + 1.25 * head.width;
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  let count = 0;
  for (let y = 0; y < bottom; y++) {
    for (let x = 0; x < pixels.width; x++) {
      if (y >= head.y - 0.1 * head.height && isHead(x)) continue;
      count++;
      for (let channel = 0; channel < 3; channel++) {
        const value = pixels.data[(y * pixels.width + x) * 4 + channel] ?? 0;
        sums[channel] = (sums[channel] ?? 0) + value;
        squares[channel] = (squares[channel] ?? 0) + value * value;
      }
    }
  }
  if (count === 0) return null;
  const [red = 0, green = 0, blue = 0] = sums.map((sum) => sum / count);
  const variance = squares.reduce(
    (all, square, i) => all + square / count - ((sums[i] ?? 0) / count) ** 2,
    0,
  );
  return { colour: [red, green, blue], spread: Math.sqrt(Math.max(0, variance)) };
}

const spreads = { even: 10, uneven: 22 };

/** `wanted`: the place's words for it. Whether a colour is the right white is the office's to say; evenness is measured. */
export function backgroundRow({ spread }: Background, wanted: string): IdRow {
  const row = { rule: 'background', wanted } as const;
  if (spread <= spreads.even)
    return { ...row, state: 'green', found: 'even', words: 'The background is even.' };
  if (spread <= spreads.uneven) {
    return {
      ...row,
      state: 'amber',
      found: 'a little uneven',
      words: 'The background has shadows or a pattern.',
    };
  }
  return {
    ...row,
    state: 'red',
    found: 'uneven',
    words: `The background is uneven; ${wanted} is asked for.`,
  };
}
