/** smartcrop's opinion of every place that a crop can slide to, from its map of the photo: its score, written as one sum. */

import { focalFromCrops } from '../focalPoint.ts';
import { clamp, type Point, type Size } from '../geometry.ts';
import type { ScoreMap } from './findings.ts';

export interface ScoreCurve {
  /** Along which the crop slides; null where it is the whole photo. */
  axis: 'x' | 'y' | null;
  /** Size of the crop along that axis, as a fraction of the photo. */
  length: number;
  /** smartcrop's score of the crop that starts at `i / (scores.length - 1)` of the way; higher is better. At least one. */
  scores: Float32Array<ArrayBuffer>;
}

/** Offsets that are tried, in cells of the map. */
const step = 0.25;

/** Of the largest crops with that width per height (in pixels of the photo). smartcrop 2.0.5's own numbers. */
export function smartcropCurve(map: ScoreMap, aspect: number, ruleOfThirds = true): ScoreCurve {
  const photo = map.searched;
  const width = Math.min(photo.width, photo.height * aspect);
  const height = Math.min(photo.height, photo.width / aspect);
  const [isWide, isTall] = [photo.width - width > 0.5, photo.height - height > 0.5];
  const axis = isWide ? 'x' : isTall ? 'y' : null;
  const way = isWide ? photo.width - width : isTall ? photo.height - height : 0;
  const count = way > 0 ? Math.max(2, Math.ceil(way / (map.cell * step)) + 1) : 1;
  const scores = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const offset = count > 1 ? (way * i) / (count - 1) : 0;
    const crop = { x: isWide ? offset : 0, y: isTall && !isWide ? offset : 0, width, height };
    scores[i] = scoreOf(map, crop, ruleOfThirds);
  }
  return { axis, length: isWide ? width / photo.width : height / photo.height, scores };
}

/** What lies outside of the crop counts against it. */
const outside = -0.5;

/** Share of a crop's half side, from its edge, in which things count against it, and how much. */
const edgeRadius = 0.4;
const edgeWeight = -20;

function scoreOf(map: ScoreMap, crop: Point & Size, ruleOfThirds: boolean): number {
  let sum = 0;
  for (let row = 0; row < map.height; row++) {
    const y = (row * map.cell - crop.y) / crop.height;
    for (let column = 0; column < map.width; column++) {
      const x = (column * map.cell - crop.x) / crop.width;
      const isInside = x >= 0 && x < 1 && y >= 0 && y < 1;
      sum +=
        (map.values[row * map.width + column] ?? 0) * (isInside ? importance(x, y, ruleOfThirds) : outside);
    }
  }
  return sum / (crop.width * crop.height);
}

/** How much a place counts, by where in the crop it is (fractions). */
function importance(x: number, y: number, ruleOfThirds: boolean): number {
  const fromMiddleX = Math.abs(0.5 - x) * 2;
  const fromMiddleY = Math.abs(0.5 - y) * 2;
  const intoEdgeX = Math.max(fromMiddleX - 1 + edgeRadius, 0);
  const intoEdgeY = Math.max(fromMiddleY - 1 + edgeRadius, 0);
  const edge = (intoEdgeX ** 2 + intoEdgeY ** 2) * edgeWeight;
  const middle = 1.41 - Math.sqrt(fromMiddleX ** 2 + fromMiddleY ** 2);
  if (!ruleOfThirds) return middle + edge;
  return middle + Math.max(0, middle + edge + 0.5) * 1.2 * (third(fromMiddleX) + third(fromMiddleY)) + edge;
}

/** Highest where a third of the crop's side ends. */
function third(fromMiddle: number): number {
  const off = (((fromMiddle - 1 / 3 + 1) % 2) * 0.5 - 0.5) * 16;
  return Math.max(1 - off * off, 0);
}

/** As in the search of the pixel worker (client/worker/focus.ts), where the figures behind these numbers are. */
const tallAspects = [1 / 3, 9 / 16, 4 / 5];
const wideAspects = [4, 3, 2];

/** smartcrop's one point for a photo: each axis is the mean of the middles of the best crops that slide along it. */
export function focalFromScores(map: ScoreMap): Point {
  const photo = map.searched;
  const shape = photo.width / photo.height;
  const best = (aspect: number) => {
    const { axis, length, scores } = smartcropCurve(map, aspect, false);
    const place = scores.indexOf(scores.reduce((a, b) => Math.max(a, b)));
    const start = scores.length > 1 ? ((1 - length) * place) / (scores.length - 1) : 0;
    return axis === 'y'
      ? { x: 0, y: start * photo.height, width: photo.width, height: length * photo.height }
      : { x: start * photo.width, y: 0, width: clamp(length, 0, 1) * photo.width, height: photo.height };
  };
  return focalFromCrops(
    {
      tall: tallAspects.map((aspect) => best(Math.min(aspect, shape))),
      wide: wideAspects.map((aspect) => best(Math.max(aspect, shape))),
    },
    photo,
  );
}
