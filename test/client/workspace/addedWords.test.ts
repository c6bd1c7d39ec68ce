import { expect, test } from 'vitest';
import { addedWords } from '../../../client/workspace/addedWords.ts';

test.each([
  [1, [], '1 photo added.'],
  [3, ['a.jpg is empty.'], '3 photos added. a.jpg is empty.'],
  [0, ['a.jpg is empty.'], 'a.jpg is empty.'],
  [
    2,
    ['a.jpg is empty.', 'b.jpg is damaged.'],
    '2 photos added. 2 files not added, listed with the reasons.',
  ],
  [0, [], ''],
] as const)('%i added and refused %j: "%s"', (added, reasons, words) => {
  expect(addedWords(added, reasons)).toBe(words);
});
