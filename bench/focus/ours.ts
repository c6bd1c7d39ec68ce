/** Our own crops, from what the worker found. */
import { type Placement, place } from '../../client/engine/focus/placement.ts';
import type { LabelledPhoto } from './labels.ts';
import { type StoredLook, sceneFrom } from './looks.ts';
import { type Aspect, aspectNames, aspects } from './measure.ts';
import type { Crops } from './peers.ts';

/** The largest crops, without padding. */
export function placeAll(photo: LabelledPhoto, look: StoredLook): Record<Aspect, Placement> {
  const scene = sceneFrom(look, { width: photo.width, height: photo.height });
  const placed = aspectNames.map((name) => {
    const wish = { widthPx: 1000 * aspects[name], heightPx: 1000, safeArea: null, mask: null, pads: false };
    return [name, place(scene, wish)] as const;
  });
  return Object.fromEntries(placed) as Record<Aspect, Placement>;
}

/** In fractions of the photo. */
export function cropsOf({ width, height }: LabelledPhoto, placements: Record<Aspect, Placement>): Crops {
  const crops = aspectNames.map((name) => {
    const { crop } = placements[name];
    const part = {
      x: crop.x / width,
      y: crop.y / height,
      width: crop.width / width,
      height: crop.height / height,
    };
    return [name, part] as const;
  });
  return Object.fromEntries(crops) as Crops;
}
