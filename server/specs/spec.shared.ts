/** What All Img Fit knows of one placement, as the server parses it and the client uses it. */

/** The formats that All Img Fit writes. */
export const formats = ['jpeg', 'png', 'webp'] as const;
export type Format = (typeof formats)[number];

/** The part that stays visible at the placement. All numbers are fractions of the spec's width or height, 0..1. */
export type SafeArea =
  | { kind: 'inset'; top: number; right: number; bottom: number; left: number }
  | { kind: 'rectangle'; x: number; y: number; width: number; height: number }
  /** Centre as fractions of width and height; radius as a fraction of the smaller side. */
  | { kind: 'circle'; x: number; y: number; radius: number };

/** The shape in which the placement shows the image. `rounded` is a square with round corners. */
export type Mask = 'circle' | 'rounded';

/** A: primary source read. B: secondary sources agree or quote the official page. */
export type Confidence = 'A' | 'B';

export interface Spec {
  /** Stable, lower-case, hyphenated: `instagram-portrait-4x5`. */
  id: string;
  /** The platform or kind of use: `Instagram`. */
  group: string;
  /** The placement inside its group: `Post, portrait 4:5`. */
  name: string;
  /** 1 at first; counted up with each change of a rule. */
  version: number;
  widthPx: number;
  heightPx: number;
  /** Allowed formats that All Img Fit can write, the preferred one first; never empty. */
  formats: Format[];
  /** Byte window; null means that no limit is known. */
  minBytes: number | null;
  maxBytes: number | null;
  /** Pixels per inch for print; null means that it does not matter. */
  dpi: number | null;
  safeArea: SafeArea | null;
  mask: Mask | null;
  /** The rule for the background in words ("white / off-white"), or null. */
  background: string | null;
  /** What a person should know beyond the rules; may be empty. */
  note: string;
  /** Where the rules were read. `url` is null for a source without a page of its own. */
  sources: { text: string; url: string | null }[];
  confidence: Confidence;
  /** ISO date on which the sources were read. */
  checkedOn: string;
}
