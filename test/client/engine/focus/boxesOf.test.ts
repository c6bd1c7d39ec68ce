/** From what was found to what a crop should keep. */
import { describe, expect, it } from 'vitest';
import { boxesOf, type Seen } from '../../../../client/engine/focus/boxesOf.ts';
import { joinLooks } from '../../../../client/engine/focus/faceAnswers.ts';
import type { FoundThing } from '../../../../client/engine/focus/thingAnswers.ts';
import { faceAt, thingAt } from './found.ts';

const photo = { width: 900, height: 600 };
const nothing: Seen = { fromFile: [], faces: [], things: [], saliency: null, facesFirst: false };
const facePlace = { x: 0.45, y: 0.2, width: 0.1, height: 0.15 };
const personPlace = { x: 0.35, y: 0.15, width: 0.3, height: 0.8 };

function kindsOf(seen: Partial<Seen>): string[] {
  return boxesOf({ ...nothing, ...seen }, photo, []).boxes.map(({ kind, label }) => `${kind} ${label}`);
}

function weightOf(kind: string, seen: Partial<Seen>): number {
  return boxesOf({ ...nothing, ...seen }, photo, []).boxes.find((box) => box.kind === kind)?.weight ?? 0;
}

describe('a face', () => {
  it('of middling score is believed where a person is around it, not without, and not in a dog', () => {
    const faces = [faceAt(facePlace, 0, 0.45)];
    expect(kindsOf({ faces, things: [thingAt('person', personPlace)] })).toEqual([
      'face face',
      'person person',
    ]);
    expect(kindsOf({ faces })).toEqual([]);
    expect(kindsOf({ faces: [faceAt(facePlace)], things: [thingAt('dog', personPlace)] })).toEqual([
      'animal dog',
    ]);
  });

  it('in a close portrait is supported, although its middle is far down in the person', () => {
    const close = { x: 0.35, y: 0.3, width: 0.3, height: 0.45 };
    const things = [thingAt('person', { x: 0.1, y: 0.05, width: 0.8, height: 0.9 })];
    expect(kindsOf({ faces: [faceAt(close, 0, 0.45)], things })).toEqual(['face face', 'person person']);
  });

  it('at the feet of a person supports nothing', () => {
    const faces = [faceAt({ ...facePlace, y: 0.75 }, 0, 0.45)];
    expect(kindsOf({ faces, things: [thingAt('person', personPlace)] })).toEqual(['person person']);
  });

  it('is shown before people were looked for when its score is 0.6 or more', () => {
    expect(kindsOf({ faces: [faceAt(facePlace, 0, 0.61)], things: null })).toEqual(['face face']);
    expect(kindsOf({ faces: [faceAt(facePlace, 0, 0.59)], things: null })).toEqual([]);
  });

  it('out of focus weighs less than a sharp one of its size', () => {
    const blurred = { ...faceAt({ ...facePlace, x: 0.1 }), sharpness: 0.15 };
    const sharp = { ...faceAt(facePlace), sharpness: 0.5 };
    const { boxes } = boxesOf({ ...nothing, faces: [blurred, sharp] }, photo, []);
    expect(boxes[0]?.weight).toBeLessThan((boxes[1]?.weight ?? 0) / 3);
  });

  it('counts less where it is the second in one person', () => {
    const second = faceAt({ ...facePlace, y: 0.4 }, 0, 0.7);
    const one = weightOf('face', { faces: [second], things: [thingAt('person', personPlace)] });
    const { boxes } = boxesOf(
      { ...nothing, faces: [faceAt(facePlace), second], things: [thingAt('person', personPlace)] },
      photo,
      [],
    );
    expect(boxes[1]?.weight).toBeLessThan(one / 2);
  });
});

describe('weights', () => {
  it('a person whose face is there counts for less than one without', () => {
    const things = [thingAt('person', personPlace)];
    expect(weightOf('person', { things })).toBeGreaterThan(
      2 * weightOf('person', { things, faces: [faceAt(facePlace)] }),
    );
  });

  it('a thing counts for less beside an animal', () => {
    const bottle = thingAt('bottle', { x: 0.1, y: 0.1, width: 0.2, height: 0.4 });
    const dog = thingAt('dog', { x: 0.5, y: 0.3, width: 0.3, height: 0.5 });
    expect(weightOf('object', { things: [bottle, dog] })).toBeLessThan(
      weightOf('object', { things: [bottle] }) / 2,
    );
  });

  it('half a passer-by at the edge counts half', () => {
    const at = (x: number): FoundThing[] => [thingAt('person', { x, y: 0.2, width: 0.1, height: 0.6 }, 0.5)];
    expect(weightOf('person', { things: at(0) })).toBeCloseTo(weightOf('person', { things: at(0.2) }) / 2);
  });

  it('a doubtful person who does not stand out hardly counts; one who does, and a sure one, do', () => {
    const place = { x: 0.5, y: 0.5, width: 0.25, height: 0.4 };
    const at = (score: number) => [thingAt('person', place, score)];
    const map = (inside: number, outside: number) => ({
      width: 20,
      height: 20,
      data: Uint8Array.from({ length: 400 }, (_, i) =>
        i % 20 >= 10 && i % 20 < 15 && i >= 200 && i < 360 ? inside : outside,
      ),
    });
    const plain = weightOf('person', { things: at(0.45) });
    expect(weightOf('person', { things: at(0.45), saliency: map(20, 100) })).toBeLessThan(plain / 4);
    expect(weightOf('person', { things: at(0.45), saliency: map(200, 50) })).toBe(plain);
    expect(weightOf('person', { things: at(0.8), saliency: map(20, 100) })).toBe(
      weightOf('person', { things: at(0.8) }),
    );
  });

  it('a face in the crowd counts for less than a person without a face who is much larger', () => {
    const rider = thingAt('person', { x: 0.3, y: 0.1, width: 0.3, height: 0.8 });
    const spectator = thingAt('person', { x: 0.8, y: 0.1, width: 0.04, height: 0.12 });
    const faces = [faceAt({ x: 0.81, y: 0.11, width: 0.02, height: 0.03 })];
    const crowd = weightOf('face', { faces, things: [rider, spectator] });
    expect(crowd).toBeLessThan(weightOf('face', { faces, things: [spectator] }) / 2);
    expect(crowd).toBeLessThan(weightOf('person', { faces, things: [rider, spectator] }));
  });

  it('a flock counts together not much more than two of it, so that a face among thirty birds is kept', () => {
    const birds = Array.from({ length: 30 }, (_, i) =>
      thingAt('bird', { x: (i % 6) / 6, y: Math.floor(i / 6) / 6, width: 0.1, height: 0.1 }, 0.5),
    );
    const faces = [faceAt(facePlace)];
    const { boxes } = boxesOf({ ...nothing, faces, things: birds }, photo, []);
    const [face, ...flock] = boxes;
    const together = flock.reduce((sum, { weight }) => sum + weight, 0);
    expect(flock).toHaveLength(30);
    expect(together).toBeLessThan(2.3 * weightOf('animal', { faces, things: birds.slice(0, 1) }));
    expect(face?.weight).toBeGreaterThan(10 * (flock[0]?.weight ?? 1));
  });

  it('with faces first, hardly anything else counts; without a face, everything as before', () => {
    const things = [thingAt('person', personPlace)];
    const faces = [faceAt(facePlace)];
    expect(weightOf('person', { things, faces, facesFirst: true })).toBeLessThan(0.05);
    expect(weightOf('person', { things, facesFirst: true })).toBe(weightOf('person', { things }));
  });
});

describe('weak guesses', () => {
  const guess = thingAt('kite', { x: 0.3, y: 0.3, width: 0.2, height: 0.2 }, 0.25);

  it('count where there is nothing else', () => {
    expect(kindsOf({ things: [guess] })).toEqual(['region kite']);
    expect(kindsOf({ things: [guess, thingAt('cat', personPlace)] })).toEqual(['animal cat']);
  });

  it('and furniture is a guess at most; a box around everything is none', () => {
    expect(kindsOf({ things: [thingAt('bench', personPlace)] })).toEqual(['region bench']);
    expect(kindsOf({ things: [thingAt('bus', { x: 0, y: 0, width: 1, height: 0.99 })] })).toEqual([]);
  });
});

describe('what the file says', () => {
  const told = {
    kind: 'face' as const,
    label: 'Ada',
    box: { x: 0.42, y: 0.1, width: 0.16, height: 0.28 },
    score: 1,
    weight: 1,
    source: 'file' as const,
    enabled: true,
  };

  it('stands in the place of the same face found, and beside others', () => {
    const faces = [faceAt(facePlace), faceAt({ ...facePlace, x: 0.1 })];
    const { boxes } = boxesOf({ ...nothing, fromFile: [told], faces }, photo, []);
    expect(boxes.map(({ label, source, id }) => [label, source, id])).toEqual([
      ['Ada', 'file', 'face-2'],
      ['face', 'auto', 'face-1'],
    ]);
  });
});

describe('a closer look', () => {
  it('shows a doubtful face switched off, where it changes nothing, and a sure one on', () => {
    const things = [thingAt('person', personPlace)];
    const closer = (score: number) => [{ ...faceAt(facePlace, 0, score), isOnlyCloser: true as const }];
    const alone = weightOf('person', { things });
    const doubtful = boxesOf({ ...nothing, faces: closer(0.5), things, facesFirst: true }, photo, []).boxes;
    expect(doubtful.map(({ kind, enabled }) => [kind, enabled])).toEqual([
      ['face', false],
      ['person', true],
    ]);
    expect(doubtful[1]?.weight).toBe(alone);
    expect(boxesOf({ ...nothing, faces: closer(0.7), things }, photo, []).boxes[0]?.enabled).toBe(true);
  });

  it('of a face that the first look knows is no new face', () => {
    const known = faceAt(facePlace, 0, 0.4);
    const again = faceAt({ ...facePlace, x: 0.46 }, 0, 0.55);
    const other = faceAt({ ...facePlace, x: 0.1 }, 0, 0.55);
    const joined = joinLooks([known], [again, other]);
    expect(joined.map(({ score, isOnlyCloser }) => [score, isOnlyCloser])).toEqual([
      [0.55, undefined],
      [0.55, true],
    ]);
  });
});

describe('ids', () => {
  it('are numbers from left to right, and the marks are under them', () => {
    const faces = [faceAt({ ...facePlace, x: 0.7 }), faceAt({ ...facePlace, x: 0.1 })];
    const { boxes, marks } = boxesOf({ ...nothing, faces }, photo, []);
    expect(boxes.map(({ id }) => id)).toEqual(['face-2', 'face-1']);
    expect(marks['face-2']).toEqual(faces[0]?.marks);
  });

  it('stay when a later look finds more, moves a box a little, or loses one', () => {
    const first = boxesOf({ ...nothing, faces: [faceAt({ ...facePlace, x: 0.5 })] }, photo, []).boxes;
    const faces = [faceAt({ ...facePlace, x: 0.1 }), faceAt({ ...facePlace, x: 0.51 })];
    const second = boxesOf({ ...nothing, faces }, photo, first).boxes;
    expect(second.map(({ id }) => id)).toEqual(['face-2', 'face-1']);
    const third = boxesOf({ ...nothing, faces: faces.slice(0, 1) }, photo, second).boxes;
    expect(third.map(({ id }) => id)).toEqual(['face-2']);
  });
});
