/** The crop of an ID photo that puts head and eyes where the place wants them. Only a crop: nothing is turned or retouched. */
import type { Band, HeadRule } from '../../../server/specs/spec.shared.ts';
import { clamp, type Rect, type Size } from '../geometry.ts';
import type { Head } from './head.ts';

export type IdCrop =
  /** The place crops by itself: even a crop breaks its rule. */
  | { kind: 'uploadOriginal' }
  /** In pixels of the photo, inside it. `missing`: sides on which the photo ends too early for the middle of the rule. */
  | { kind: 'crop'; crop: Rect; missing: Side[] };

export type Side = 'top' | 'right' | 'bottom' | 'left';

/** Chin to crown where the rule leaves it free, and the share above the crown where it leaves that free too. */
const usualHeight = 0.7;
const usualAbove = 0.1;

/** Head heights tried inside the rule's band. */
const steps = 40;

/**
 * Of all crops of the spec's shape that keep the head's height inside its band, the one whose eyes, air above and height are
 * nearest to the middle of their bands, and that reaches least over the photo's edges; then moved onto the photo.
 */
export function idCrop(head: Head, rule: HeadRule, spec: Size, photo: Size): IdCrop {
  if (!rule.mayCrop) return { kind: 'uploadOriginal' };
  const band = rule.height ?? { min: usualHeight, max: usualHeight };
  const aspect = spec.width / spec.height;
  let best: { crop: Rect; cost: number } | null = null;
  for (let i = 0; i <= steps; i++) {
    const share = band.min + ((band.max - band.min) * i) / steps;
    const height = (head.chin - head.crown) / share;
    const width = height * aspect;
    const top = topFor(head, rule, height);
    const crop = { x: head.middle - width / 2, y: top, width, height };
    const over = overshoot(crop, photo);
    const cost =
      20 * (over.top + over.right + over.bottom + over.left) +
      farness((top + height - head.eyes) / height, rule.eyes) +
      farness((head.crown - top) / height, rule.above) +
      farness(share, rule.height);
    if (!best || cost < best.cost) best = { crop, cost };
  }
  const { crop } = best ?? { crop: { x: 0, y: 0, ...photo } };
  const over = overshoot(crop, photo);
  const sides: Side[] = ['top', 'right', 'bottom', 'left'];
  return { kind: 'crop', crop: moveOnto(crop, photo), missing: sides.filter((side) => over[side] > 0.002) };
}

/** From the top of the photo: the middle between what the eyes and what the air above ask for. */
function topFor({ eyes, crown }: Head, rule: HeadRule, height: number): number {
  const byEyes = rule.eyes && eyes - (1 - middleOf(rule.eyes)) * height;
  const byAir = rule.above && crown - middleOf(rule.above) * height;
  if (byEyes !== null && byAir !== null) return (byEyes + byAir) / 2;
  return byEyes ?? byAir ?? crown - usualAbove * height;
}

/** In half widths of the band: 0 in its middle, 1 at its end. */
function farness(value: number, band: Band | null): number {
  if (!band) return 0;
  return (Math.abs(value - middleOf(band)) * 2) / Math.max(0.01, band.max - band.min);
}

/** In heights of the crop. */
function overshoot(crop: Rect, photo: Size): Record<Side, number> {
  return {
    top: Math.max(0, -crop.y) / crop.height,
    left: Math.max(0, -crop.x) / crop.height,
    right: Math.max(0, crop.x + crop.width - photo.width) / crop.height,
    bottom: Math.max(0, crop.y + crop.height - photo.height) / crop.height,
  };
}

/** Smaller where the photo is too small for it, else only moved. */
function moveOnto(crop: Rect, photo: Size): Rect {
  const scale = Math.min(1, photo.width / crop.width, photo.height / crop.height);
  const width = crop.width * scale;
  const height = crop.height * scale;
  return {
    x: clamp(crop.x + (crop.width - width) / 2, 0, photo.width - width),
    y: clamp(crop.y + (crop.height - height) / 2, 0, photo.height - height),
    width,
    height,
  };
}

function middleOf({ min, max }: Band): number {
  return (min + max) / 2;
}
