import { describe, expect, it } from 'vitest';
import { noMetadata } from '../../../client/engine/headers/fileFacts.ts';
import { keepNothing } from '../../../client/engine/verdict.ts';
import { row } from './verdictCases.ts';

describe('what is promised of every file', () => {
  it.each([
    [1.005, undefined],
    [1.03, 'The photo is enlarged a little beyond its own pixels.'],
    [1.42, 'The photo is enlarged 1.4 × beyond its own pixels.'],
    [12.3, 'The photo is enlarged 12 × beyond its own pixels.'],
  ])('enlarged %d times', (enlargement, words) => {
    expect(row('enlarged', { made: { enlargement } })?.[1]).toBe(words);
  });

  it('another profile than sRGB is something to know', () => {
    expect(row('profile')?.[0]).toBe('green');
    expect(row('profile', { file: { profile: null } })?.[0]).toBe('green');
    expect(row('profile', { file: { profile: 'Display P3' } })?.[0]).toBe('amber');
  });

  it('a tag that turns the picture is something to know', () => {
    expect(row('orientation', { file: { orientation: 6 } })?.[0]).toBe('amber');
    expect(row('orientation')).toBeUndefined();
  });

  it('a file that is cut off is red', () => {
    expect(row('whole', { file: { isWhole: false } })?.[0]).toBe('red');
  });

  it('what was not to be kept is amber; the place where the photo was taken is red', () => {
    const kept = { ...keepNothing, copyright: true };
    const withNotice = { ...noMetadata, exif: true, copyright: '© Ana' };
    expect(row('metadata')).toEqual(['green', 'No metadata is left.']);
    expect(row('metadata', { file: { metadata: withNotice } })).toEqual([
      'amber',
      'Left in the file: the copyright.',
    ]);
    expect(row('metadata', { file: { metadata: withNotice }, made: { kept } })).toEqual([
      'green',
      'Kept as chosen: copyright. Nothing else.',
    ]);
    const everything = {
      ...withNotice,
      moreExif: true,
      xmp: true,
      iptc: true,
      comment: true,
      trailing: true,
    };
    expect(row('metadata', { file: { metadata: everything }, made: { kept } })).toEqual([
      'amber',
      'Left in the file: camera data (EXIF), XMP, IPTC, a comment, something behind the picture’s end.',
    ]);
    const place = { ...noMetadata, gps: true };
    expect(row('metadata', { file: { metadata: place } })?.[0]).toBe('red');
    expect(
      row('metadata', { file: { metadata: place }, made: { kept: { ...kept, place: true } } })?.[0],
    ).toBe('green');
  });
});
