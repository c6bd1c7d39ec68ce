/**
 * The pictures that the wall draws from. Per photo a preview and its halvings, so that a small tile never has to shrink a
 * large picture in the frame in which it is drawn. Only the photos looked at last are kept; the others are read again.
 */

import type { Photo } from './state.ts';

/** Largest first; each about half of the one before. */
export type Levels = readonly ImageBitmap[];

export interface Previews {
  get(photoId: number): Levels | null;
  /** What there is to show of a photo now: its preview, or its thumbnail while the preview is read again. */
  show(photo: Pick<Photo, 'id' | 'thumbnail'>): Levels | null;
  put(photoId: number, preview: ImageBitmap): Promise<void>;
  drop(photoId: number): void;
}

const keptPhotos = 4;
const smallestSide = 120;

export function createPreviews(): Previews {
  // A Map keeps the order in which keys were put: the first is the one not used for longest.
  const kept = new Map<number, Levels>();
  const standIns = new WeakMap<ImageBitmap, Levels>();

  function drop(photoId: number): void {
    for (const level of kept.get(photoId) ?? []) level.close();
    kept.delete(photoId);
  }

  function get(photoId: number): Levels | null {
    const levels = kept.get(photoId);
    if (!levels) return null;
    kept.delete(photoId);
    kept.set(photoId, levels);
    return levels;
  }

  /** The same thumbnail always gives the same levels, as what is painted from them is kept by them. */
  function standIn(thumbnail: ImageBitmap): Levels {
    const levels = standIns.get(thumbnail) ?? [thumbnail];
    standIns.set(thumbnail, levels);
    return levels;
  }

  return {
    get,
    show: ({ id, thumbnail }) => get(id) ?? (thumbnail && standIn(thumbnail)),
    async put(photoId, preview) {
      const levels = await halve(preview);
      drop(photoId);
      kept.set(photoId, levels);
      for (const oldest of [...kept.keys()].slice(0, -keptPhotos)) drop(oldest);
    },
    drop,
  };
}

/** The smallest level that still has a pixel for each pixel drawn; `scale` is drawn pixels per photo pixel. */
export function levelFor(levels: Levels, photoWidth: number, scale: number): ImageBitmap | null {
  const needed = photoWidth * scale;
  return levels.findLast((level) => level.width >= needed) ?? levels[0] ?? null;
}

async function halve(preview: ImageBitmap): Promise<Levels> {
  const levels = [preview];
  let last = preview;
  while (Math.max(last.width, last.height) >= 2 * smallestSide && Math.min(last.width, last.height) >= 2) {
    last = await createImageBitmap(last, {
      resizeWidth: Math.round(last.width / 2),
      resizeHeight: Math.round(last.height / 2),
      resizeQuality: 'high',
    });
    levels.push(last);
  }
  return levels;
}
