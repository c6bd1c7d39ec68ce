/**
 * The contract between the page and the focus worker. Every request but `cancel` ends with exactly one of `done`, `stopped`,
 * `failed` and `unable`, whatever becomes of the models.
 */
import type { Pixels } from '../../engine/blur.ts';
import type { Findings } from '../../engine/focus/findings.ts';
import type { Size } from '../../engine/geometry.ts';

/**
 * `instant`: what stands out, and smartcrop's map; without a model. `faces`. `objects`: people, animals and things. `closer`:
 * faces too small for the first look, when the person asks for it.
 */
export const stages = ['instant', 'faces', 'objects', 'closer'] as const;
export type Stage = (typeof stages)[number];

/** `automatic`: everything that is found. `faces`: where there are faces, hardly anything but them. */
export const aims = ['automatic', 'faces'] as const;
export type Aim = (typeof aims)[number];

export type Request =
  | {
      kind: 'look';
      id: number;
      /** What it says of itself is read, and its content is the key under which the findings are remembered. */
      file: Blob;
      /** The photo upright, in any size of its shape, if it is decoded already; closed by the worker. */
      image?: ImageBitmap;
      aim: Aim;
      /** Answered in the order of `stages`. */
      stages: readonly Stage[];
    }
  /** Stop the look with that id at its next step. */
  | { kind: 'cancel'; id: number };

export type Look = Extract<Request, { kind: 'look' }>;

export type Reply =
  /** Everything known so far, with this stage's part. `ms`: what the stage took, 0 when it was remembered. */
  | { kind: 'looked'; id: number; stage: Stage; findings: Findings; ms: number }
  /** The stage could not be done here; `reason` is a sentence for the person. What was found before it counts. */
  | { kind: 'skipped'; id: number; stage: Stage; reason: string }
  | { kind: 'done'; id: number }
  | { kind: 'stopped'; id: number }
  /** The photo could not be read; `reason` is a sentence for the person. */
  | { kind: 'failed'; id: number; reason: string }
  /** This browser's workers cannot draw, so this one can do nothing at all. */
  | { kind: 'unable'; id: number };

/** A photo that is decoded already: how large it is, at most 1024 pixels a side, and all of it in the size that is asked for. */
export interface PlainSight {
  size: Size;
  pixels(size: Size): Pixels;
}

/** What the script `focusHere` exports as `lookHere`: the stage `instant`, on the page itself. */
export type LookHere = (sight: PlainSight, file: Blob) => Promise<Findings>;
