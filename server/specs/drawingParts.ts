/** What technical drawings are made of, as numbers and SVG paths: dimension lines and rulers. One unit is one CSS pixel. */
import type { Band } from './spec.shared.ts';

export interface Size {
  width: number;
  height: number;
}

export interface Text {
  x: number;
  y: number;
  words: string;
  /** Read from below to above, along a line that stands. */
  isTurned: boolean;
  anchor: 'start' | 'middle' | 'end';
}

export interface Lines {
  path: string;
  texts: Text[];
}

/** Half the length of the stroke that ends a dimension line. */
const endStroke = 4;
/** What one character of our small figures takes, and the air at both ends. */
const charPx = 6.6;
const airPx = 8;

/** One piece of a dimension line: from, to, and what it measures; a piece too short for its words has none. */
export interface Measure extends Band {
  words: string;
}

/** A dimension line beside the drawing: `at` is its y when it lies, its x when it stands. */
export function dimensionLine(
  measures: readonly Measure[],
  at: number,
  direction: 'lying' | 'standing',
): Lines {
  const line: Lines = { path: '', texts: [] };
  const middle = crisp(at);
  for (const [index, { min, max, words }] of measures.entries()) {
    const [from, to] = [crisp(min), crisp(max)];
    const ends = index === 0 ? [from, to] : [to];
    if (direction === 'lying') {
      line.path += `M${from} ${middle}H${to}`;
      for (const x of ends) line.path += `M${x} ${middle - endStroke}v${2 * endStroke}`;
    } else {
      line.path += `M${middle} ${from}V${to}`;
      for (const y of ends) line.path += `M${middle - endStroke} ${y}h${2 * endStroke}`;
    }
    if (max - min < words.length * charPx + airPx) continue;
    const along = round((min + max) / 2);
    line.texts.push({
      ...(direction === 'lying' ? { x: along, y: middle } : { x: middle, y: along }),
      words,
      isTurned: direction === 'standing',
      anchor: 'middle',
    });
  }
  return line;
}

/**
 * A ruler that stands at `x`, its strokes to the left, from zero below up to `top`. `stepPx` is the length of one unit;
 * every fifth stroke is longer, every tenth or twentieth has its number. Strokes closer than 3 px are left out, except
 * each fifth.
 */
export function standingRuler(at: { x: number; top: number; length: number }, stepPx: number): Lines {
  const [x, bottom] = [crisp(at.x), at.top + at.length];
  const ruler: Lines = { path: `M${x} ${at.top}V${bottom}`, texts: [] };
  const numberEvery = stepPx * 10 < 14 ? 20 : 10;
  for (let count = 0; count * stepPx <= at.length + 0.01; count += 1) {
    if (stepPx < 3 && count % 5 !== 0) continue;
    const y = crisp(bottom - count * stepPx);
    ruler.path += `M${x} ${y}h-${count % 10 === 0 ? 8 : count % 5 === 0 ? 6 : 3}`;
    if (count % numberEvery === 0)
      ruler.texts.push({ x: at.x - 11, y, words: `${count}`, isTurned: false, anchor: 'end' });
  }
  return ruler;
}

/** The middle of a pixel, so that a line of one pixel is sharp. */
export function crisp(value: number): number {
  return Math.floor(value) + 0.5;
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
