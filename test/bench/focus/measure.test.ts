import { expect, test } from 'vitest';
import type { LabelledPhoto } from '../../../bench/focus/labels.ts';
import { intervalOfFull, score, summarise } from '../../../bench/focus/measure.ts';

const photo: LabelledPhoto = {
  name: 'a.jpg',
  file: 'a.jpg',
  width: 1600,
  height: 900,
  kind: 'group',
  tags: [],
  keep: [
    { x: 0.1, y: 0.2, width: 0.1, height: 0.2 },
    { x: 0.3, y: 0.2, width: 0.1, height: 0.2 },
  ],
};
const square = (x: number) => ({ x, y: 0, width: 9 / 16, height: 1 });

test('a crop that holds all boxes is whole, and one that cuts a box is not', () => {
  expect(score(photo, '1:1', square(0))).toMatchObject({
    kept: 1,
    ofAttainable: 1,
    couldFit: true,
    isFull: true,
  });
  const cut = score(photo, '1:1', square(0.15));
  expect(cut).toMatchObject({ couldFit: true, isFull: false });
  expect(cut?.kept).toBeCloseTo(0.75);
});

test('boxes that are farther apart than the crop is wide could not fit, and the share of the attainable is told', () => {
  const narrow = score(photo, '1:3', { x: 0.1, y: 0, width: 0.1875, height: 1 });
  expect(narrow?.couldFit).toBe(false);
  expect(narrow?.ofAttainable).toBeCloseTo(1, 1);
});

test('a shape that takes the whole photo does not count', () => {
  expect(score(photo, '16:9', { x: 0, y: 0, width: 1, height: 1 })).toBeNull();
});

test('the summary counts whole crops among those that could be, and the interval lies around it', () => {
  const good = score(photo, '1:1', square(0));
  const bad = score({ ...photo, name: 'b.jpg' }, '1:1', square(0.4375));
  const scores = [good, bad].filter((one) => one !== null);
  expect(summarise(scores)).toMatchObject({ photos: 2, couldFit: 2, full: 0.5, lostHalf: 0.5 });
  expect(intervalOfFull(scores)).toEqual([0, 1]);
});
