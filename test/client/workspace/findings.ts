/** What detection may have found in a photo of three by two, for the tests of what follows from it. */
import type { FocusBox } from '../../../client/engine/focus/box.ts';
import type { Findings } from '../../../client/engine/focus/findings.ts';

export function findingsOf(boxes: FocusBox[]): Findings {
  const cells = { width: 30, height: 20 };
  return {
    size: { width: 1024, height: 683 },
    boxes,
    marks: {},
    saliency: { ...cells, data: new Uint8Array(600).fill(10) },
    scores: {
      ...cells,
      values: new Float32Array(600).fill(0.1),
      searched: { width: 240, height: 160 },
      cell: 8,
    },
    focal: { x: 0.5, y: 0.5 },
  };
}
