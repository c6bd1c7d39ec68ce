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
const leastScore = { person: 0.35, animal: 0.3, object: 0.35, guess: 0.22 } as const;

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
  const animals = others.filter(({ label }) => isAnimal(label));
  const objects = others.filter(({ label }) => !isAnimal(label));
  const living = [...persons, ...animals];
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
    ...thinOut(animals.map((animal) => boxOf('animal', animal, animalWeight(animal, hasFaces)))),
    ...thinOut(objects.map((object) => boxOf('object', object, objectWeight(object, isLiving)))),
  ];
  const isSure = boxes.some(({ kind, score }) => kind !== 'object' || score > 0.4);
  if (isSure) return boxes;
  const guesses = (things ?? []).filter(
    (thing) =>
      thing.score >= leastScore.guess && !others.includes(thing) && areaOf(thing.box) <= wholePhoto.guess,
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

/** Persons that are hardly believed count this much where the photo's edge cuts them, and in a lower corner of it. */
const cutPerson = { below: 0.55, atSide: 0.5, inCorner: 0.15 } as const;

function personWeight(person: FoundThing, hasFaces: boolean): number {
  const besides = hasFaces ? besideFaces.person : 1;
  return weight.person * clamp((person.score - 0.2) / 0.4, 0.2, 1) * besides * trustInCut(person);
}

/**
 * At a side it is a passer-by more often than the subject. A box in a lower corner that is not tall is more often no person at
 * all: the railing of a bridge, a bush, a parked car.
 */
function trustInCut({ box, score }: FoundThing): number {
  const isAtSide = box.x < 0.01 || box.x + box.width > 0.99;
  if (!isAtSide || score >= cutPerson.below) return 1;
  const isInCorner = box.y + box.height > 0.99 && box.height < 0.6;
  return isInCorner ? cutPerson.inCorner : cutPerson.atSide;
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

/** So many of the heaviest one's weight all of a kind have together: a flock is no subject of thirty. */
const mostTogether = 2.2;

function thinOut(boxes: readonly WeighedBox[]): WeighedBox[] {
  const sum = boxes.reduce((total, box) => total + box.weight, 0);
  const most = mostTogether * Math.max(0, ...boxes.map((box) => box.weight));
  return boxes.map((box) => (sum > most ? { ...box, weight: (box.weight * most) / sum } : box));
}

function boxOf(kind: BoxKind, { box, score, label }: FoundThing, weighs: number): WeighedBox {
  return { kind, label, box, score, weight: weighs, source: 'auto', enabled: true };
}

function areaOf({ width, height }: Rect): number {
  return Math.max(0, width) * Math.max(0, height);
}
