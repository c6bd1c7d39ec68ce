/** Faces and things as the models find them, for tests. */
import type { FoundFace } from '../../../../client/engine/focus/faceAnswers.ts';
import type { FoundThing } from '../../../../client/engine/focus/thingAnswers.ts';
import type { Rect } from '../../../../client/engine/geometry.ts';

export const whole: Rect = { x: 0, y: 0, width: 1, height: 1 };

/** An upright face. `turn`: -1 looks out of the picture's left side, 0 at the camera, 1 right. */
export function faceAt(box: Rect, turn = 0, score = 0.9): FoundFace {
  const at = (x: number, y: number) => ({ x: box.x + x * box.width, y: box.y + y * box.height });
  return {
    box,
    score,
    sharpness: null,
    marks: {
      rightEye: at(0.3, 0.4),
      leftEye: at(0.7, 0.4),
      nose: at(0.5 + turn / 2, 0.6),
      mouth: at(0.5, 0.8),
      rightEar: at(0, 0.5),
      leftEar: at(1, 0.5),
    },
  };
}

export function thingAt(label: string, box: Rect, score = 0.8): FoundThing {
  return { label, box, score };
}
