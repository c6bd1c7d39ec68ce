/** What a finished file says about itself without being decoded. */
import type { Size } from '../geometry.ts';

export const readableFormats = ['jpeg', 'png', 'webp', 'avif', 'ico'] as const;
export type ReadableFormat = (typeof readableFormats)[number];

export const readableNames: Record<ReadableFormat, string> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
  ico: 'ICO',
};

export interface FileFacts {
  format: ReadableFormat;
  /** As stored, before any orientation; of an ICO its largest picture. */
  stored: Size;
  /** As a reader sees it who obeys the orientation. */
  oriented: Size;
  /** EXIF's 1..8 (EXIF 2.32, 0x0112); 1 is upright. AVIF's own turns and mirrors are told in the same numbers. */
  orientation: number;
  /** Of the whole file. */
  bytes: number;
  /** Pixels per inch, rounded to two places; null where the file does not say, or says it differently for both directions. */
  dpi: number | null;
  /** The file has a channel or a colour for transparency, whether or not a pixel uses it. */
  hasAlpha: boolean;
  /** `sRGB`, `Display P3`, `Adobe RGB`, or the profile's own name; null without a profile. */
  profile: string | null;
  metadata: MetadataLeft;
  /** The sizes of all pictures in the file; more than one only in an ICO. */
  sizes: readonly Size[];
  /** The file ends where it says that it ends. false: it is cut off. */
  isWhole: boolean;
}

/** What a file says beside its picture. */
export interface MetadataLeft {
  exif: boolean;
  /** EXIF says more than what is named here and the resolution: the camera, the exposure, a small picture. */
  moreExif: boolean;
  /** In EXIF, or in XMP. */
  gps: boolean;
  xmp: boolean;
  iptc: boolean;
  /** A comment, or a text that is none of the following. Padding (blanks only) is none. */
  comment: boolean;
  copyright: string | null;
  artist: string | null;
  /** As it is written in the file; EXIF: `2026:11:21 18:04:59`. */
  date: string | null;
  /** More bytes behind the picture's end: a second picture, a film, an archive. */
  trailing: boolean;
}

/** What the reader of one format finds; the rest follows from it. */
export interface HeaderFacts {
  stored: Size;
  orientation: number;
  dpi: number | null;
  hasAlpha: boolean;
  profile: string | null;
  metadata: MetadataLeft;
  isWhole: boolean;
  sizes?: readonly Size[];
}

export const noMetadata: MetadataLeft = {
  exif: false,
  moreExif: false,
  gps: false,
  xmp: false,
  iptc: false,
  comment: false,
  copyright: null,
  artist: null,
  date: null,
  trailing: false,
};
