/**
 * The pictures that the wall draws from. Per photo a preview and its halvings, so that a small tile never has to shrink a
 * large picture in the frame in which it is drawn. Only the photos looked at last are kept; the others are read again.
 */

/** Largest first; each about half of the one before. */
export type Levels = readonly ImageBitmap[];

export interface Previews {
  get(photoId: number): Levels | null;
  put(photoId: number, preview: ImageBitmap): Promise<void>;
  drop(photoId: number): void;
}

const keptPhotos = 4;
const smallestSide = 120;

export function createPreviews(): Previews {
  // A Map keeps the order in which keys were put: the first is the one not used for longest.
  const kept = new Map<number, Levels>();

  function drop(photoId: number): void {
    for (const level of kept.get(photoId) ?? []) level.close();
    kept.delete(photoId);
  }

  return {
    get(photoId) {
      const levels = kept.get(photoId);
      if (!levels) return null;
      kept.delete(photoId);
      kept.set(photoId, levels);
      return levels;
    },
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
