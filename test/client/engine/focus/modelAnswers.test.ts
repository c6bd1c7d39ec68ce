/** What the models' numbers mean. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faceSide, isCutByTile, readFaces, tilesOf } from '../../../../client/engine/focus/faceAnswers.ts';
import { headBox } from '../../../../client/engine/focus/headBox.ts';
import { fitSquare, toPhoto } from '../../../../client/engine/focus/letterbox.ts';
import { overlapOf } from '../../../../client/engine/focus/overlap.ts';
import { readThings, thingSide } from '../../../../client/engine/focus/thingAnswers.ts';
import { usualSizes } from '../arbitraries.ts';
import { faceAt, whole } from './found.ts';

describe('a letterbox', () => {
  it('gives back the corners of the part that was laid into the square', () => {
    fc.assert(
      fc.property(usualSizes, fc.constantFrom(64, 192, 416), (size, side) => {
        const part = { x: 0.25, y: 0.125, width: 0.5, height: 0.75 };
        const box = fitSquare(size, part, side);
        const { inner } = box;
        expect(Math.max(inner.width, inner.height)).toBe(side);
        const end = toPhoto(box, { x: inner.x + inner.width, y: inner.y + inner.height });
        expect(toPhoto(box, inner)).toEqual({ x: 0.25, y: 0.125 });
        expect(end.x).toBeCloseTo(0.75);
        expect(end.y).toBeCloseTo(0.875);
      }),
    );
  });
});

describe('faces', () => {
  const photo = { width: 800, height: 400 };
  const letterbox = fitSquare(photo, whole, faceSide);

  /** The model's answer with a face of 20 x 30 pixels in the middle of each of these cells. */
  const answerWith = (cells: { cell: number; logit: number }[]) => {
    const answer = new Float32Array(48 * 48 * 17);
    for (let cell = 0; cell < 48 * 48; cell++) answer[cell * 17] = -9;
    for (const { cell, logit } of cells) answer.set([logit, 0, 0, 20, 30, -4, -6, 4, -6], cell * 17);
    return answer;
  };

  it('lie around the middle of their cell, in fractions of the photo', () => {
    const [face, ...others] = readFaces(answerWith([{ cell: 24 * 48 + 24, logit: 2 }]), letterbox);
    expect(others).toEqual([]);
    expect(face?.score).toBeCloseTo(1 / (1 + Math.exp(-2)), 5);
    // The photo lies in the square at 192 x 96, from y 48 on; the cell's middle is at 98, 98.
    expect(face?.box.x).toBeCloseTo((98 - 10) / 192, 5);
    expect(face?.box.y).toBeCloseTo((98 - 15 - 48) / 96, 5);
    expect(face?.box.width).toBeCloseTo(20 / 192, 5);
    expect(face?.marks.rightEye).toEqual({ x: (98 - 4) / 192, y: (98 - 6 - 48) / 96 });
  });

  it('seen by several cells are one, the surest; far apart they are two', () => {
    const near = answerWith([24, 25, 26].map((x) => ({ cell: 24 * 48 + x, logit: x === 25 ? 3 : 2 })));
    expect(readFaces(near, letterbox)).toHaveLength(1);
    expect(readFaces(near, letterbox)[0]?.score).toBeGreaterThan(0.95);
    const far = answerWith([10, 40].map((x) => ({ cell: 24 * 48 + x, logit: 2 })));
    expect(readFaces(far, letterbox)).toHaveLength(2);
  });

  it('below a score of 0.3 are none', () => {
    expect(readFaces(answerWith([{ cell: 700, logit: -1 }]), letterbox)).toEqual([]);
  });
});

describe('tiles', () => {
  it('cover every photo, overlap, and are square', () => {
    fc.assert(
      fc.property(usualSizes, fc.double({ min: 0, max: 1, noNaN: true }), (size, at) => {
        const tiles = tilesOf(size);
        for (const tile of tiles) {
          expect(tile.width * size.width).toBeCloseTo(tile.height * size.height, 6);
          expect(tile.x + tile.width).toBeLessThan(1 + 1e-9);
          expect(tile.y + tile.height).toBeLessThan(1 + 1e-9);
        }
        const isCovered = (x: number, y: number) =>
          tiles.some(
            (t) =>
              x >= t.x - 1e-9 && x <= t.x + t.width + 1e-9 && y >= t.y - 1e-9 && y <= t.y + t.height + 1e-9,
          );
        expect(isCovered(at, 1 - at) && isCovered(1, 1) && isCovered(at, at)).toBe(true);
      }),
    );
  });

  it('leave a face at their inner edge to the neighbour, and keep one at the edge of the photo', () => {
    const tile = { x: 0, y: 0, width: 0.5, height: 0.5 };
    expect(isCutByTile(faceAt({ x: 0.4, y: 0.2, width: 0.1, height: 0.1 }), tile)).toBe(true);
    expect(isCutByTile(faceAt({ x: 0, y: 0.2, width: 0.1, height: 0.1 }), tile)).toBe(false);
  });
});

describe('a head', () => {
  const photo = { width: 900, height: 600 };

  it('is larger than its face, and more above than below', () => {
    const face = faceAt({ x: 0.4, y: 0.4, width: 0.1, height: 0.15 });
    const head = headBox(face, photo);
    expect(head.width).toBeGreaterThan(0.1);
    expect(0.4 - head.y).toBeGreaterThan(head.y + head.height - 0.55);
  });

  it('reaches backwards where the face is turned, and a mirrored photo mirrors it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: 0.1, max: 0.8, noNaN: true }),
        (turn, x) => {
          const box = { x, y: 0.4, width: 0.1, height: 0.15 };
          const head = headBox(faceAt(box, turn), photo);
          const mirrored = headBox(faceAt({ ...box, x: 1 - x - 0.1 }, -turn), photo);
          expect(mirrored.x).toBeCloseTo(1 - head.x - head.width, 6);
          expect(mirrored.y).toBeCloseTo(head.y, 6);
          const shift = head.x + head.width / 2 - (x + 0.05);
          if (Math.abs(turn) > 0.3 && head.x > 0 && head.x + head.width < 1)
            expect(Math.sign(shift)).toBe(-Math.sign(turn));
        },
      ),
    );
  });

  it('lies inside the photo', () => {
    const head = headBox(faceAt({ x: -0.02, y: 0.95, width: 0.1, height: 0.1 }), photo);
    expect(head.x).toBe(0);
    expect(head.y + head.height).toBeCloseTo(1);
  });
});

describe('things', () => {
  it('have the name of their best class and the expected distances as sides', () => {
    const scores = new Float32Array(13 * 13 * 80);
    const sides = new Float32Array(13 * 13 * 44).fill(-20);
    const cell = 6 * 13 + 6; // its middle is the square's
    scores[cell * 80 + 16] = 0.8;
    scores[cell * 80 + 15] = 0.3;
    for (const [side, distance] of [2, 2, 3, 1].entries()) sides[cell * 44 + side * 11 + distance] = 20;
    const letterbox = fitSquare({ width: 100, height: 100 }, whole, thingSide);
    const [dog, ...others] = readThings([{ scores, sides }], letterbox);
    expect(others).toEqual([]);
    expect(dog).toMatchObject({ label: 'dog', score: expect.closeTo(0.8) });
    const cellPart = 1 / 13;
    const expected = {
      x: 0.5 - 2 * cellPart,
      y: 0.5 - 2 * cellPart,
      width: 5 * cellPart,
      height: 3 * cellPart,
    };
    expect(overlapOf(dog?.box ?? whole, expected)).toBeCloseTo(1, 4);
  });
});
