/** The shape of each tile. One that follows the photo keeps the shape of the photo before while the next one is read. */
import type { Spec } from '../../server/specs/spec.shared.ts';
import type { Size } from '../engine/geometry.ts';
import { hasPhotosShape, sizeFor } from '../engine/specSize.ts';

export interface TileShapes {
  /** Whether the wall would look otherwise with this photo than when it was laid out last. */
  differ(specs: readonly Spec[], photo: Size | null): boolean;
  /** For laying out: `photo` is remembered. */
  of(specs: readonly Spec[], photo: Size | null): Size[];
}

/** What most cameras make, until a photo is there. */
const usualPhoto: Size = { width: 3000, height: 2000 };

export function createTileShapes(): TileShapes {
  let laidFor = usualPhoto;
  return {
    differ: (specs, photo) =>
      photo !== null &&
      photo.width * laidFor.height !== photo.height * laidFor.width &&
      specs.some(hasPhotosShape),
    of(specs, photo) {
      laidFor = photo ?? laidFor;
      // Of the photo itself, as its rounded file would make a tile a hair too wide.
      return specs.map((spec) => (hasPhotosShape(spec) ? laidFor : sizeFor(spec, null)));
    },
  };
}
