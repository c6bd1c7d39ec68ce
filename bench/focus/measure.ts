/** What a crop keeps of what must stay. */
import { shareInside } from '../../client/engine/focus/box.ts';
import type { Rect } from '../../client/engine/geometry.ts';
import type { LabelledPhoto } from './labels.ts';

/** Width by height of the crops that are asked for. */
export const aspects = { '1:1': 1, '4:5': 4 / 5, '9:16': 9 / 16, '16:9': 16 / 9, '3:1': 3, '1:3': 1 / 3 };
export type Aspect = keyof typeof aspects;
export const aspectNames = Object.keys(aspects) as Aspect[];

export interface Score {
  photo: LabelledPhoto;
  aspect: Aspect;
  /** Share of the area of all boxes that the crop keeps. */
  kept: number;
  /** That by the share that the best largest crop of the shape would keep. */
  ofAttainable: number;
  /** All boxes together are small enough for a crop of that shape. */
  couldFit: boolean;
  /** At least 97 % of every box is inside. */
  isFull: boolean;
}

/** The labeller's error is about 0.02 of the photo. */
const whole = 0.97;

/** null where the crop is the whole photo. `crop` in fractions of the photo. */
export function score(photo: LabelledPhoto, aspect: Aspect, crop: Rect): Score | null {
  const size = largestSize(photo, aspects[aspect]);
  if (size.width > 0.999 && size.height > 0.999) return null;
  const kept = keptBy(photo.keep, crop);
  let attainable = 0;
  for (let i = 0; i <= 200; i++) {
    const x = ((1 - size.width) * i) / 200;
    const y = ((1 - size.height) * i) / 200;
    attainable = Math.max(attainable, keptBy(photo.keep, { x, y, ...size }));
  }
  return {
    photo,
    aspect,
    kept,
    ofAttainable: Math.min(1, kept / attainable),
    couldFit:
      spanOf(photo.keep, 'x', 'width') <= size.width + 0.001 &&
      spanOf(photo.keep, 'y', 'height') <= size.height + 0.001,
    isFull: photo.keep.every((box) => shareInside(box, crop) >= whole),
  };
}

/** Of the largest crop of that shape, in fractions of the photo. */
export function largestSize({ width, height }: LabelledPhoto, aspect: number) {
  return { width: Math.min(1, (height * aspect) / width), height: Math.min(1, width / aspect / height) };
}

function keptBy(boxes: readonly Rect[], crop: Rect): number {
  const area = (box: Rect) => box.width * box.height;
  const whole = boxes.reduce((sum, box) => sum + area(box), 0);
  return boxes.reduce((sum, box) => sum + area(box) * shareInside(box, crop), 0) / whole;
}

function spanOf(boxes: readonly Rect[], start: 'x' | 'y', length: 'width' | 'height'): number {
  return (
    Math.max(...boxes.map((box) => box[start] + box[length])) - Math.min(...boxes.map((box) => box[start]))
  );
}

export interface Summary {
  photos: number;
  /** Crops that could keep everything. */
  couldFit: number;
  /** Shares 0..1; NaN where there is nothing to count. */
  full: number;
  kept: number;
  ofAttainable: number;
  /** Crops that kept less than half of what was attainable. */
  lostHalf: number;
}

export function summarise(scores: readonly Score[]): Summary {
  const fitting = scores.filter(({ couldFit }) => couldFit);
  return {
    photos: new Set(scores.map(({ photo }) => photo.name)).size,
    couldFit: fitting.length,
    full: mean(fitting.map(({ isFull }) => Number(isFull))),
    kept: mean(scores.map(({ kept }) => kept)),
    ofAttainable: mean(scores.map(({ ofAttainable }) => ofAttainable)),
    lostHalf: mean(scores.map(({ ofAttainable }) => Number(ofAttainable < 0.5))),
  };
}

/** 95 % of the resamplings of the photos (a thousand, always the same) have a share of full crops between these. */
export function intervalOfFull(scores: readonly Score[]): [number, number] {
  const names = [...new Set(scores.map(({ photo }) => photo.name))];
  const byPhoto = names.map((name) => scores.filter(({ photo }) => photo.name === name));
  let state = 1;
  const random = () => {
    state = (state * 48271) % 2147483647; // Park and Miller's generator
    return state / 2147483647;
  };
  const samples = Array.from({ length: 1000 }, () => {
    const picked = byPhoto.map(() => byPhoto[Math.floor(random() * byPhoto.length)] ?? []);
    return summarise(picked.flat()).full;
  }).toSorted((a, b) => a - b);
  return [samples[25] ?? NaN, samples[974] ?? NaN];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
