/** Editing by hand: the focal point of a photo and the pinned crop of one spec. */
import { maxZoom, type PinnedCrop } from './drawPlan.ts';
import { clamp, coverCrop, type Point, type Rect, type Size } from './geometry.ts';

/** The focal point moved by fractions of the photo's sides, kept inside the photo. */
export function moveFocal(focal: Point, dx: number, dy: number): Point {
  return { x: clamp(focal.x + dx, 0, 1), y: clamp(focal.y + dy, 0, 1) };
}

/** The pinned crop that shows what `source` (a draw plan's, in photo pixels) shows, as nearly as the spec's shape allows. */
export function pinFrom(source: Rect, photo: Size, spec: Size): PinnedCrop {
  const largest = coverCrop(photo, spec, { x: 0.5, y: 0.5 });
  const zoom = Math.min(largest.width / source.width, largest.height / source.height);
  const middle = {
    x: (source.x + source.width / 2) / photo.width,
    y: (source.y + source.height / 2) / photo.height,
  };
  return keepInside({ ...middle, zoom }, photo, spec);
}

/** The part of the photo that a pinned crop shows, in photo pixels. */
export function pinnedRect(pinned: PinnedCrop, photo: Size, spec: Size): Rect {
  return coverCrop(photo, spec, pinned, pinned.zoom);
}

/**
 * Moves the crop over the photo by fractions of the crop's own size: 0.5 to the right shows what was at the right edge
 * in the middle. A pointer that drags the picture passes minus its way over the tile.
 */
export function panPinned(pinned: PinnedCrop, photo: Size, spec: Size, dx: number, dy: number): PinnedCrop {
  const crop = pinnedRect(pinned, photo, spec);
  const moved = {
    x: pinned.x + (dx * crop.width) / photo.width,
    y: pinned.y + (dy * crop.height) / photo.height,
    zoom: pinned.zoom,
  };
  return keepInside(moved, photo, spec);
}

/**
 * Zooms by `factor` (over 1 shows less of the photo) within 1..maxZoom. What lies under `at`, a point of the tile in
 * fractions, stays under it unless the photo's edge is in the way.
 */
export function zoomPinned(
  pinned: PinnedCrop,
  photo: Size,
  spec: Size,
  factor: number,
  at: Point,
): PinnedCrop {
  const before = pinnedRect(pinned, photo, spec);
  const zoom = clamp(pinned.zoom * factor, 1, maxZoom);
  const after = pinnedRect({ ...pinned, zoom }, photo, spec);
  const zoomed = {
    x: (before.x + before.width * at.x - after.width * (at.x - 0.5)) / photo.width,
    y: (before.y + before.height * at.y - after.height * (at.y - 0.5)) / photo.height,
    zoom,
  };
  return keepInside(zoomed, photo, spec);
}

/** The same crop with its stored middle where it really is, so that the next drag answers at once. */
function keepInside(pinned: PinnedCrop, photo: Size, spec: Size): PinnedCrop {
  const zoom = clamp(pinned.zoom, 1, maxZoom);
  const crop = coverCrop(photo, spec, pinned, zoom);
  return { x: (crop.x + crop.width / 2) / photo.width, y: (crop.y + crop.height / 2) / photo.height, zoom };
}
