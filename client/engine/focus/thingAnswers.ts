/** What the object model says, as things with names. The model is NanoDet at 416 pixels, trained on the 80 classes of COCO. */
import { clamp, type Rect } from '../geometry.ts';
import { boxToPhoto, type Letterbox } from './letterbox.ts';
import { keepBest } from './overlap.ts';

export interface FoundThing {
  /** In fractions of the photo, inside it. */
  box: Rect;
  /** 0..1 */
  score: number;
  /** COCO's name for it. */
  label: string;
}

/** Side in pixels of the model's square. */
export const thingSide = 416;

/** Below this an answer says nothing. */
const leastScore = 0.15;

/** Things of one name nearer to each other than this are one. */
const mostOverlap = 0.5;

/** Each side of a box is a distribution over this many distances from the cell's middle, in cells. */
const distances = 11;

export interface GridAnswer {
  /** 0..1 for each cell and class. */
  scores: Float32Array;
  /** For each cell left, up, right and down, each as logits over the distances. */
  sides: Float32Array;
}

/** `answers`: one for each grid, of 13, 26 or 52 cells a side. The best come first. */
export function readThings(answers: readonly GridAnswer[], letterbox: Letterbox): FoundThing[] {
  return keepBest(
    answers.flatMap((answer) => readGrid(answer, letterbox)),
    mostOverlap,
  );
}

function readGrid({ scores, sides }: GridAnswer, letterbox: Letterbox): FoundThing[] {
  const cells = scores.length / labels.length;
  const along = Math.round(Math.sqrt(cells));
  const cellSide = thingSide / along;
  const found: FoundThing[] = [];
  for (let cell = 0; cell < cells; cell++) {
    const { score, label } = bestClass(scores, cell);
    if (score < leastScore) continue;
    const [x, y] = [((cell % along) + 0.5) * cellSide, (Math.floor(cell / along) + 0.5) * cellSide];
    const reach = (side: number) => meanDistance(sides, (cell * 4 + side) * distances) * cellSide;
    const box = boxToPhoto(
      letterbox,
      { x: x - reach(0), y: y - reach(1) },
      { x: x + reach(2), y: y + reach(3) },
    );
    found.push({ box: insidePhoto(box), score, label });
  }
  return found;
}

function bestClass(scores: Float32Array, cell: number): { score: number; label: string } {
  let best = 0;
  for (let i = 1; i < labels.length; i++) {
    if ((scores[cell * labels.length + i] ?? 0) > (scores[cell * labels.length + best] ?? 0)) best = i;
  }
  return { score: scores[cell * labels.length + best] ?? 0, label: labels[best] ?? '' };
}

/** The expected value of a distribution that is given as logits. */
function meanDistance(logits: Float32Array, at: number): number {
  const own = logits.subarray(at, at + distances);
  const most = own.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let [sum, weights] = [0, 0];
  for (const [distance, logit] of own.entries()) {
    const weight = Math.exp(logit - most);
    sum += weight * distance;
    weights += weight;
  }
  return sum / weights;
}

function insidePhoto({ x, y, width, height }: Rect): Rect {
  const [left, top] = [clamp(x, 0, 1), clamp(y, 0, 1)];
  return { x: left, y: top, width: clamp(x + width, 0, 1) - left, height: clamp(y + height, 0, 1) - top };
}

/** COCO's classes in their order. */
const labels = (
  'person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,stop sign,parking meter,bench,' +
  'bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,giraffe,backpack,umbrella,handbag,tie,suitcase,frisbee,skis,snowboard,' +
  'sports ball,kite,baseball bat,baseball glove,skateboard,surfboard,tennis racket,bottle,wine glass,cup,fork,knife,spoon,' +
  'bowl,banana,apple,sandwich,orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,potted plant,bed,dining table,' +
  'toilet,tv,laptop,mouse,remote,keyboard,cell phone,microwave,oven,toaster,sink,refrigerator,book,clock,vase,scissors,' +
  'teddy bear,hair drier,toothbrush'
).split(',');
