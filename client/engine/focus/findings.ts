/** What looking at a photo gives: the boxes to keep, and two maps of where it is worth looking. */
import type { Point, Size } from '../geometry.ts';
import type { FocusBox } from './box.ts';

/** One byte per cell, row by row, over the whole photo: 255 stands out most. */
export interface SaliencyMap extends Size {
  data: Uint8Array<ArrayBuffer>;
}

/** What smartcrop thinks of each place, row by row; a crop's score is a weighted sum of it (see `smartcropCurve`). */
export interface ScoreMap extends Size {
  values: Float32Array<ArrayBuffer>;
  /** Size in pixels of the copy that was searched. */
  searched: Size;
  /** Pixels of that copy per cell, a square; what is left over at the right and bottom belongs to no cell. */
  cell: number;
}

/** Places in a face, in fractions of the photo; `left` and `right` are the person's own. */
export interface FaceMarks {
  rightEye: Point;
  leftEye: Point;
  nose: Point;
  mouth: Point;
  rightEar: Point;
  leftEar: Point;
}

export interface Findings {
  /** Of what was looked at, after orientation: it has the photo's shape, and at most 1024 pixels a side. */
  size: Size;
  boxes: readonly FocusBox[];
  /** By the id of its face box. */
  marks: Readonly<Record<string, FaceMarks>>;
  saliency: SaliencyMap;
  scores: ScoreMap;
  /** smartcrop's answer: the whole answer where there is no box. */
  focal: Point;
}
