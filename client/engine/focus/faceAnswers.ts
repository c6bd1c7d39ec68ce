/** What the face model says, as faces. The model is MediaPipe's BlazeFace, full range (arXiv 1907.05047). */
import type { Point, Rect, Size } from '../geometry.ts';
import type { FaceMarks } from './findings.ts';
import { boxToPhoto, type Letterbox, toPhoto } from './letterbox.ts';
import { keepBest, overlapOf } from './overlap.ts';

export interface FoundFace {
  /** From the brows to the chin, in fractions of the photo; may reach out of it. */
  box: Rect;
  /** 0..1 */
  score: number;
  marks: FaceMarks;
  /** How much detail the face has for its contrast: below 0.25 it is out of focus, above 0.45 sharp. null: too small to say. */
  sharpness: number | null;
  /** Only the closer look found it: it may be a pattern that a small face looks like. */
  isOnlyCloser?: true;
}

/** Side in pixels of the model's square. */
export const faceSide = 192;

/** Below this hardly any answer is a face. */
const leastFaceScore = 0.3;

/** The model answers for each cell of a grid. */
const gridSide = 48;

/** A logit, then the box's middle (from the cell's) and size, then six points (from the cell's middle). */
const numbersPerCell = 17;

/** Faces nearer to each other than this are one. */
const mostOverlap = 0.3;

/** `answer`: the model's output `Identity`, 48 x 48 x 17 numbers in pixels of the square. The best come first. */
export function readFaces(answer: Float32Array, letterbox: Letterbox): FoundFace[] {
  const faces: FoundFace[] = [];
  for (let cell = 0; cell < gridSide * gridSide; cell++) {
    const at = cell * numbersPerCell;
    const score = 1 / (1 + Math.exp(-(answer[at] ?? 0)));
    if (!(score >= leastFaceScore)) continue;
    const middle = {
      x: (((cell % gridSide) + 0.5) / gridSide) * faceSide,
      y: ((Math.floor(cell / gridSide) + 0.5) / gridSide) * faceSide,
    };
    const pair = (index: number): Point => ({ x: answer[at + index] ?? 0, y: answer[at + index + 1] ?? 0 });
    const point = (index: number): Point => {
      const offset = pair(index);
      return { x: middle.x + offset.x, y: middle.y + offset.y };
    };
    const mark = (index: number) => toPhoto(letterbox, point(5 + 2 * index));
    const [face, size] = [point(1), pair(3)];
    faces.push({
      box: boxToPhoto(
        letterbox,
        { x: face.x - size.x / 2, y: face.y - size.y / 2 },
        { x: face.x + size.x / 2, y: face.y + size.y / 2 },
      ),
      score,
      marks: {
        rightEye: mark(0),
        leftEye: mark(1),
        nose: mark(2),
        mouth: mark(3),
        rightEar: mark(4),
        leftEar: mark(5),
      },
      sharpness: null,
    });
  }
  return keepFaces(faces);
}

/** Of several boxes around one face the best. */
export function keepFaces(faces: readonly FoundFace[]): FoundFace[] {
  return keepBest(faces, mostOverlap);
}

/** The faces of both looks, each once. */
export function joinLooks(first: readonly FoundFace[], closer: readonly FoundFace[]): FoundFace[] {
  const isKnown = (face: FoundFace) => first.some(({ box }) => overlapOf(box, face.box) > mostOverlap);
  return keepFaces([
    ...first,
    ...closer.map((face): FoundFace => (isKnown(face) ? face : { ...face, isOnlyCloser: true })),
  ]);
}

/** Tiles of a second look: this many along the shorter side, and the share by which neighbours overlap. */
const tilesAlong = 2;
const tileOverlap = 0.25;

/** Square parts of the photo (fractions) that cover it, for faces too small to be seen in the whole. */
export function tilesOf({ width, height }: Size): Rect[] {
  const side = Math.min(width, height) / (tilesAlong - (tilesAlong - 1) * tileOverlap);
  const starts = (length: number): number[] => {
    const count = Math.max(1, Math.ceil((length - side) / (side * (1 - tileOverlap)) - 1e-6) + 1);
    return Array.from({ length: count }, (_, i) => (count > 1 ? (i * (length - side)) / (count - 1) : 0));
  };
  return starts(height).flatMap((y) =>
    starts(width).map((x) => ({ x: x / width, y: y / height, width: side / width, height: side / height })),
  );
}

/** Whether a face found in a tile goes on behind the tile's edge: a neighbour sees the whole of it. */
export function isCutByTile({ box }: FoundFace, tile: Rect): boolean {
  const near = 0.01;
  return (
    (tile.x > 0 && box.x < tile.x + near * tile.width) ||
    (tile.y > 0 && box.y < tile.y + near * tile.height) ||
    (tile.x + tile.width < 1 - 1e-6 && box.x + box.width > tile.x + (1 - near) * tile.width) ||
    (tile.y + tile.height < 1 - 1e-6 && box.y + box.height > tile.y + (1 - near) * tile.height)
  );
}
