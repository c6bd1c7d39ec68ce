/** Scales a reader can follow: 1:1, 1:4, 2:1. A spec of paper is drawn in millimetres, all others in pixels of the screen. */
import type { Size } from './drawingParts.ts';
import type { Spec } from './spec.shared.ts';

/** CSS pixels in a millimetre (https://www.w3.org/TR/css-values-4/#absolute-lengths). */
const pxPerMm = 96 / 25.4;

/** `drawn`:`real` */
export interface Scale {
  drawn: number;
  real: number;
}

const reductions = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 200, 400, 1000,
].map((real) => ({ drawn: 1, real }));
const enlargements = [8, 6, 5, 4, 3, 2].map((drawn) => ({ drawn, real: 1 }));
/** For the fine bands of an ID photo; other paper is never drawn larger than it is. */
const paperEnlargements = [
  { drawn: 2, real: 1 },
  { drawn: 3, real: 2 },
];

/** The size on paper in millimetres: as the source gives it, else what pixels and resolution make; null for screens. */
export function paperSize({ printedMm, dpi, widthPx, heightPx }: Spec): Size | null {
  if (printedMm !== null) return printedMm;
  return dpi === null ? null : { width: (widthPx / dpi) * 25.4, height: (heightPx / dpi) * 25.4 };
}

/** The spec at 1:1 in CSS pixels: millimetres of paper, or its own pixels. */
export function trueSize(spec: Spec): Size {
  const paper = paperSize(spec);
  if (paper === null) return { width: spec.widthPx, height: spec.heightPx };
  return { width: paper.width * pxPerMm, height: paper.height * pxPerMm };
}

/** The largest scale at which the spec fits the room; the smallest there is when none does. */
export function chooseScale(spec: Spec, room: Size): Scale {
  const { width, height } = trueSize(spec);
  const fits = (scale: Scale) =>
    applyScale(width, scale) <= room.width && applyScale(height, scale) <= room.height;
  const larger = paperSize(spec) === null ? enlargements : spec.head === null ? [] : paperEnlargements;
  return [...larger, ...reductions].find(fits) ?? { drawn: 1, real: 1000 };
}

export function applyScale(length: number, { drawn, real }: Scale): number {
  return (length * drawn) / real;
}

/** `1:4, so 4 px of the file are 1 px here`, `2:1 of the size on paper`. */
export function scaleWords(scale: Scale, isPaper: boolean): string {
  const ratio = `${scale.drawn}:${scale.real}`;
  if (isPaper) return ratio === '1:1' ? '1:1, the size on paper' : `${ratio} of the size on paper`;
  if (ratio === '1:1') return '1:1, pixel for pixel';
  return scale.drawn === 1
    ? `1:${scale.real}, ${scale.real} px of the file are 1 px here`
    : `${ratio}, 1 px of the file is ${scale.drawn} px here`;
}
