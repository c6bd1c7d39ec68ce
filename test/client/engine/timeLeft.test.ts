import { expect, it } from 'vitest';
import { timeLeft, timeWords } from '../../../client/engine/timeLeft.ts';

it('says nothing while there is too little to judge by', () => {
  expect(timeLeft(0, 100, 5000)).toBeNull();
  expect(timeLeft(1, 100, 5000)).toBeNull();
  expect(timeLeft(5, 100, 300)).toBeNull();
});

it('expects the rest to go on at the pace so far', () => {
  expect(timeLeft(10, 40, 5000)).toBe(15_000);
});

it('is zero when all is done, and before an export of nothing', () => {
  expect(timeLeft(40, 40, 9000)).toBe(0);
  expect(timeLeft(0, 0, 0)).toBe(0);
});

it('is said in words that get coarser with the length', () => {
  const words = [
    0, 400, 12_300, 19_499, 21_000, 44_000, 57_600, 61_000, 130_000, 5_900_000, 6_100_000, 10_800_000,
  ];
  expect(words.map(timeWords)).toEqual([
    'about 1 s',
    'about 1 s',
    'about 12 s',
    'about 19 s',
    'about 20 s',
    'about 45 s',
    'about 1 min',
    'about 1 min',
    'about 2 min',
    'about 98 min',
    'about 2 h',
    'about 3 h',
  ]);
});
