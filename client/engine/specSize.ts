/** From a spec to the pixels of its file. A custom size may leave them to the photo: a shape, a longest side, a part of it. */
import type { Fit } from '../../server/specs/fit.shared.ts';
import { largestSidePx } from '../../server/specs/largestSide.shared.ts';
import type { Spec } from '../../server/specs/spec.shared.ts';
import { centre, clamp, coverCrop, type Size, sizeInside } from './geometry.ts';

export type SizedSpec = Pick<Spec, 'widthPx' | 'heightPx' | 'sizing'>;

/**
 * The exact size of the spec's file in whole pixels, at least 1 x 1. `photo` null: what can be said without one, which for
 * a part of the photo is only a shape. `enlarge` matters to `longest` alone: whether a smaller photo is made larger.
 */
export function sizeFor(spec: SizedSpec, photo: Size | null, enlarge = false): Size {
  const { widthPx, heightPx, sizing } = spec;
  if (sizing.kind === 'fixed' || photo === null) return { width: widthPx, height: heightPx };
  switch (sizing.kind) {
    case 'ratio': {
      const { width, height } = coverCrop(photo, { width: widthPx, height: heightPx }, centre);
      return withinCanvas({ width, height });
    }
    case 'longest': {
      const longest = Math.max(photo.width, photo.height);
      if (longest <= widthPx && !enlarge) return withinCanvas(photo);
      return withinCanvas(sizeInside(photo, { width: widthPx, height: widthPx }));
    }
    case 'percent': {
      const share = sizing.percent / 100;
      return withinCanvas({ width: photo.width * share, height: photo.height * share });
    }
  }
}

/** Whether the spec's file has another shape for another photo, so that its tile does too. */
export function hasPhotosShape({ sizing }: SizedSpec): boolean {
  return sizing.kind === 'longest' || sizing.kind === 'percent';
}

/**
 * The fit that the draw plan gets. A file of the photo's own shape always shows the whole photo: there is nothing to crop
 * and no room for a background, and its size is exact.
 */
export function fitOf(spec: SizedSpec, fit: Fit): Fit {
  return hasPhotosShape(spec) ? { ...fit, mode: 'stretch' } : fit;
}

/** A fit says so by its mode: "Fit inside" with enlarging. */
export function enlarges({ mode, enlarge }: Fit): boolean {
  return mode === 'inside' && enlarge;
}

function withinCanvas({ width, height }: Size): Size {
  const scale = Math.min(1, largestSidePx / Math.max(width, height));
  return {
    width: clamp(Math.round(width * scale), 1, largestSidePx),
    height: clamp(Math.round(height * scale), 1, largestSidePx),
  };
}
