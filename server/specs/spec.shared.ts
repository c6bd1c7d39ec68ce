/** What All Img Fit knows of one placement, as the server parses it and the client uses it. A custom size becomes one of these too. */
import type { Fit } from './fit.shared.ts';

/** The formats that All Img Fit writes. */
export const formats = ['jpeg', 'png', 'webp', 'avif', 'ico'] as const;
export type Format = (typeof formats)[number];

/** What a whole export can be asked for; an icon is for the places that take one. `auto`: as each spec asks. */
export const formatWishes = ['auto', 'jpeg', 'png', 'webp', 'avif'] as const;
export type FormatWish = (typeof formatWishes)[number];

/** The part that stays visible at the placement. All numbers are fractions of the spec's width or height, 0..1. */
export type SafeArea =
  | { kind: 'inset'; top: number; right: number; bottom: number; left: number }
  | { kind: 'rectangle'; x: number; y: number; width: number; height: number }
  /** Centre as fractions of width and height; radius as a fraction of the smaller side. */
  | { kind: 'circle'; x: number; y: number; radius: number };

/** The shape in which the placement shows the image. `rounded` is a square with round corners. */
export type Mask = 'circle' | 'rounded';

/**
 * A: primary source read. B: secondary sources agree or quote the official page. C: one secondary source, or sources
 * that disagree. K: general knowledge, not looked up. C and K are shown as "unconfirmed".
 */
export const confidences = ['A', 'B', 'C', 'K'] as const;
export type Confidence = (typeof confidences)[number];

/** How the pixels of a file come about. Catalogue specs are `fixed`; the others are for custom sizes. */
export type Sizing =
  | { kind: 'fixed' }
  /** The largest crop of this shape that the photo has. `widthPx` and `heightPx` only give the shape. */
  | { kind: 'ratio' }
  /** The whole photo, its longest side of so many pixels. `widthPx` and `heightPx` are both that number. */
  | { kind: 'longest' }
  /** The whole photo at so many percent of its own pixels, 1..100. `widthPx` and `heightPx` mean nothing. */
  | { kind: 'percent'; percent: number };

/** A limit of width and height in pixels; null where a side has none. `longestPx` limits whichever side is longer. */
export interface PixelLimit {
  widthPx: number | null;
  heightPx: number | null;
  longestPx: number | null;
}

/** What the place does next with the file: the 3:4 grid, the avatar's circle, the band that a phone shows. */
export interface DerivedView {
  /** `Profile grid, 3:4` */
  name: string;
  /** The part that is shown, as fractions of the spec's width and height. */
  area: { x: number; y: number; width: number; height: number };
  mask: Mask | null;
  /** The longest side in CSS pixels at which it is shown, or null where that is not known. */
  shownPx: number | null;
}

/** A range in fractions, `min` <= `max`. */
export interface Band {
  min: number;
  max: number;
}

/** Where the head has to be in an ID photo. `height`, `eyes` and `above` are fractions of the image's height, `width` of its width. */
export interface HeadRule {
  /** Chin to crown. */
  height: Band | null;
  /** The line of the eyes, from the lower edge. */
  eyes: Band | null;
  /** From the upper edge to the crown. */
  above: Band | null;
  width: Band | null;
  /** As the source puts it: `25 to 35 mm from chin to crown`. */
  words: string;
  /** false: the place wants the photo as it was taken and crops by itself. */
  mayCrop: boolean;
}

/** The rules that a source can be given for. */
export const ruleNames = [
  'size',
  'formats',
  'bytes',
  'pixels',
  'dpi',
  'safeArea',
  'mask',
  'derived',
  'background',
  'head',
] as const;
export type RuleName = (typeof ruleNames)[number];

/** Where a rule was read, how sure that is, and when. */
export interface Proof {
  /** Places in the spec's `sources`, from 0; empty for general knowledge. */
  sources: readonly number[];
  confidence: Confidence;
  /** ISO date on which the sources were read. */
  checkedOn: string;
}

/** What sources say differently about one rule. The spec itself has the strictest of these values. */
export interface Disagreement {
  rule: RuleName;
  says: readonly { words: string; source: number | null }[];
}

/** The rules of a placement: what a change of makes a new version. */
export interface SpecRules {
  widthPx: number;
  heightPx: number;
  /** Allowed formats that All Img Fit can write, the preferred one first; never empty. */
  formats: readonly Format[];
  /** Byte window; null means that no limit is known. */
  minBytes: number | null;
  maxBytes: number | null;
  /** The pixels that the place takes at all, around the size that is best; null: not known. */
  minPx: PixelLimit | null;
  maxPx: PixelLimit | null;
  /** Pixels per inch for print; null means that it does not matter. */
  dpi: number | null;
  safeArea: SafeArea | null;
  mask: Mask | null;
  derived: readonly DerivedView[];
  /** The rule for the background in words ("white / off-white") and, where one colour is meant, that colour as #rrggbb. */
  background: { words: string; colour: string | null } | null;
  head: HeadRule | null;
}

/** What a spec was until it changed. */
export interface EarlierVersion {
  version: number;
  /** ISO date of the change that ended it. */
  until: string;
  /** Only the rules that were different from the version after it. */
  rules: Partial<SpecRules>;
}

export interface Spec extends SpecRules {
  /** Stable, lower-case, hyphenated: `instagram-portrait-4x5`. A custom size: `my-` and a UUID. */
  id: string;
  /** The platform or kind of use: `Instagram`. */
  group: string;
  /** The placement inside its group: `Post, portrait 4:5`. */
  name: string;
  /** 1 at first; counted up with each change of a rule. */
  version: number;
  sizing: Sizing;
  /** The size on paper where the rule is given in millimetres. */
  printedMm: { width: number; height: number } | null;
  /** Formats that the place takes beside `formats` and that All Img Fit does not write: `GIF`, `TIFF`, `HEIC`. */
  alsoTaken: readonly string[];
  /** A fit of its own; null: as the wall's. Only custom sizes have one. */
  fit: Fit | null;
  /** A quality of its own, 1..100; null: as the export's. Only custom sizes have one. */
  quality: number | null;
  /** What a person should know beyond the rules; may be empty. */
  note: string;
  /** `url` is null for a source without a page of its own. */
  sources: readonly { text: string; url: string | null }[];
  /** Of the whole spec: its weakest rule's. */
  confidence: Confidence;
  /** ISO date on which the sources were read; the oldest of its rules'. */
  checkedOn: string;
  /** Proofs of single rules that are others than the spec's own (all sources, `confidence`, `checkedOn`). */
  proofs: Readonly<Partial<Record<RuleName, Proof>>>;
  differ: readonly Disagreement[];
  /** Newest first. */
  earlier: readonly EarlierVersion[];
}

/** Whether the spec may be called checked; C and K are unconfirmed. */
export function isConfirmed({ confidence }: Pick<Spec, 'confidence'>): boolean {
  return confidence === 'A' || confidence === 'B';
}

/** Where that rule of the spec was read. */
export function proofOf(
  spec: Pick<Spec, 'sources' | 'confidence' | 'checkedOn' | 'proofs'>,
  rule: RuleName,
): Proof {
  const { sources, confidence, checkedOn, proofs } = spec;
  return proofs[rule] ?? { sources: sources.map((_, index) => index), confidence, checkedOn };
}
