/** People, animals and things. */
import { type FoundThing, readThings, thingSide } from '../../engine/focus/thingAnswers.ts';
import type { Sight } from './sight.ts';
import type { Model } from './tensorflow.ts';

/** Mean and spread of blue, green and red in the photos that the model learned from, and the grey around them. */
const channels = [
  { from: 2, mean: 103.53, spread: 57.375 },
  { from: 1, mean: 116.28, spread: 57.12 },
  { from: 0, mean: 123.675, spread: 58.395 },
] as const;
const ground = 114;

/** The last side of the model's outputs that hold scores. */
const classes = 80;

export function lookForThings(model: Model, sight: Sight): FoundThing[] {
  const { pixels, letterbox } = sight.square({ x: 0, y: 0, width: 1, height: 1 }, thingSide, ground);
  const count = thingSide * thingSide;
  const input = new Float32Array(3 * count);
  for (const [plane, { from, mean, spread }] of channels.entries()) {
    for (let i = 0; i < count; i++) {
      input[plane * count + i] = ((pixels.data[i * 4 + from] ?? 0) - mean) / spread;
    }
  }
  const outputs = model.run(input, [1, 3, thingSide, thingSide]);
  // The grids come in no fixed order: scores and sides of one grid have the same number of cells.
  const grids = outputs
    .filter(({ shape }) => shape[2] === classes)
    .flatMap((scores) => {
      const sides = outputs.find(({ shape }) => shape[1] === scores.shape[1] && shape[2] !== classes);
      return sides ? [{ scores: scores.data, sides: sides.data }] : [];
    });
  return readThings(grids, letterbox);
}
