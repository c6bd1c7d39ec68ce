/** A custom size as what the rest of the product works with: a spec, its pixels, and words for what the person wrote. */

import type { Sizing, Spec } from '../../specs/spec.shared.ts';
import { groupDigits, sizeWords, thin } from '../../specs/words.shared.ts';
import type { CustomSize, CustomSizeContent, Unit, WrittenSize } from '../preset.shared.ts';

/** The group under which custom sizes stand beside the catalogue. */
export const customSizeGroup = 'Your sizes';

/** The longer side of the shape that stands for a ratio or a part of the photo has at least so many pixels. */
const nominalPx = 1000;

type Written = Pick<CustomSizeContent, 'size' | 'dpi'>;

/**
 * The custom size as a spec. Nobody has published it, so it has no sources; the person is the primary one, hence confidence A.
 * `checkedOn` is empty: there is nothing to look up again.
 */
export function customSizeSpec(size: CustomSize): Spec {
  const { id, name, version, formats, minBytes, maxBytes, dpi, safeArea, mask, fit, quality } = size;
  return {
    id,
    group: customSizeGroup,
    name,
    version,
    ...pixelsOf(size),
    sizing: sizingOf(size.size),
    printedMm: printedMmOf(size.size),
    formats,
    alsoTaken: [],
    minBytes,
    maxBytes,
    minPx: null,
    maxPx: null,
    dpi,
    safeArea,
    mask,
    derived: [],
    background: null,
    head: null,
    fit,
    quality,
    note: '',
    sources: [],
    confidence: 'A',
    checkedOn: '',
    proofs: {},
    differ: [],
    earlier: [],
  };
}

/**
 * Whole pixels, at least 1. For a ratio whole numbers of exactly that shape, the longer one at least 1000; for a part of the
 * photo 1000 × 1000, which says nothing.
 */
export function pixelsOf({ size, dpi }: Written): { widthPx: number; heightPx: number } {
  switch (size.kind) {
    case 'size':
      return { widthPx: toPx(size.width, size.unit, dpi), heightPx: toPx(size.height, size.unit, dpi) };
    case 'ratio':
      return nominalShape(size.width, size.height);
    case 'longest':
      return { widthPx: size.px, heightPx: size.px };
    case 'percent':
      return { widthPx: nominalPx, heightPx: nominalPx };
  }
}

const perInch: Record<Exclude<Unit, 'px'>, number> = { mm: 25.4, cm: 2.54, in: 1 };

/** Whole pixels, at least 1, of a length on paper at so many pixels per inch. Without `dpi` only pixels mean anything. */
export function toPx(length: number, unit: Unit, dpi: number | null): number {
  return Math.max(1, Math.round(unit === 'px' ? length : (length / perInch[unit]) * (dpi ?? 0)));
}

/** Both numbers have two decimals at most: as hundredths they are whole, and a common divisor takes them down to 1000 and a little. */
function nominalShape(width: number, height: number): { widthPx: number; heightPx: number } {
  const [across, down] = [Math.round(width * 100), Math.round(height * 100)];
  const common = divisor(across, down);
  const scale = Math.ceil((nominalPx * common) / Math.max(across, down));
  return { widthPx: (across / common) * scale, heightPx: (down / common) * scale };
}

/** The greatest common one (Euclid). */
function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

function sizingOf(size: WrittenSize): Sizing {
  if (size.kind === 'size') return { kind: 'fixed' };
  return size.kind === 'percent' ? { kind: 'percent', percent: size.percent } : { kind: size.kind };
}

function printedMmOf(size: WrittenSize): Spec['printedMm'] {
  if (size.kind !== 'size' || size.unit === 'px') return null;
  const mmPer = 25.4 / perInch[size.unit];
  const toMm = (length: number) => Number((length * mmPer).toFixed(2));
  return { width: toMm(size.width), height: toMm(size.height) };
}

/** `35 × 45 mm at 300 dpi`, `4:5, as large as the photo allows`, `longest side 2048 px`, `50 % of the photo`. */
export function writtenSizeWords({ size, dpi }: Written): string {
  switch (size.kind) {
    case 'size': {
      const words = `${sizeWords(size.width, size.height)}${thin}${size.unit}`;
      return size.unit === 'px' || dpi === null ? words : `${words} at ${dpi}${thin}dpi`;
    }
    case 'ratio':
      return `${size.width}:${size.height}, as large as the photo allows`;
    case 'longest':
      return `longest side ${groupDigits(size.px)}${thin}px`;
    case 'percent':
      return `${size.percent}${thin}% of the photo`;
  }
}
