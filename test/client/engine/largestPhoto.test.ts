import { expect, it } from 'vitest';
import { tooLarge } from '../../../client/engine/largestPhoto.ts';

const desktop = { memoryGb: 8, isDecodedHere: false };
const hundred = { width: 11_648, height: 8736 };
const threeHundred = { width: 20_000, height: 15_000 };

it('100 megapixels may be tried, 300 where there is memory, 600 nowhere', () => {
  expect(tooLarge('a.jpg', 'jpeg', hundred, desktop)).toBeNull();
  expect(tooLarge('a.jpg', 'jpeg', threeHundred, desktop)).toBeNull();
  expect(tooLarge('a.jpg', 'jpeg', threeHundred, { ...desktop, memoryGb: 2 })).toBe(
    'a.jpg has 300 megapixels (20000 × 15000), more than the 80 that are safe in this browser; make it smaller first.',
  );
  expect(tooLarge('a.png', 'png', { width: 30_000, height: 20_000 }, { ...desktop, memoryGb: 32 })).toMatch(
    /600 megapixels/,
  );
});

it('what is decoded in WebAssembly has limits of its own', () => {
  const here = { memoryGb: 8, isDecodedHere: true };
  expect(tooLarge('a.heic', 'heic', hundred, here)).toBeNull();
  expect(tooLarge('a.jxl', 'jxl', { width: 12_000, height: 10_000 }, here)).toMatch(/the 110 that are safe/);
});

it('a JPEG that is longer than any decoder takes is refused by its side', () => {
  expect(tooLarge('strip.jpg', 'jpeg', { width: 65_535, height: 10 }, desktop)).toBe(
    'strip.jpg measures 65535 × 10 pixels; no browser reads JPEG files with more than 65500 a side.',
  );
  expect(tooLarge('strip.png', 'png', { width: 65_535, height: 10 }, desktop)).toBeNull();
});
