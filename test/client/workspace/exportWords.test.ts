import { expect, test } from 'vitest';
import { progressWords, sumWords, waitWords } from '../../../client/workspace/exportWords.ts';

test('counts one thing as one', () => {
  expect(sumWords(1, 2)).toBe('1 spec × 2 photos');
  expect(sumWords(8, 0)).toBe('8 specs on the wall');
});

test('says how many photos are read while it waits, and how many files are made', () => {
  expect(waitWords(3, 12)).toBe('Waiting for the last photos: 9 of 12 read');
  expect(progressWords(0, 120, 0, false)).toBe('0 of 120 files');
  expect(progressWords(60, 120, 60_000, false)).toMatch(/^60 of 120 files · .+ left$/);
  expect(progressWords(120, 120, 9000, false)).toBe('Writing the zip');
  expect(progressWords(120, 120, 9000, true)).toBe('Writing the files');
  expect(progressWords(1, 1, 9000, false)).toBe('Saving the file');
});
