/** What All Img Fit promises of every file, whatever its place: whole, sRGB, upright, not enlarged, nothing left in it. */
import type { FileFacts, MetadataLeft } from './headers/fileFacts.ts';
import type { Finding, KeptMetadata, Making } from './verdict.ts';

export const unreadable: Finding = {
  rule: 'whole',
  state: 'red',
  words: 'These bytes are no JPEG, PNG, WebP, AVIF or ICO, or their header is damaged.',
  wanted: null,
  found: 'unreadable',
};

export function promiseFindings(facts: FileFacts, making: Making): Finding[] {
  return [
    facts.isWhole ? null : cutOff,
    judgeEnlargement(making),
    judgeProfile(facts, making),
    judgeOrientation(facts),
    judgeMetadata(facts, making),
  ].filter((finding) => finding !== null);
}

const cutOff: Finding = {
  rule: 'whole',
  state: 'red',
  words: 'The file is cut off: its end is missing.',
  wanted: null,
  found: 'cut off',
};

/** Less than this is rounding to whole pixels. */
const noticedEnlargement = 1.01;

function judgeEnlargement({ enlargement }: Making): Finding | null {
  if (enlargement < noticedEnlargement) return null;
  const times = `${enlargement.toFixed(enlargement < 10 ? 1 : 0).replace(/\.0$/, '')} ×`;
  return {
    rule: 'enlarged',
    state: 'amber',
    words: `The photo is enlarged ${enlargement < 1.05 ? 'a little' : times} beyond its own pixels.`,
    wanted: null,
    found: times,
  };
}

function judgeProfile({ profile }: FileFacts, { kept }: Making): Finding {
  const row = { rule: 'profile', wanted: kept.profile ? null : 'sRGB' } as const;
  if (profile === null) {
    return { ...row, state: 'green', found: 'none', words: 'Without a profile the colours count as sRGB.' };
  }
  if (profile === 'sRGB') return { ...row, state: 'green', found: profile, words: 'The colours are sRGB.' };
  const choice = kept.profile ? 'Its profile is kept' : 'Its colours are not sRGB';
  return {
    ...row,
    state: 'amber',
    found: profile,
    words: `${choice}: ${profile}. A place that ignores profiles shows other colours.`,
  };
}

function judgeOrientation({ orientation }: FileFacts): Finding | null {
  if (orientation === 1) return null;
  return {
    rule: 'orientation',
    state: 'amber',
    words: 'A tag in the file turns the picture. A place that ignores it shows it on its side or mirrored.',
    wanted: 'upright',
    found: `orientation ${orientation}`,
  };
}

function judgeMetadata({ metadata }: FileFacts, { kept }: Making): Finding {
  const row = { rule: 'metadata', wanted: wantedMetadata(kept) } as const;
  const left = listLeft(metadata, kept);
  if (metadata.gps && !kept.place) {
    return {
      ...row,
      state: 'red',
      found: left.join(', '),
      words: 'The file says where the photo was taken.',
    };
  }
  if (left.length > 0) {
    return { ...row, state: 'amber', found: left.join(', '), words: `Left in the file: ${left.join(', ')}.` };
  }
  const there = listKept(metadata);
  const words =
    there.length > 0 ? `Kept as chosen: ${there.join(', ')}. Nothing else.` : 'No metadata is left.';
  return { ...row, state: 'green', found: there.join(', ') || 'none', words };
}

/** What is in the file and was not to be kept, in the person's words. */
function listLeft(metadata: MetadataLeft, kept: KeptMetadata): string[] {
  const left: [boolean, string][] = [
    [metadata.gps && !kept.place, 'the place'],
    [metadata.copyright !== null && !kept.copyright, 'the copyright'],
    [metadata.artist !== null && !kept.copyright, 'the artist’s name'],
    [metadata.date !== null && !kept.date, 'the date'],
    [metadata.moreExif, 'camera data (EXIF)'],
    [metadata.xmp, 'XMP'],
    [metadata.iptc, 'IPTC'],
    [metadata.comment, 'a comment'],
    [metadata.trailing, 'something behind the picture’s end'],
  ];
  return left.filter(([isLeft]) => isLeft).map(([, words]) => words);
}

function listKept(metadata: MetadataLeft): string[] {
  const there: [boolean, string][] = [
    [metadata.copyright !== null || metadata.artist !== null, 'copyright'],
    [metadata.date !== null, 'date'],
    [metadata.gps, 'place'],
  ];
  return there.filter(([isThere]) => isThere).map(([, words]) => words);
}

function wantedMetadata(kept: KeptMetadata): string {
  const wanted = [kept.copyright && 'copyright', kept.date && 'date', kept.place && 'place'].filter(Boolean);
  return wanted.length > 0 ? `only ${wanted.join(', ')}` : 'none';
}
