/** Which of the faces that were found are believed, by the people and animals around them. */
import { clamp, type Rect } from '../geometry.ts';
import type { FoundFace } from './faceAnswers.ts';
import type { FoundThing } from './thingAnswers.ts';

export interface BelievedFace extends FoundFace {
  /** 0..1: its own score and the support of a person. */
  evidence: number;
  /** 0..1: lower for a second face in one person. */
  share: number;
  /** The person whose face it is; null where none was seen. */
  person: FoundThing | null;
}

/** How much of the evidence comes from the face's own score, and how much from a person around it. */
const ownPart = 0.45;
const personPart = 0.35;

/** What a face's own score counts before people are looked for. */
const alonePart = 0.5;

/** Less is no face: with a person around it a score of 0.3 will do; alone it takes 0.67, before people are looked for 0.6. */
const leastEvidence = 0.3;

/** `things`: null before they were looked for. The most evident come first. */
export function believeFaces(
  faces: readonly FoundFace[],
  things: readonly FoundThing[] | null,
  persons: readonly FoundThing[],
): BelievedFace[] {
  const animals = (things ?? []).filter(({ label, score }) => isAnimal(label) && score > 0.4);
  const candidates = faces.flatMap((face) => {
    const support = Math.max(0, ...persons.map((person) => supportOf(person, face.box)));
    if (support < 0.9 && animals.some(({ box }) => shareOf(face.box, box) > 0.7)) return [];
    const evidence = things ? ownPart * face.score + personPart * support : alonePart * face.score;
    return evidence >= leastEvidence ? [{ ...face, evidence }] : [];
  });
  const taken = new Set<FoundThing>();
  return candidates
    .sort((a, b) => b.evidence - a.evidence)
    .map((face) => {
      const middle = face.box.y + face.box.height / 2;
      const around = persons.filter(({ box }) => isMiddleInside(face.box, box));
      const [person] = around
        .filter((person) => !taken.has(person))
        .sort((a, b) => Math.abs(depthIn(a.box, middle)) - Math.abs(depthIn(b.box, middle)));
      if (person) taken.add(person);
      // A person has one face; a second one may be another person's behind, if it is a clear one.
      const isSecond = around.length > 0 && !person;
      return { ...face, share: isSecond ? (face.score > 0.75 ? 0.7 : 0.3) : 1, person: person ?? null };
    });
}

const animalLabels = new Set('bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,giraffe'.split(','));

export function isAnimal(label: string): boolean {
  return animalLabels.has(label);
}

/** 0..1: a face begins near the top of a person, whatever its size, and is not much smaller than heads are. */
function supportOf(person: FoundThing, face: Rect): number {
  const middle = { x: face.x + face.width / 2, y: face.y + face.height / 2 };
  const { box } = person;
  const depth = depthIn(box, face.y);
  if (middle.x < box.x - 0.02 || middle.x > box.x + box.width + 0.02) return 0;
  if (depth < -0.15 || depth > 0.57) return 0;
  const place = depth < 0.32 ? 1 : depth < 0.42 ? 0.6 : 0.25;
  const size = face.height / box.height > 0.06 ? 1 : 0.4;
  return place * size * clamp((person.score - 0.2) / 0.3, 0.3, 1);
}

/** 0 at the top of the box, 1 at its bottom. */
function depthIn(box: Rect, y: number): number {
  return (y - box.y) / box.height;
}

function isMiddleInside(inner: Rect, outer: Rect): boolean {
  const [x, y] = [inner.x + inner.width / 2, inner.y + inner.height / 2];
  return x > outer.x && x < outer.x + outer.width && y > outer.y && y < outer.y + outer.height;
}

/** How much of `inner` lies in `outer`. */
function shareOf(inner: Rect, outer: Rect): number {
  const width = Math.min(inner.x + inner.width, outer.x + outer.width) - Math.max(inner.x, outer.x);
  const height = Math.min(inner.y + inner.height, outer.y + outer.height) - Math.max(inner.y, outer.y);
  return (Math.max(0, width) * Math.max(0, height)) / (inner.width * inner.height);
}
