/** What the place does with a file: each derived view on the whole, all at one scale, with its name and pixels. */
import { type Drawing, type DrawnShape, drawShapes } from './drawing.shared.ts';
import { drawnSize, drawView } from './plate.ts';
import { chooseScale, paperSize, scaleWords } from './scale.ts';
import type { Spec } from './spec.shared.ts';
import { sizeWords, thin } from './words.shared.ts';

const room = { width: 200, height: 160 };

export interface ViewStrip {
  scale: string;
  views: {
    name: string;
    /** `1012 × 1350 px` */
    size: string;
    /** `shown 110 px wide`; empty where that is not known. */
    shown: string;
    width: number;
    height: number;
    shape: DrawnShape;
  }[];
}

/** null for a spec without derived views. */
export function drawViewStrip(spec: Spec): ViewStrip | null {
  if (spec.derived.length === 0) return null;
  const scale = chooseScale({ ...spec, head: null }, room);
  const size = drawnSize(spec, scale);
  return {
    scale: scaleWords(scale, paperSize(spec) !== null),
    views: spec.derived.map((view) => {
      const { name, area, shownPx } = view;
      const [width, height] = [
        Math.round(area.width * spec.widthPx),
        Math.round(area.height * spec.heightPx),
      ];
      return {
        name,
        size: `${sizeWords(width, height)}${thin}px`,
        shown: shownPx === null ? '' : `shown at ${shownPx}${thin}px${width === height ? '' : ' at most'}`,
        ...size,
        shape: drawView(view, size),
      };
    }),
  };
}

/** A photo that the plate draws enlarged, once more as large as it is on paper; null where the plate is not larger than paper. */
export function drawOnPaper(spec: Spec): Drawing | null {
  if (spec.head === null || paperSize(spec) === null) return null;
  const size = drawnSize(spec, { drawn: 1, real: 1 });
  return size.width > room.width * 1.4 ? null : { ...size, ...drawShapes(spec, size.width, size.height) };
}
