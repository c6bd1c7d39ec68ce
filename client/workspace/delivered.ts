/** What complete exports have delivered, so that leaving asks only where work would be lost. */
import type { Edits, State } from './state.ts';

export interface Delivered {
  edits: Edits;
  photoIds: ReadonlySet<number>;
}

export function deliveredBy({ edits, photos }: State): Delivered {
  return { edits, photoIds: new Set(photos.map(({ id }) => id)) };
}

/** Whether a photo or an edit is there that no complete export has delivered. */
export function hasUndelivered({ edits, photos }: State, delivered: Delivered | null): boolean {
  if (photos.length === 0) return false;
  return delivered?.edits !== edits || photos.some(({ id }) => !delivered.photoIds.has(id));
}
