/** What is seen of a box at the placement: inside the crop, and inside the part of it that stays visible. */
import type { Mask, SafeArea } from '../../../server/specs/spec.shared.ts';
import type { Rect, Size } from '../geometry.ts';
import { type FocusBox, shareInside } from './box.ts';

/** Where a crop goes, as far as it matters for what is seen. */
export interface Place {
  /** In any unit: only the shape counts. */
  widthPx: number;
  heightPx: number;
  safeArea: SafeArea | null;
  mask: Mask | null;
}

/** What of a crop stays visible: what lies in the window and in every circle. In fractions of the photo, as the crop is. */
export interface SeenArea {
  window: Rect;
  /** Each as the rectangle around it: in fractions of a photo that is no square, a circle is an ellipse. */
  circles: readonly Rect[];
}

/** `crop` in any unit; the answer is in the same. */
export function seenArea(place: Place, crop: Rect): SeenArea {
  const { safeArea } = place;
  const circles: Rect[] = [];
  let window = crop;
  if (safeArea?.kind === 'inset') {
    const { left, top, right, bottom } = safeArea;
    window = common(
      window,
      partOf(crop, { x: left, y: top, width: 1 - left - right, height: 1 - top - bottom }),
    );
  }
  if (safeArea?.kind === 'rectangle') window = common(window, partOf(crop, safeArea));
  if (safeArea?.kind === 'circle') circles.push(partOf(crop, circleIn(place, safeArea)));
  if (place.mask === 'circle') circles.push(partOf(crop, circleIn(place, { x: 0.5, y: 0.5, radius: 0.5 })));
  return { window: circles.reduce(common, window), circles };
}

/** Points per side of the grid by which a share in a circle is counted. */
const grid = 9;

/**
 * The share of the box that is seen, 0..1. In a circle, a face counts as the ellipse in its box: its corners are no loss.
 */
export function shareSeen(
  { box, kind }: Pick<FocusBox, 'box' | 'kind'>,
  { window, circles }: SeenArea,
): number {
  if (circles.length === 0) return shareInside(box, window);
  if (shareInside(box, window) === 0) return 0;
  let points = 0;
  let seen = 0;
  for (let row = 0; row < grid; row++) {
    for (let column = 0; column < grid; column++) {
      const u = (column + 0.5) / grid;
      const v = (row + 0.5) / grid;
      if (kind === 'face' && (u - 0.5) ** 2 + (v - 0.5) ** 2 > 0.25) continue;
      points++;
      const x = box.x + u * box.width;
      const y = box.y + v * box.height;
      const isInWindow =
        x >= window.x && x <= window.x + window.width && y >= window.y && y <= window.y + window.height;
      if (isInWindow && circles.every((circle) => isInEllipse(circle, x, y))) seen++;
    }
  }
  return seen / points;
}

/** Without overlap: no area. */
function common(a: Rect, b: Rect): Rect {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const right = Math.min(a.x + a.width, b.x + b.width);
  const bottom = Math.min(a.y + a.height, b.y + b.height);
  return { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
}

/** The square around a circle whose radius is a fraction of the smaller side; in fractions of the sides. */
function circleIn(
  { widthPx, heightPx }: Place,
  { x, y, radius }: { x: number; y: number; radius: number },
): Rect {
  const side: Size = {
    width: (radius * Math.min(widthPx, heightPx)) / widthPx,
    height: (radius * Math.min(widthPx, heightPx)) / heightPx,
  };
  return { x: x - side.width, y: y - side.height, width: 2 * side.width, height: 2 * side.height };
}

function partOf(whole: Rect, part: Rect): Rect {
  return {
    x: whole.x + part.x * whole.width,
    y: whole.y + part.y * whole.height,
    width: part.width * whole.width,
    height: part.height * whole.height,
  };
}

function isInEllipse({ x, y, width, height }: Rect, atX: number, atY: number): boolean {
  return ((atX - x) / width - 0.5) ** 2 + ((atY - y) / height - 0.5) ** 2 <= 0.25;
}
