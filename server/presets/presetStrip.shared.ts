/** The row of small drawings that shows at a glance which specs a preset has. */
import type { Spec } from '../specs/spec.shared.ts';

export interface Strip {
  width: number;
  height: number;
  shapes: Placed[];
  /** How many specs of the preset are not drawn. */
  more: number;
}

/** One drawing of the strip, with its place in it. */
interface Placed {
  x: number;
  y: number;
  width: number;
  height: number;
  shape: 'rectangle' | 'circle' | 'rounded';
}

const drawnSide = 30;
const thinnest = 4;
const gap = 6;
/** So many drawings, or as many as fit. */
const mostDrawn = 8;
const stripWidth = 200;

/**
 * The first specs side by side at one scale of their longer sides, standing on one line.
 * @param specs in the order of the preset; null where a spec is not known
 */
export function drawStrip(specs: readonly (Pick<Spec, 'widthPx' | 'heightPx' | 'mask'> | null)[]): Strip {
  const shapes: Placed[] = [];
  let x = 0;
  for (const spec of specs.slice(0, mostDrawn)) {
    if (spec === null) continue;
    const scale = drawnSide / Math.max(spec.widthPx, spec.heightPx);
    const width = Math.max(thinnest, Math.round(spec.widthPx * scale));
    const height = Math.max(thinnest, Math.round(spec.heightPx * scale));
    if (x + width > stripWidth) break;
    shapes.push({ x, y: drawnSide - height, width, height, shape: spec.mask ?? 'rectangle' });
    x += width + gap;
  }
  return { width: Math.max(0, x - gap), height: drawnSide, shapes, more: specs.length - shapes.length };
}
