import { describe, expect, test } from 'vitest';
import { builtIn } from '../../server/specs/catalogue.ts';
import { drawSpec } from '../../server/specs/drawing.shared.ts';
import { matchesQuery } from '../../server/specs/search.shared.ts';
import type { SafeArea } from '../../server/specs/spec.shared.ts';
import {
  bytesWindowWords,
  bytesWords,
  countWords,
  dateWords,
  formatWords,
  groupDigits,
  printedSizeWords,
  ratioWords,
  safeAreaWords,
  sizeWords,
} from '../../server/specs/words.shared.ts';

/** The words with ordinary spaces, to be readable here. */
const plain = (words: string) => words.replaceAll('\u00a0', ' ');

describe('words', () => {
  test('count one thing as one', () => {
    expect([0, 1, 2].map((count) => countWords(count, 'file'))).toEqual(['0 files', '1 file', '2 files']);
  });

  test('write a size with × and spaces that do not break', () => {
    expect(sizeWords(1080, 1350)).toBe('1080\u00a0×\u00a01350');
    expect(plain(printedSizeWords(1240, 1748, 300))).toBe('105 × 148 mm');
  });

  test.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 KB'],
    [1234, '1.23 KB'],
    [412_345, '412 KB'],
    [999_999, '1 MB'],
    [8_000_000, '8 MB'],
    [10_485_760, '10.5 MB'],
    [2_500_000_000, '2.5 GB'],
    [4_000_000_000_000, '4000 GB'],
  ])('write %i bytes as %s', (bytes, words) => {
    expect(plain(bytesWords(bytes))).toBe(words);
  });

  test.each([
    [null, null, 'no limit known'],
    [null, 8_000_000, 'up to 8 MB'],
    [54_000, null, 'at least 54 KB'],
    [40_000, 120_000, '40 KB to 120 KB'],
    [null, 10_485_760, 'up to 10.4 MB'],
    [10_485_760, null, 'at least 10.5 MB'],
    [null, 999_999, 'up to 999 KB'],
  ])('write the window %s to %s as %s, never wider than it is', (least, most, words) => {
    expect(plain(bytesWindowWords(least, most))).toBe(words);
  });

  test.each([
    [1080, 1350, '4:5'],
    [1080, 1080, '1:1'],
    [1080, 1920, '9:16'],
    [1200, 630, '1.91:1'],
    [900, 383, '2.35:1'],
    [728, 90, '8.09:1'],
    [1320, 2868, '1:2.17'],
  ])('write the shape of %i by %i as %s', (width, height, words) => {
    expect(ratioWords(width, height)).toBe(words);
  });

  test.each<[SafeArea, string]>([
    [
      { kind: 'inset', top: 0.14, right: 0, bottom: 0.2, left: 0 },
      'all but 189 px at the top and 270 px at the bottom',
    ],
    [{ kind: 'inset', top: 0, right: 0, bottom: 0, left: 0.3333 }, 'all but 360 px on the left'],
    [{ kind: 'rectangle', x: 0.25, y: 0, width: 0.5, height: 1 }, 'the middle 540 × 1350 px'],
    [
      { kind: 'rectangle', x: 0.1, y: 0, width: 0.5, height: 1 },
      '540 × 1350 px, 108 px from the left and 0 px from the top',
    ],
    [{ kind: 'circle', x: 0.5, y: 0.5, radius: 0.4 }, 'a circle of 864 px across'],
    [
      { kind: 'circle', x: 0.5, y: 0.4, radius: 0.4 },
      'a circle of 864 px across, its middle 540 px from the left and 540 px from the top',
    ],
  ])('write a safe area in the pixels of its spec: %o', (area, words) => {
    expect(plain(safeAreaWords(area, 1080, 1350))).toBe(words);
  });

  test('write a safe area in millimetres of paper', () => {
    const area: SafeArea = { kind: 'inset', top: 3 / 55, right: 3 / 85, bottom: 3 / 55, left: 3 / 85 };
    expect(plain(safeAreaWords(area, 85, 55, 'mm'))).toBe('all but 3 mm at each edge');
  });

  test('write counts, formats and dates', () => {
    expect(plain(groupDigits(1350))).toBe('1350');
    expect(plain(groupDigits(8_000_000))).toBe('8 000 000');
    expect(formatWords(['jpeg', 'png', 'webp'])).toBe('JPEG, PNG, WebP');
    expect(dateWords('2026-11-02')).toBe('2 Nov 2026');
  });
});

describe('searching specs', () => {
  const idsFor = (query: string) =>
    builtIn.specs.filter((spec) => matchesQuery(spec, query)).map(({ id }) => id);

  test.each([
    ['insta 4:5', ['instagram-portrait-4x5']],
    ['1584 × 396', ['linkedin-banner']],
    ['1584x396', ['linkedin-banner']],
    ['TWITTER', ['x-post', 'x-header', 'x-profile', 'x-card-large']],
    ['x', ['x-post', 'x-header', 'x-profile', 'x-card-large', 'xiaohongshu-note']],
    ['whatsapp webp', ['whatsapp-sticker', 'whatsapp-tray']],
    ['a4', ['print-a4']],
    ['35x45mm schengen', ['schengen-visa']],
    ['uk passport', ['uk-passport-print', 'uk-passport-digital']],
  ])('finds %s', (query, ids) => {
    expect(idsFor(query)).toEqual(ids);
  });

  test('finds profile pictures under the name avatar, and the other way round', () => {
    expect(idsFor('avatar')).toContain('instagram-profile');
    expect(idsFor('profile picture')).toContain('mastodon-avatar');
  });

  test('finds everything for no words and nothing for unknown ones', () => {
    expect(idsFor('  ')).toHaveLength(builtIn.specs.length);
    expect(idsFor('zeppelin')).toEqual([]);
    expect(idsFor('instagram zeppelin')).toEqual([]);
  });
});

describe('drawings', () => {
  test.each(builtIn.specs.map((spec) => [spec.id, spec] as const))('%s has its true shape', (_id, spec) => {
    const { width, height, safeArea } = drawSpec(spec, 440);
    expect(Math.max(width, height)).toBe(440);
    expect(Math.abs((width / height) * (spec.heightPx / spec.widthPx) - 1)).toBeLessThan(0.02);
    if (safeArea?.kind !== 'rectangle') return;
    expect(safeArea.x + safeArea.width).toBeLessThanOrEqual(width + 0.02);
    expect(safeArea.y + safeArea.height).toBeLessThanOrEqual(height + 0.02);
  });
});
