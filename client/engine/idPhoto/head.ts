/** Where crown, eyes and chin of an ID photo are, estimated from the marks of a face. */
import type { FaceMarks } from '../focus/findings.ts';
import type { Point, Size } from '../geometry.ts';

/** In pixels of the photo, from the top and the left. */
export interface Head {
  crown: number;
  eyes: number;
  chin: number;
  /** The middle line of the face. */
  middle: number;
  /** Degrees by which the line of the eyes falls to the right (over 0) or to the left. */
  tilt: number;
}

/**
 * The drawing school's proportions: the eyes are half way between crown and chin, the mouth a third of the way from the nose's
 * base to the chin; so a head is three times as high as the eyes are above the mouth. Hair adds to the crown, so this is an
 * estimate of the skull's.
 */
const crownAbove = 1.5;
const chinBelow = 1.5;

/** How far an estimate of the head's height may be off, as a share of it. */
export const headError = 0.06;

/** null where the face is turned, lies down or is too small to measure. */
export function headOf(marks: FaceMarks, photo: Size): Head | null {
  const at = ({ x, y }: Point) => ({ x: x * photo.width, y: y * photo.height });
  const [first, second] = [at(marks.rightEye), at(marks.leftEye)].toSorted((a, b) => a.x - b.x);
  const mouth = at(marks.mouth);
  if (!first || !second) return null;
  const eyes = { x: (first.x + second.x) / 2, y: (first.y + second.y) / 2 };
  const toMouth = mouth.y - eyes.y;
  const apart = second.x - first.x;
  const isUpright = toMouth > 4 && Math.abs(mouth.x - eyes.x) < 0.4 * toMouth;
  // Seen from the front, the eyes are about as far apart as the mouth is below them.
  if (!isUpright || apart < 0.5 * toMouth) return null;
  return {
    crown: eyes.y - crownAbove * toMouth,
    eyes: eyes.y,
    chin: eyes.y + chinBelow * toMouth,
    middle: (eyes.x + mouth.x) / 2,
    tilt: (Math.atan2(second.y - first.y, apart) * 180) / Math.PI,
  };
}
