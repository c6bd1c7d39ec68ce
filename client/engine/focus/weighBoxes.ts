/** From what the models found to the boxes that a crop should keep, each with its weight. */
import { clamp, type Rect, type Size } from '../geometry.ts';
import { type BelievedFace, believeFaces, isAnimal } from './believeFaces.ts';
import type { BoxKind, FocusBox } from './box.ts';
import type { FoundFace } from './faceAnswers.ts';
import type { FaceMarks, SaliencyMap } from './findings.ts';
import { headBox } from './headBox.ts';
import { standOut } from './standOut.ts';
import type { FoundThing } from './thingAnswers.ts';

export interface WeighedBox extends Omit<FocusBox, 'id'> {
  marks?: FaceMarks;
}

/**
 * Below these scores nothing is believed; a weak guess counts only where there is nothing else, and a
 * face that only the closer look saw is shown, but switched off.
 */
const leastScore = { person: 0.35, animal: 0.3, object: 0.35, guess: 0.22, closer: 0.6 } as const;

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
  saliency: SaliencyMap | null,
): WeighedBox[] {
  const persons = (things ?? []).filter(
    ({ label, score }) => label === 'person' && score >= leastScore.person,
  );
  const doubtful = faces.filter(({ isOnlyCloser, score }) => isOnlyCloser && score < leastScore.closer);
  const believed = believeFaces(
    faces.filter((face) => !doubtful.includes(face)),
    things,
    persons,
  );
  const others = (things ?? []).filter(isOther);
  const animals = others.filter(({ label }) => isAnimal(label));
  const objects = others.filter(({ label }) => !isAnimal(label));
  const living = [...persons, ...animals];
  const hasFaces = believed.length > 0;
  const isLiving = hasFaces || persons.length > 0 || living.some(({ score }) => score > 0.4);
  const largestLiving = Math.max(1e-6, ...living.map(({ box }) => areaOf(box)));
  const boxes: WeighedBox[] = [
    ...weighFaces(believed, photo, largestLiving),
    ...weighFaces(believeFaces(doubtful, things, persons), photo, largestLiving).map((box) => ({
      ...box,
      enabled: false,
    })),
    ...persons.map((person) => {
      const isBody = believed.some((face) => face.person === person);
      const relative = Math.sqrt(areaOf(person.box) / largestLiving);
      return boxOf(
        'person',
        person,
        relative * (isBody ? weight.body : personWeight(person, hasFaces, saliency)),
      );
    }),
    ...thinOut(animals.map((animal) => boxOf('animal', animal, animalWeight(animal, hasFaces)))),
    ...thinOut(objects.map((object) => boxOf('object', object, objectWeight(object, isLiving)))),
  ];
  const isSure = boxes.some(({ kind, score, enabled }) => enabled && (kind !== 'object' || score > 0.4));
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

/** How fast faces lose weight beside a larger one, and with a person smaller than the largest: 0 not at all, 1 by area. */
const smallFace = 0.3;
const smallOwner = 0.3;

/** The area of a person whom the model did not see, by that of the head. */
const bodiesPerHead = 8;

function weighFaces(faces: readonly BelievedFace[], photo: Size, largestLiving: number): WeighedBox[] {
  const sized = faces.map((face) => {
    const box = headBox(face, photo);
    const { none, whole, least } = sharpnessRange;
    const sharp = face.sharpness === null ? 1 : clamp((face.sharpness - none) / (whole - none), least, 1);
    return { face, box, sharp };
  });
  const largest = Math.max(1e-6, ...sized.map(({ face, box, sharp }) => areaOf(box) * sharp * face.share));
  return sized.map(({ face, box, sharp }) => {
    const relative = Math.min(1, (areaOf(box) * sharp) / largest) ** smallFace;
    const owner = face.person ? areaOf(face.person.box) : bodiesPerHead * areaOf(box);
    const prominence = Math.min(1, owner / largestLiving) ** smallOwner;
    return {
      ...boxOf('face', { box, score: face.score, label: 'face' }, 0),
      weight: clamp(face.evidence, 0.3, 1) * relative * sharp * face.share * prominence,
      marks: face.marks,
    };
  });
}

/** A person without a face is sure from this score on; `range` below it, only what the photo says beside it counts. */
const surePerson = { from: 0.58, range: 0.15 } as const;

/** How much more than the rest of the photo a box has to stand out to say nothing, and to say that somebody is there. */
const standsOut = { not: 0.7, clearly: 1.3 } as const;

/** An unsure person whom a side of the photo cuts is a passer-by more often than the subject. */
const atSide = 0.5;

function personWeight(person: FoundThing, hasFaces: boolean, saliency: SaliencyMap | null): number {
  const besides = hasFaces ? besideFaces.person : 1;
  return weight.person * clamp((person.score - 0.2) / 0.4, 0.2, 1) * besides * trustIn(person, saliency);
}

/** Dark railings, bushes and shadows that the model takes for people do not stand out; people do. */
function trustIn({ box, score }: FoundThing, saliency: SaliencyMap | null): number {
  const { from, range } = surePerson;
  if (score >= from) return 1;
  const doubt = Math.min(1, (from - score) / range);
  const out = saliency
    ? clamp((standOut(saliency, box) - standsOut.not) / (standsOut.clearly - standsOut.not), 0, 1)
    : 1;
  const isAtSide = box.x < 0.01 || box.x + box.width > 0.99;
  return (1 - doubt * (1 - out)) * (isAtSide ? atSide : 1);
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
