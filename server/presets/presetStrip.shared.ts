/** The row of small drawings that shows at a glance which specs a preset has. */
import { type DrawnShape, pathOf } from '../specs/drawing.shared.ts';
import type { Spec } from '../specs/spec.shared.ts';

export interface Strip {
  width: number;
  height: number;
  /** All drawings as one SVG path, each beginning with an `M`; empty when no spec is known. */
  path: string;
  /** How many specs of the preset are not drawn. */
  more: number;
}

type DrawnSpec = Pick<Spec, 'widthPx' | 'heightPx' | 'mask'>;

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
export function drawStrip(specs: readonly (DrawnSpec | null)[]): Strip {
  let [x, path, drawn] = [0, '', 0];
  for (const spec of specs.slice(0, mostDrawn)) {
    if (spec === null) continue;
    const { width, startX, rest } = outlineOf(spec);
    if (x + width > stripWidth) break;
    path += `M${x + 0.5 + startX} ${rest}`;
    drawn += 1;
    x += width + gap;
  }
  return { width: Math.max(0, x - gap), height: drawnSide, path, more: specs.length - drawn };
}

interface Outline {
  width: number;
  /** Where its path begins, from its left edge. */
  startX: number;
  /** The path behind that number. */
  rest: string;
}

/** A page of 200 presets draws 1600, nearly all of them the same few of the catalogue. */
const outlines = new WeakMap<DrawnSpec, Outline>();

function outlineOf(spec: DrawnSpec): Outline {
  const known = outlines.get(spec);
  if (known !== undefined) return known;
  const scale = drawnSide / Math.max(spec.widthPx, spec.heightPx);
  const width = Math.max(thinnest, Math.round(spec.widthPx * scale));
  const height = Math.max(thinnest, Math.round(spec.heightPx * scale));
  const path = pathOf(shapeOf(spec.mask, width - 1, height - 1));
  const blank = path.indexOf(' ');
  const made = { width, startX: Number(path.slice(1, blank)), rest: path.slice(blank + 1) };
  outlines.set(spec, made);
  return made;
}

/** Its left edge is at 0. */
function shapeOf(mask: Spec['mask'], width: number, height: number): DrawnShape {
  const y = drawnSide - 0.5 - height;
  if (mask === 'circle' && width === height)
    return { kind: 'circle', x: width / 2, y: y + height / 2, radius: width / 2 };
  const corner = mask === null ? 0 : Math.min(width, height) / (mask === 'circle' ? 2 : 4);
  return { kind: 'rectangle', x: 0, y, width, height, corner };
}
