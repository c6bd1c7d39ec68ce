import { expect, test } from 'vitest';
import { faceSide } from '../../../../client/engine/focus/faceAnswers.ts';
import { headsToLook } from '../../../../client/engine/focus/headsToLook.ts';
import { faceAt, thingAt } from './found.ts';

const photo = { width: 900, height: 600 };
const person = thingAt('person', { x: 0.4, y: 0.2, width: 0.1, height: 0.7 });

test('a person with a clear face needs no second look, one with a weak face or a face at the feet does', () => {
  const face = { x: 0.43, y: 0.22, width: 0.04, height: 0.08 };
  expect(headsToLook([faceAt(face)], [person], photo)).toEqual([]);
  expect(headsToLook([faceAt(face, 0, 0.4)], [person], photo)).toHaveLength(1);
  expect(headsToLook([faceAt({ ...face, y: 0.8 })], [person], photo)).toHaveLength(1);
});

test('the square is one in pixels, around the upper end of the person', () => {
  const [head] = headsToLook([], [person], photo);
  const part = head?.part ?? { x: 0, y: 0, width: 0, height: 0 };
  expect(part.width * photo.width).toBeCloseTo(part.height * photo.height);
  expect(part.x + part.width / 2).toBeCloseTo(0.45);
  expect(part.y).toBeLessThan(0.2);
  expect(part.y + part.height).toBeLessThan(0.6);
});

test('up to four heads share the model’s square in halves, up to nine in thirds; the largest people come first', () => {
  const crowd = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      thingAt('person', { x: i / 20, y: 0.2, width: 0.04, height: 0.2 + i / 50 }, 0.6),
    );
  const sides = (count: number) => headsToLook([], crowd(count), photo).map(({ inner }) => inner.width);
  expect(sides(4)).toEqual(Array(4).fill(faceSide / 2));
  expect(sides(5)).toEqual(Array(5).fill(faceSide / 3));
  const heads = headsToLook([], crowd(15), photo);
  expect(heads).toHaveLength(9);
  expect(heads[0]?.part.x).toBeGreaterThan(0.6);
  expect(new Set(heads.map(({ inner }) => `${inner.x} ${inner.y}`)).size).toBe(9);
});

test('what is hardly a person, or is none, is not looked at', () => {
  const things = [thingAt('person', person.box, 0.2), thingAt('dog', person.box)];
  expect(headsToLook([], things, photo)).toEqual([]);
});
