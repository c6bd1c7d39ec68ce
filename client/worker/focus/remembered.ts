/** What was found in the last photos, by their content: a photo that comes back is not searched again. In memory only. */
import type { FocusBox } from '../../engine/focus/box.ts';
import type { FoundFace } from '../../engine/focus/faceAnswers.ts';
import type { FoundThing } from '../../engine/focus/thingAnswers.ts';
import type { WeighedBox } from '../../engine/focus/weighBoxes.ts';
import type { Size } from '../../engine/geometry.ts';
import type { FirstSight } from './instant.ts';

/** Parts are added as the stages go by. */
export interface Known {
  size: Size | null;
  first: FirstSight | null;
  fromFile: readonly WeighedBox[] | null;
  faces: readonly FoundFace[] | null;
  things: readonly FoundThing[] | null;
  isCloser: boolean;
  /** Of the last answer, so that ids stay. */
  boxes: readonly FocusBox[];
}

/** About 25 KB each. */
const mostKept = 400;

const kept = new Map<string, Known>();

/** What is known of that content; what is added to it is remembered. */
export function recall(hash: string | null): Known {
  const known = (hash === null ? undefined : kept.get(hash)) ?? {
    size: null,
    first: null,
    fromFile: null,
    faces: null,
    things: null,
    isCloser: false,
    boxes: [],
  };
  if (hash === null) return known;
  kept.delete(hash); // and in again, as the newest
  kept.set(hash, known);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
  return known;
}

/** SHA-256 as text; null where the browser has none: on a site without https. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
