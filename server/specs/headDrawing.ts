/** The head rule of an ID photo on its drawing: where crown, eyes and chin may be, and a head that keeps the rule. */
import { crisp, round, type Size } from './drawingParts.ts';
import { bandWords } from './ruleWords.shared.ts';
import type { Band, HeadRule } from './spec.shared.ts';

export interface DrawnBand {
  y: number;
  height: number;
  /** Its upper and lower line across the drawing; one line for a band without breadth. */
  path: string;
  label: { y: number; name: string; value: string };
  /** From the band to its label. */
  leader: string;
}

export interface DrawnHead {
  bands: DrawnBand[];
  /** A head in the middle of all ranges; null where the rule says too little. */
  example: { x: number; y: number; width: number; height: number } | null;
  /** Whether the rule leaves the place of the head free, so that the drawing chose one. */
  isPlaceFree: boolean;
}

/** Widths of heads by their heights when no width is given; a drawing's choice, near the mean of adults. */
const usualBreadth = 0.74;
const labelPitch = 29;
const leaderPx = 10;

/** @param paper the size in millimetres, null for a screen: values are then percentages of the height. */
export function drawHead(head: HeadRule, drawing: Size, paper: Size | null): DrawnHead {
  const { crown, chin, eyes, isPlaceFree } = placeHead(head);
  const value = (band: Band) => (paper === null ? bandWords(band) : bandWords(band, paper.height, 'mm'));
  const lines = [
    crown && { name: 'crown', band: crown, value: head.above ? value(head.above) : 'example' },
    eyes && { name: 'eyes', band: eyes, value: head.eyes ? value(head.eyes) : '' },
    chin && { name: 'chin', band: chin, value: head.height ? `head ${value(head.height)}` : '' },
  ].flatMap((line) => line ?? []);
  const places = spread(lines.map(({ band }) => middle(band) * drawing.height));
  const bands = lines.map(({ name, band, value }, index) => {
    const [from, to] = [band.min * drawing.height, band.max * drawing.height];
    const label = { y: round(places[index] ?? 0), name, value };
    const start = crisp((from + to) / 2);
    const ends = [...new Set([crisp(from), crisp(Math.max(from, to - 0.5))])];
    return {
      y: round(from),
      height: round(to - from),
      path: ends.map((y) => `M0 ${y}H${round(drawing.width)}`).join(''),
      label,
      leader: `M${round(drawing.width)} ${start}L${round(drawing.width) + leaderPx} ${label.y}`,
    };
  });
  return { bands, example: exampleHead(head, drawing, { crown, chin }), isPlaceFree };
}

/** Fractions of the height from the upper edge. Where the rule leaves the place free, a little above the middle. */
function placeHead({ height, eyes, above }: HeadRule) {
  const eyeLine = eyes === null ? null : { min: inside(1 - eyes.max), max: inside(1 - eyes.min) };
  const length = height === null ? null : middle(height);
  const top = topOf(above, eyes, length);
  const crown = above ?? (top === null ? null : { min: top, max: top });
  const chin =
    height === null || top === null ? null : { min: inside(top + height.min), max: inside(top + height.max) };
  return { crown, chin, eyes: eyeLine, isPlaceFree: above === null && eyes === null };
}

/** Where the crown of the example is. Eyes are half-way down a head. */
function topOf(above: Band | null, eyes: Band | null, length: number | null): number | null {
  if (above !== null) return middle(above);
  if (length === null) return null;
  return inside(eyes === null ? (1 - length) * 0.4 : 1 - middle(eyes) - length / 2);
}

function exampleHead(
  { eyes, width }: HeadRule,
  drawing: Size,
  { crown, chin }: { crown: Band | null; chin: Band | null },
): DrawnHead['example'] {
  if (crown === null) return null;
  const top = middle(crown);
  const bottom = chin !== null ? middle(chin) : bottomWithoutLength({ eyes, width, top }, drawing);
  if (bottom === null || bottom <= top) return null;
  const height = (bottom - top) * drawing.height;
  return {
    x: round(drawing.width / 2),
    y: round(((top + bottom) / 2) * drawing.height),
    width: round(width === null ? height * usualBreadth : middle(width) * drawing.width),
    height: round(height),
  };
}

/** Where the chin of the example is when the rule gives no length: by the breadth, else as far below the eyes as the crown is above. */
function bottomWithoutLength(
  { eyes, width, top }: Pick<HeadRule, 'eyes' | 'width'> & { top: number },
  drawing: Size,
): number | null {
  if (width !== null) return top + (middle(width) * drawing.width) / usualBreadth / drawing.height;
  return eyes === null ? null : top + 2 * (1 - eyes.min - top);
}

/** Moves labels down until none stands on another. */
function spread(places: number[]): number[] {
  let last = Number.NEGATIVE_INFINITY;
  return places.map((place) => {
    last = Math.max(place, last + labelPitch);
    return last;
  });
}

function middle({ min, max }: Band): number {
  return (min + max) / 2;
}

function inside(share: number): number {
  return Math.min(1, Math.max(0, share));
}
