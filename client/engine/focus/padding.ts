/** The least padding with which everything that must stay is seen. */
import { clamp, type Point, type Rect, type Size } from '../geometry.ts';
import type { FocusBox } from './box.ts';
import { type Hull, hullOf } from './hull.ts';
import { isWhole } from './must.ts';
import { inFractions, paddedShare } from './units.ts';
import { type Place, seenArea, shareSeen } from './visible.ts';

/** How many sizes are tried from the unpadded crop up to the largest useful one. */
const sizes = 80;

/**
 * The crop (pixels of the photo; it reaches over the photo's edges) that shows all of `must` with the smallest share of
 * padding, near to `crop` where there is a choice; null where even the largest does not, as in a safe area without area.
 */
export function padFor(must: readonly FocusBox[], place: Place, photo: Size, crop: Rect): Rect | null {
  if (must.length === 0) return null;
  const hull = hullOf(must, photo);
  const largest = largestScale(place, photo, crop);
  let best: { crop: Rect; padding: number } | null = null;
  for (let i = 0; i <= sizes; i++) {
    const scale = largest ** (i / sizes);
    const size = { width: crop.width * scale, height: crop.height * scale };
    const position = positionFor(hull, place, photo, size, crop);
    if (!position) continue;
    const candidate = { ...position, ...size };
    if (!seesAll(must, place, photo, candidate)) continue;
    const padding = paddedShare(candidate, photo);
    if (!best || padding < best.padding - 1e-6) best = { crop: candidate, padding };
  }
  return best?.crop ?? null;
}

/** Where a crop of that size sees the hull, as near to the middle of `crop` as that allows; null where it is too small. */
function positionFor(hull: Hull, place: Place, photo: Size, size: Size, crop: Rect): Point | null {
  const { window, circles } = seenArea(place, { x: 0, y: 0, ...size });
  const lowX = hull.rect.x + hull.rect.width - window.x - window.width;
  const highX = hull.rect.x - window.x;
  const lowY = hull.rect.y + hull.rect.height - window.y - window.height;
  const highY = hull.rect.y - window.y;
  if (lowX > highX + 1e-9 || lowY > highY + 1e-9) return null;
  const wished = {
    x: clamp(unpadded(crop.x + crop.width / 2, size.width, photo.width), lowX, highX),
    y: clamp(unpadded(crop.y + crop.height / 2, size.height, photo.height), lowY, highY),
  };
  const [circle] = circles;
  if (!circle) return wished;
  const radius = circle.width / 2;
  const middle = { x: circle.x + radius, y: circle.y + circle.height / 2 };
  const tight = { x: hull.centre.x - middle.x, y: hull.centre.y - middle.y };
  const isSeen = (way: number) => {
    const at = { x: tight.x + (wished.x - tight.x) * way, y: tight.y + (wished.y - tight.y) * way };
    return hull.points.every(({ x, y }) => Math.hypot(x - at.x - middle.x, y - at.y - middle.y) <= radius);
  };
  // What is near enough to all the points is convex, so the way from the tight position to the wished one leaves it once.
  let [inside, outside] = isSeen(1) ? [1, 1] : [0, 1];
  for (let i = 0; i < 20 && inside < outside; i++) {
    const way = (inside + outside) / 2;
    if (isSeen(way)) inside = way;
    else outside = way;
  }
  return { x: tight.x + (wished.x - tight.x) * inside, y: tight.y + (wished.y - tight.y) * inside };
}

/** The start of a stretch of that length around `middle`, moved onto the photo; centred where it is longer than the photo. */
function unpadded(middle: number, length: number, photoLength: number): number {
  const slack = photoLength - length;
  return slack <= 0 ? slack / 2 : clamp(middle - length / 2, 0, slack);
}

/** The scale of the crop at which the whole photo lies inside what is seen, whatever the shape. */
function largestScale(place: Place, photo: Size, crop: Rect): number {
  const { window, circles } = seenArea(place, { x: 0, y: 0, width: crop.width, height: crop.height });
  const scale = Math.max(photo.width / window.width, photo.height / window.height);
  const corners = circles.length > 0 ? Math.SQRT2 : 1;
  return Number.isFinite(scale) ? Math.max(1, scale * corners) : 1;
}

function seesAll(must: readonly FocusBox[], place: Place, photo: Size, crop: Rect): boolean {
  const seen = seenArea(place, inFractions(crop, photo));
  return must.every((box) => isWhole(shareSeen(box, seen)));
}
