/** Faces: one look at the whole photo, and a closer one in tiles. */
import type { Pixels } from '../../engine/blur.ts';
import { shareInside } from '../../engine/focus/box.ts';
import {
  type FoundFace,
  faceSide,
  isCutByTile,
  joinLooks,
  readFaces,
  tilesOf,
} from '../../engine/focus/faceAnswers.ts';
import type { Letterbox } from '../../engine/focus/letterbox.ts';
import { sharpnessOf, sharpnessSide } from '../../engine/focus/sharpness.ts';
import { clamp, type Point, type Rect } from '../../engine/geometry.ts';
import type { Sight } from './sight.ts';
import type { Model } from './tensorflow.ts';

/** As in the first look; the person around it has to support a weak one. */
const leastHeadScore = 0.3;

const whole: Rect = { x: 0, y: 0, width: 1, height: 1 };

export function lookForFaces(model: Model, sight: Sight): FoundFace[] {
  return lookAtPart(model, sight, whole).map((face) => measure(face, sight));
}

/** `found`: by the first look; `pause` lets other work in between two tiles. */
export async function lookCloser(
  model: Model,
  sight: Sight,
  { found, pause }: { found: readonly FoundFace[]; pause: () => Promise<void> },
): Promise<FoundFace[]> {
  const more: FoundFace[] = [];
  for (const tile of tilesOf(sight.size)) {
    const faces = lookAtPart(model, sight, tile).filter((face) => !isCutByTile(face, tile));
    more.push(...faces.map((face) => measure(face, sight)));
    await pause();
  }
  return joinLooks(found, more);
}

/** All the heads in one look: each lies in its own cell of the model's square. */
export function lookForHeads(model: Model, sight: Sight, heads: readonly Letterbox[]): FoundFace[] {
  if (heads.length === 0) return [];
  const input = new Float32Array(faceSide * faceSide * 3).fill(-1);
  for (const { part, inner } of heads) writeInput(input, sight.square(part, inner.width, 0).pixels, inner);
  const answer = runOn(model, input);
  if (!answer) return [];
  return heads.flatMap((head) =>
    readFaces(answer, head)
      .filter(({ box, score }) => score >= leastHeadScore && shareInside(box, head.part) > 0.6)
      .map((face) => measure(face, sight)),
  );
}

function lookAtPart(model: Model, sight: Sight, part: Rect): FoundFace[] {
  const { pixels, letterbox } = sight.square(part, faceSide, 0);
  const input = new Float32Array(faceSide * faceSide * 3);
  writeInput(input, pixels, { x: 0, y: 0 });
  const answer = runOn(model, input);
  return answer ? readFaces(answer, letterbox) : [];
}

/** Writes pixels into the model's square, their upper left corner at a point of it. */
function writeInput(input: Float32Array, { data, width, height }: Pixels, at: Point): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      const to = ((at.y + y) * faceSide + at.x + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        input[to + channel] = (data[from + channel] ?? 0) / 127.5 - 1;
      }
    }
  }
}

/** The model's second head finds fewer faces. */
function runOn(model: Model, input: Float32Array): Float32Array | null {
  return model.run(input, [1, faceSide, faceSide, 3], ['Identity'])[0]?.data ?? null;
}

/** Pixels of our copy; a smaller face is enlarged to be measured, and looks out of focus for that alone. */
const leastMeasured = 60;

function measure(face: FoundFace, { size, square }: Sight): FoundFace {
  const [left, top] = [clamp(face.box.x, 0, 1), clamp(face.box.y, 0, 1)];
  const part = {
    x: left,
    y: top,
    width: clamp(face.box.x + face.box.width, 0, 1) - left,
    height: clamp(face.box.y + face.box.height, 0, 1) - top,
  };
  const [width, height] = [part.width * size.width, part.height * size.height];
  if (Math.max(width, height) <= leastMeasured || Math.min(width, height) < 6) return face;
  return { ...face, sharpness: sharpnessOf(square(part, sharpnessSide, 0).pixels) };
}
