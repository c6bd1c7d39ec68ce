import { describe, expect, test } from 'vitest';
import type { ExportResult } from '../../../client/workspace/exporter.ts';
import { progressWords, resultWords, sumWords, waitWords } from '../../../client/workspace/exportWords.ts';

const whole: ExportResult = {
  savedAs: 'all-img-fit.zip',
  files: 8,
  bytes: 2_000_000,
  failures: [],
  tooLarge: [],
};
const tooLarge = { name: 'fig.png', bytes: 3_000_000, maxBytes: 1_000_000 };

test('counts one thing as one', () => {
  expect(sumWords(1, 2)).toBe('1 spec × 2 photos');
  expect(sumWords(8, 0)).toBe('8 specs on the wall');
});

test('says how many photos are read while it waits, and how many files are made', () => {
  expect(waitWords(3, 12)).toBe('Waiting for the last photos: 9 of 12 read');
  expect(progressWords(0, 120, 0)).toBe('0 of 120 files');
  expect(progressWords(60, 120, 60_000)).toMatch(/^60 of 120 files · .+ left$/);
  expect(progressWords(120, 120, 9000)).toBe('Writing the zip');
  expect(progressWords(1, 1, 9000)).toBe('Saving the file');
});

describe('the result', () => {
  test('of a whole export has no items', () => {
    const { sum, items } = resultWords(whole);
    expect(sum).toMatch(/^8 files, 2\sMB, saved as all-img-fit\.zip\.$/);
    expect(items).toEqual([]);
  });

  test('counts files that failed, and lists a photo that is gone once', () => {
    const reason = 'fig.jpg can no longer be read: it was deleted.';
    const failures = [
      { name: 'fig.jpg', reason, files: 8 },
      { name: 'dogs.jpg at X Post', reason: 'Too large.', files: 1 },
    ];
    const { sum, items } = resultWords({ ...whole, failures });
    expect(sum).toMatch(/ · 9 failed\.$/);
    expect(items).toEqual([`${reason} (8 files)`, 'dogs.jpg at X Post: Too large.']);
  });

  test('when nothing was made, says so', () => {
    expect(resultWords({ ...whole, savedAs: null }).sum).toBe('No file could be made.');
  });

  test.each([
    ['jpeg', ['jpeg', 'png'], 'Lower the quality.'],
    ['webp', ['webp'], 'Lower the quality.'],
    ['png', ['jpeg', 'png', 'webp'], 'Choose JPEG or WebP.'],
    ['png', ['png', 'webp'], 'Choose WebP.'],
    ['png', ['png'], 'a plainer crop or background makes a smaller file.'],
  ] as const)('advises on a %s over the limit where %j is taken', (format, allowed, advice) => {
    const { sum, items } = resultWords({ ...whole, tooLarge: [{ ...tooLarge, format, allowed }] });
    expect(sum).toContain('1 over the limit of the place');
    expect(items[0]).toMatch(/^fig\.png: 3\sMB, the limit is 1\sMB\. /);
    expect(items[0]?.endsWith(advice), items[0]).toBe(true);
  });
});
