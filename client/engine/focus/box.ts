/** What was found in a photo, read from its file or drawn by the person: the boxes that a crop should keep. */
import type { Rect } from '../geometry.ts';

export const boxKinds = ['face', 'person', 'animal', 'object', 'region'] as const;
export type BoxKind = (typeof boxKinds)[number];

export interface FocusBox {
  id: string;
  kind: BoxKind;
  label: string;
  /** Fractions 0..1 of the photo after orientation. */
  box: Rect;
  /** 0..1 */
  score: number;
  weight: number;
  source: 'auto' | 'file' | 'manual';
  enabled: boolean;
}

/** How much of the area of `box` lies inside `area`, 0..1; both in the same unit. A box without area: 0. */
export function shareInside(box: Rect, area: Rect): number {
  const width = overlap(box.x, box.width, area.x, area.width);
  const height = overlap(box.y, box.height, area.y, area.height);
  const whole = box.width * box.height;
  return whole > 0 ? (width * height) / whole : 0;
}

function overlap(startA: number, lengthA: number, startB: number, lengthB: number): number {
  return Math.max(0, Math.min(startA + lengthA, startB + lengthB) - Math.max(startA, startB));
}
