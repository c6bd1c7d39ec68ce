/** Faces: one look at the whole photo, and a closer one in tiles. */
import {
  type FoundFace,
  faceSide,
  isCutByTile,
  keepFaces,
  readFaces,
  tilesOf,
} from '../../engine/focus/faceAnswers.ts';
import { sharpnessOf, sharpnessSide } from '../../engine/focus/sharpness.ts';
import { clamp, type Rect } from '../../engine/geometry.ts';
import type { Sight } from './sight.ts';
import type { Model } from './tensorflow.ts';

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
  return keepFaces([...found, ...more]);
}

function lookAtPart(model: Model, sight: Sight, part: Rect): FoundFace[] {
  const { pixels, letterbox } = sight.square(part, faceSide, 0);
  const input = new Float32Array(faceSide * faceSide * 3);
  for (let i = 0; i < faceSide * faceSide; i++) {
    for (let channel = 0; channel < 3; channel++) {
      input[i * 3 + channel] = (pixels.data[i * 4 + channel] ?? 0) / 127.5 - 1;
    }
  }
  // The model's second head finds fewer faces.
  const [answer] = model.run(input, [1, faceSide, faceSide, 3], ['Identity']);
  return answer ? readFaces(answer.data, letterbox) : [];
}

/** Pixels of our copy; in a smaller face nothing can be said of its focus. */
const leastMeasured = 40;

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
