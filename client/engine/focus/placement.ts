/** Placement: where a crop lies so that it keeps what must stay. */
import { centre, coverCrop, type Rect, type Size } from '../geometry.ts';
import { type FocusBox, shareInside } from './box.ts';
import type { SaliencyMap } from './findings.ts';
import { isMust, isWhole } from './must.ts';
import { padFor } from './padding.ts';
import { type Placing, placing as tuned } from './placing.ts';
import { reasonFor } from './reason.ts';
import { inFractions, inPixels, paddedShare } from './units.ts';
import { valueCrops } from './valueCrops.ts';
import { type Place, seenArea, shareSeen } from './visible.ts';

/** All that is known of a photo. */
export interface Scene {
  /** After orientation. */
  photo: Size;
  boxes: readonly FocusBox[];
  saliency: SaliencyMap | null;
  /**
   * What smartcrop thinks of the largest crops of that shape (width by height), evenly from the first position to the last;
   * larger is better, on any scale.
   */
  opinion: ((aspect: number) => ArrayLike<number>) | null;
}

export interface Wish extends Place {
  /** `coverOrPad`: the crop may reach over the photo's edges, as far as what must stay needs it. */
  pads: boolean;
  /** >= 1; 1 is the largest crop. */
  zoom?: number;
}

/** How much of an enabled box is seen at the placement, 0..1. */
export interface Kept {
  id: string;
  share: number;
}

export interface Tried {
  crop: Rect;
  /** Larger is better; only comparable within one placement. */
  score: number;
  kept: Kept[];
}

/** What would show everything that must stay: as little padding as that needs, or the whole photo on a background. */
export type Alternative = { fit: 'coverOrPad'; crop: Rect; padded: number } | { fit: 'contain' };

export interface Placement {
  /** In pixels of the photo. Where it reaches over the photo's edges, that is padding. */
  crop: Rect;
  kept: Kept[];
  /** Everything that must stay is whole. */
  fits: boolean;
  /** In words: `keeps face 1 and face 2 whole`, `cuts 18 % of face 2`. */
  reason: string;
  /** The share of the crop, 0..1, that lies outside the photo. */
  padded: number;
  /** This crop without padding, and the best ones that are clearly elsewhere; the best first. */
  tried: Tried[];
  /** Empty where everything that must stay fits. */
  alternatives: Alternative[];
}

/** Steps that are tried on an axis; even, so that the middle is one of them. */
const steps = { alone: 160, together: 48 };

/** So many crops are told of, with what each keeps. */
const mostTried = 4;

/** Decides the crop of one photo for one place. The same scene and wish always give the same crop. */
export function place(scene: Scene, wish: Wish, placing: Placing = tuned): Placement {
  const { photo } = scene;
  const boxes = scene.boxes.filter(({ enabled }) => enabled);
  const largest = coverCrop(photo, sizeOf(wish), centre, wish.zoom ?? 1);
  const size = { width: largest.width / photo.width, height: largest.height / photo.height };
  const crops = cropsToTry(size);
  const scores = valueCrops({ ...scene, boxes }, wish, crops, placing);
  const tried = peaks(crops, scores).map(({ crop, score }) => ({
    crop: inPixels(crop, photo),
    score,
    kept: keptOf(boxes, wish, crop),
  }));
  return outcome({ ...scene, boxes }, wish, tried[0]?.crop ?? largest, tried);
}

/** What becomes of a crop (pixels of the photo) that the person chose; padding is added where the wish asks for it. */
export function placeAt(scene: Scene, wish: Wish, crop: Rect): Placement {
  const boxes = scene.boxes.filter(({ enabled }) => enabled);
  return outcome({ ...scene, boxes }, wish, crop, []);
}

function outcome({ photo, boxes }: Scene, wish: Wish, best: Rect, tried: Tried[]): Placement {
  const bestKept = keptOf(boxes, wish, inFractions(best, photo));
  const must = boxes.filter((box) => isMust(box, boxes));
  const isKept = must.every(({ id }) => bestKept.some((kept) => kept.id === id && isWhole(kept.share)));
  const padding = isKept ? null : padFor(must, wish, photo, best);
  const isPadded = padding !== null && wish.pads;
  const crop = isPadded ? padding : best;
  const kept = isPadded ? keptOf(boxes, wish, inFractions(padding, photo)) : bestKept;
  const padded = paddedShare(crop, photo);
  const reason = reasonFor({ boxes, must, kept, wish, padded });
  const fits = isKept || isPadded;
  const alternatives: Alternative[] = fits ? [] : [{ fit: 'contain' }];
  if (!fits && padding) {
    alternatives.unshift({ fit: 'coverOrPad', crop: padding, padded: paddedShare(padding, photo) });
  }
  return { crop, kept, fits, reason, padded, tried, alternatives };
}

function keptOf(boxes: readonly FocusBox[], wish: Place, crop: Rect): Kept[] {
  const seen = seenArea(wish, crop);
  return boxes.map((box) => ({ id: box.id, share: shareSeen(box, seen) }));
}

/** All crops of that size (fractions of the photo), from the first position to the last, row by row. */
function cropsToTry({ width, height }: Size): Rect[] {
  const slackX = Math.max(0, 1 - width);
  const slackY = Math.max(0, 1 - height);
  const isFreeX = slackX > 0.0005;
  const isFreeY = slackY > 0.0005;
  const count = isFreeX && isFreeY ? steps.together : steps.alone;
  const along = (slack: number, isFree: boolean) =>
    isFree ? Array.from({ length: count + 1 }, (_, i) => (slack * i) / count) : [slack / 2];
  return along(slackY, isFreeY).flatMap((y) => along(slackX, isFreeX).map((x) => ({ x, y, width, height })));
}

/** The best crop, then the best of those that lie clearly elsewhere than every better one. */
function peaks(crops: readonly Rect[], scores: readonly number[]): { crop: Rect; score: number }[] {
  const fromMiddle = ({ x, y, width, height }: Rect) => Math.hypot(x + width / 2 - 0.5, y + height / 2 - 0.5);
  const ranked = crops
    .map((crop, i) => ({ crop, score: scores[i] ?? 0 }))
    .toSorted((a, b) => b.score - a.score || fromMiddle(a.crop) - fromMiddle(b.crop));
  const taken: typeof ranked = [];
  for (const one of ranked) {
    const isElsewhere = taken.every(({ crop }) => shareInside(one.crop, crop) < 0.75);
    if (isElsewhere) taken.push(one);
    if (taken.length === mostTried) break;
  }
  return taken;
}

function sizeOf({ widthPx, heightPx }: Place): Size {
  return { width: widthPx, height: heightPx };
}
