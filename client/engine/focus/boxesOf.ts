/** The boxes of a photo, from everything that is known of it. */
import type { Size } from '../geometry.ts';
import type { FocusBox } from './box.ts';
import type { FoundFace } from './faceAnswers.ts';
import type { FaceMarks, SaliencyMap } from './findings.ts';
import { overlapOf } from './overlap.ts';
import { nameBoxes } from './steadyIds.ts';
import type { FoundThing } from './thingAnswers.ts';
import { type WeighedBox, weighBoxes } from './weighBoxes.ts';

export interface Seen {
  /** What the file says itself. */
  fromFile: readonly WeighedBox[];
  faces: readonly FoundFace[];
  /** null before they were looked for. */
  things: readonly FoundThing[] | null;
  /** What stands out, if that is known. */
  saliency: SaliencyMap | null;
  /** Faces come first: where there are some, hardly anything else counts. */
  facesFirst: boolean;
}

/** What a box that is no face counts when faces come first. */
const behindFaces = 0.15;

/** Share of area from which a found box shows what the file names already. */
const sameAsInFile = 0.4;

/** `before`: the boxes of the last look at this photo, whose ids are kept. */
export function boxesOf(
  seen: Seen,
  photo: Size,
  before: readonly FocusBox[],
): { boxes: FocusBox[]; marks: Record<string, FaceMarks> } {
  const found = weighBoxes(seen.faces, seen.things, photo, seen.saliency).filter(
    ({ kind, box }) =>
      !seen.fromFile.some((told) => told.kind === kind && overlapOf(told.box, box) > sameAsInFile),
  );
  const hasFaces = [...seen.fromFile, ...found].some(({ kind, enabled }) => kind === 'face' && enabled);
  const isLast = ({ kind, source }: WeighedBox) =>
    seen.facesFirst && hasFaces && kind !== 'face' && source === 'auto';
  const weighed = [...seen.fromFile, ...found].map((box) =>
    isLast(box) ? { ...box, weight: box.weight * behindFaces } : box,
  );
  const marks: Record<string, FaceMarks> = {};
  const boxes = nameBoxes(weighed, before).map(({ marks: own, ...box }): FocusBox => {
    if (own) marks[box.id] = own;
    return box;
  });
  return { boxes, marks };
}
