/** From what the models found to the boxes that a crop should keep, each with its weight. */
import { clamp, type Rect, type Size } from '../geometry.ts';
import { type BelievedFace, believeFaces, isAnimal } from './believeFaces.ts';
import type { BoxKind, FocusBox } from './box.ts';
import type { FoundFace } from './faceAnswers.ts';
import type { FaceMarks } from './findings.ts';
import { headBox } from './headBox.ts';
import type { FoundThing } from './thingAnswers.ts';

export interface WeighedBox extends Omit<FocusBox, 'id'> {
  marks?: FaceMarks;
}

/** Below these scores nothing is believed; a weak guess counts only where there is nothing else. */
const leastScore = { person: 0.35, animal: 0.3, object: 0.35 } as const;

/** A box with more of the photo's area than this is the photo, and says nothing of where to crop. */
const wholePhoto = { object: 0.92, guess: 0.85 } as const;

/**
 * What a clear and large one of its kind counts; a face counts 1. `body` is a person whose face is there already. Chosen on 44
 * labelled photos, where changing any one of them moved the share of boxes kept whole by at most a point.
 */
const weight = { body: 0.25, person: 0.75, animal: 0.9, object: 0.45, guess: 0.25 } as const;

/** Where something that lives is there, other things are beside the point. */
const besideFaces = { person: 0.5, animal: 0.6 } as const;
const besideLiving = 0.25;

/** COCO's classes that are where people are, and not what a photo is of. */
const surroundings = new Set(
  (
    'chair,couch,bed,dining table,bench,traffic light,parking meter,tie,handbag,backpack,tv,toilet,oven,sink,refrigerator,' +
    'microwave'
  ).split(','),
);

/** Out-of-focus faces count a fifth, and less than smaller sharp ones. */
const sharpnessRange = { none: 0.12, whole: 0.42, least: 0.2 } as const;

/** `things`: null before they were looked for. `photo`: its shape. */
export function weighBoxes(
  faces: readonly FoundFace[],
  things: readonly FoundThing[] | null,
  photo: Size,
): WeighedBox[] {
  const persons = (things ?? []).filter(
    ({ label, score }) => label === 'person' && score >= leastScore.person,
  );
  const believed = believeFaces(faces, things, persons);
  const others = (things ?? []).filter(isOther);
  const living = [...persons, ...others.filter(({ label }) => isAnimal(label))];
  const hasFaces = believed.length > 0;
  const isLiving = hasFaces || persons.length > 0 || living.some(({ score }) => score > 0.4);
  const largestLiving = Math.max(1e-6, ...living.map(({ box }) => areaOf(box)));
  const boxes: WeighedBox[] = [
    ...weighFaces(believed, photo),
    ...persons.map((person) => {
      const isBody = believed.some((face) => face.person === person);
      const relative = Math.sqrt(areaOf(person.box) / largestLiving);
      return boxOf('person', person, relative * (isBody ? weight.body : personWeight(person, hasFaces)));
    }),
    ...others.map((thing) =>
      isAnimal(thing.label)
        ? boxOf('animal', thing, animalWeight(thing, hasFaces))
        : boxOf('object', thing, objectWeight(thing, isLiving)),
    ),
  ];
  const isSure = boxes.some(({ kind, score }) => kind !== 'object' || score > 0.4);
  if (isSure) return boxes;
  const guesses = (things ?? []).filter(
    (thing) => !others.includes(thing) && areaOf(thing.box) <= wholePhoto.guess,
  );
  return [...boxes, ...guesses.map((thing) => boxOf('region', thing, guessWeight(thing)))];
}

/** A thing that is neither a person nor something that only stands around. */
function isOther({ label, score, box }: FoundThing): boolean {
  if (label === 'person' || areaOf(box) > wholePhoto.object) return false;
  if (isAnimal(label)) return score >= leastScore.animal;
  return score >= leastScore.object && !surroundings.has(label);
}

function weighFaces(faces: readonly BelievedFace[], photo: Size): WeighedBox[] {
  const sized = faces.map((face) => {
    const box = headBox(face, photo);
    const { none, whole, least } = sharpnessRange;
    const sharp = face.sharpness === null ? 1 : clamp((face.sharpness - none) / (whole - none), least, 1);
    return { face, box, sharp };
  });
  const largest = Math.max(1e-6, ...sized.map(({ face, box, sharp }) => areaOf(box) * sharp * face.share));
  return sized.map(({ face, box, sharp }) => {
    const relative = Math.min(1, (areaOf(box) * sharp) / largest) ** 0.35;
    return {
      ...boxOf('face', { box, score: face.score, label: 'face' }, 0),
      weight: clamp(face.evidence, 0.3, 1) * relative * sharp * face.share,
      marks: face.marks,
    };
  });
}

function personWeight({ box, score }: FoundThing, hasFaces: boolean): number {
  const isAtEdge = box.x < 0.01 || box.x + box.width > 0.99;
  const doubt = isAtEdge && score < 0.55 ? 0.5 : 1; // half of a passer-by, more often than the subject
  return weight.person * clamp((score - 0.2) / 0.4, 0.2, 1) * (hasFaces ? besideFaces.person : 1) * doubt;
}

function animalWeight({ box, score }: FoundThing, hasFaces: boolean): number {
  const size = Math.min(1, areaOf(box) / 0.04) ** 0.35;
  return weight.animal * clamp((score - 0.15) / 0.4, 0.2, 1) * size * (hasFaces ? besideFaces.animal : 1);
}

function objectWeight({ box, score }: FoundThing, isLiving: boolean): number {
  const size = Math.min(1, areaOf(box) / 0.03) ** 0.3;
  return weight.object * clamp((score - 0.15) / 0.35, 0.2, 1) * size * (isLiving ? besideLiving : 1);
}

function guessWeight({ box, score }: FoundThing): number {
  return weight.guess * clamp(score / 0.3, 0.3, 1) * Math.min(1, areaOf(box) / 0.05) ** 0.3;
}

function boxOf(kind: BoxKind, { box, score, label }: FoundThing, weighs: number): WeighedBox {
  return { kind, label, box, score, weight: weighs, source: 'auto', enabled: true };
}

function areaOf({ width, height }: Rect): number {
  return Math.max(0, width) * Math.max(0, height);
}
