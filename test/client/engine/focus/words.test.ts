import { expect, test } from 'vitest';
import { namesOf } from '../../../../client/engine/focus/names.ts';
import { spokenFocus } from '../../../../client/engine/focus/spoken.ts';
import { boxAt } from './scenes.ts';

const plain = (words: string) => words.replaceAll('\u00a0', ' ');
const kept = { fits: true, padded: 0 };
const padded = { fits: true, padded: 0.2 };
const cut = { fits: false, padded: 0 };

test('the focus is spoken with how many specs pad or cut', () => {
  const focal = { x: 0.341, y: 0.4 };
  expect(plain(spokenFocus(focal, []))).toBe('focus 34 % right, 40 % down');
  expect(plain(spokenFocus(focal, [kept, padded, padded]))).toBe(
    'focus 34 % right, 40 % down; 2 of 3 specs pad',
  );
  expect(plain(spokenFocus(focal, [cut, padded]))).toBe(
    'focus 34 % right, 40 % down; 1 of 2 specs pads; 1 of 2 specs cuts',
  );
  expect(plain(spokenFocus(focal, [cut]))).toBe('focus 34 % right, 40 % down; 1 of 1 spec cuts');
});

test('boxes of one label are numbered from the left', () => {
  const names = namesOf([
    boxAt(0.7, 0.1, 0.1, 0.1, { id: 'r' }),
    boxAt(0.1, 0.1, 0.1, 0.1, { id: 'l' }),
    boxAt(0.4, 0.1, 0.1, 0.1, { id: 'dog', kind: 'animal', label: 'dog' }),
  ]);
  expect(Object.fromEntries(names)).toEqual({ l: 'face 1', r: 'face 2', dog: 'dog' });
});
