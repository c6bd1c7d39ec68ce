/** From a face to the whole head, which the face model leaves out: hair, chin and the back of the head. */
import { clamp, type Rect, type Size } from '../geometry.ts';
import type { FoundFace } from './faceAnswers.ts';

/** In heights of the face: how far the head's middle lies above the face's, and half of the head's height. */
const rise = 0.22;
const halfHeight = 0.87;

/** In widths of the face: half of the head's width seen from the front, what a profile adds, and how far it shifts backwards. */
const halfWidth = 0.72;
const profileWidth = 0.12;
const profileShift = 0.3;

/** A face that is turned less than this is seen from the front. */
const frontal = 0.15;

/**
 * The box around an ellipse that lies as the face does: upright along the line from mouth to eyes, and further back the more the
 * face is turned. In fractions of the photo, inside it. The numbers are such that the
 * boxes end where labelled heads do, in the median of 22 (44 photos).
 */
export function headBox({ box, marks }: Pick<FoundFace, 'box' | 'marks'>, photo: Size): Rect {
  const inPixels = ({ x, y }: { x: number; y: number }) => ({ x: x * photo.width, y: y * photo.height });
  const [width, height] = [box.width * photo.width, box.height * photo.height];
  const [rightEye, leftEye, nose] = [marks.rightEye, marks.leftEye, marks.nose].map(inPixels);
  const [mouth, rightEar, leftEar] = [marks.mouth, marks.rightEar, marks.leftEar].map(inPixels);
  if (!rightEye || !leftEye || !nose || !mouth || !rightEar || !leftEar) return box;

  const eyes = { x: (rightEye.x + leftEye.x) / 2, y: (rightEye.y + leftEye.y) / 2 };
  const faceLength = Math.hypot(eyes.x - mouth.x, eyes.y - mouth.y);
  const isTold = faceLength > 0.12 * height;
  const up = isTold
    ? { x: (eyes.x - mouth.x) / faceLength, y: (eyes.y - mouth.y) / faceLength }
    : { x: 0, y: -1 };
  const across = { x: -up.y, y: up.x };

  // How far the nose lies before the ears says how far the face is turned, -1..1.
  const ears = { x: (rightEar.x + leftEar.x) / 2, y: (rightEar.y + leftEar.y) / 2 };
  const ahead = (nose.x - ears.x) * across.x + (nose.y - ears.y) * across.y;
  const turn = clamp(ahead / (0.5 * width), -1, 1);
  const profile = Math.max(0, Math.abs(turn) - frontal) / (1 - frontal);

  const back = -Math.sign(turn) * profile * profileShift * width;
  const middle = {
    x: (box.x + box.width / 2) * photo.width + up.x * rise * height + across.x * back,
    y: (box.y + box.height / 2) * photo.height + up.y * rise * height + across.y * back,
  };
  const [tall, wide] = [halfHeight * height, (halfWidth + profileWidth * profile) * width];
  const reachX = Math.hypot(up.x * tall, across.x * wide);
  const reachY = Math.hypot(up.y * tall, across.y * wide);
  const left = clamp((middle.x - reachX) / photo.width, 0, 1);
  const top = clamp((middle.y - reachY) / photo.height, 0, 1);
  return {
    x: left,
    y: top,
    width: clamp((middle.x + reachX) / photo.width, 0, 1) - left,
    height: clamp((middle.y + reachY) / photo.height, 0, 1) - top,
  };
}
