/** Where a second look for faces is worth its time: at the heads of people who have no face yet. */
import type { Rect, Size } from '../geometry.ts';
import { type FoundFace, faceSide } from './faceAnswers.ts';
import type { Letterbox } from './letterbox.ts';
import type { FoundThing } from './thingAnswers.ts';
import { middleOf } from './units.ts';

/** People below this score are too often none. */
const leastPerson = 0.3;

/** A face with this score needs no second look. */
const clearFace = 0.5;

/** Cells along each side of the model's square: for up to four heads, and for more. */
const cells = { few: 2, many: 3 } as const;

/**
 * The heads of the largest and surest people without a clear face, laid side by side into one square for the face model, so that
 * all of them cost one look. `photo`: its size in any unit. Empty where everybody has a face.
 */
export function headsToLook(
  faces: readonly FoundFace[],
  things: readonly FoundThing[],
  photo: Size,
): Letterbox[] {
  const matter = ({ box, score }: FoundThing) => score * Math.sqrt(box.width * box.height);
  const faceless = things
    .filter(({ label, score }) => label === 'person' && score >= leastPerson)
    .filter(({ box }) => !faces.some((face) => face.score >= clearFace && isUpThere(face.box, box)))
    .sort((a, b) => matter(b) - matter(a))
    .slice(0, cells.many ** 2);
  const across = faceless.length > cells.few ** 2 ? cells.many : cells.few;
  const side = faceSide / across;
  return faceless.map(({ box }, i) => ({
    part: headSquare(box, photo),
    inner: { x: (i % across) * side, y: Math.floor(i / across) * side, width: side, height: side },
  }));
}

/** Whether the face's middle lies in the upper half of the person. */
function isUpThere(face: Rect, person: Rect): boolean {
  const { x, y } = middleOf(face);
  const isAcross = x > person.x && x < person.x + person.width;
  return isAcross && y > person.y - 0.02 && y < person.y + 0.55 * person.height;
}

/**
 * A square (in pixels) around the head, with a little air above: as wide as the person; of tall and narrow ones at least the upper
 * 45 %, of wide ones not more than their height. It may reach over the photo's edges.
 */
function headSquare(box: Rect, photo: Size): Rect {
  const width = box.width * photo.width;
  const height = box.height * photo.height;
  const side = Math.min(Math.max(width, height * 0.45), height, width * 1.3);
  return {
    x: middleOf(box).x - side / 2 / photo.width,
    y: box.y - (side * 0.12) / photo.height,
    width: side / photo.width,
    height: side / photo.height,
  };
}
