/** The outline drawing of a spec: its true shape with safe area and mask, as plain numbers for an SVG. */
import type { Spec } from './spec.shared.ts';

export type DrawnShape =
  | {
      kind: 'rectangle';
      x: number;
      y: number;
      width: number;
      height: number;
      corner: number;
    }
  | { kind: 'circle'; x: number; y: number; radius: number };

export interface Drawing {
  /** Whole units; one unit is one CSS pixel at the drawing's natural size. */
  width: number;
  height: number;
  safeArea: DrawnShape | null;
  mask: DrawnShape | null;
}

/** A strip thinner than this would not be seen as a shape. */
const thinnest = 4;
/** Corner of a `rounded` mask as a share of the side; a drawing's choice, the places do not publish theirs. */
const roundedCorner = 0.22;

/** Draws the spec as large as fits a square of `boxSide` units. Lines have their middle on half units. */
export function drawSpec(spec: Spec, boxSide: number): Drawing {
  const scale = boxSide / Math.max(spec.widthPx, spec.heightPx);
  const width = Math.max(thinnest, Math.round(spec.widthPx * scale));
  const height = Math.max(thinnest, Math.round(spec.heightPx * scale));
  return { width, height, ...drawShapes(spec, width, height) };
}

/** Safe area and mask on a drawing of that size. */
export function drawShapes(
  spec: Pick<Spec, 'safeArea' | 'mask'>,
  width: number,
  height: number,
): Pick<Drawing, 'safeArea' | 'mask'> {
  return { safeArea: drawSafeArea(spec, width, height), mask: drawMask(spec, width, height) };
}

/** The shape as an SVG path. */
export function pathOf(shape: DrawnShape): string {
  const { x, y } = shape;
  if (shape.kind === 'circle') {
    const { radius } = shape;
    return `M${round(x - radius)} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;
  }
  const { width, height, corner } = shape;
  const arc = (dx: number, dy: number) => (corner === 0 ? '' : `a${corner} ${corner} 0 0 1 ${dx} ${dy}`);
  const [across, down] = [round(width - 2 * corner), round(height - 2 * corner)];
  const edges = [`h${across}`, arc(corner, corner), `v${down}`, arc(-corner, corner), `h${-across}`];
  return `M${round(x + corner)} ${y}${edges.join('')}${arc(-corner, -corner)}v${-down}${arc(corner, -corner)}z`;
}

function drawSafeArea(
  { safeArea }: Pick<Spec, 'safeArea'>,
  width: number,
  height: number,
): DrawnShape | null {
  if (safeArea === null) return null;
  if (safeArea.kind === 'circle') {
    const radius = round(safeArea.radius * Math.min(width, height));
    return {
      kind: 'circle',
      x: round(safeArea.x * width),
      y: round(safeArea.y * height),
      radius,
    };
  }
  const area =
    safeArea.kind === 'rectangle'
      ? safeArea
      : {
          x: safeArea.left,
          y: safeArea.top,
          width: 1 - safeArea.left - safeArea.right,
          height: 1 - safeArea.top - safeArea.bottom,
        };
  return {
    kind: 'rectangle',
    x: round(area.x * width),
    y: round(area.y * height),
    width: round(area.width * width),
    height: round(area.height * height),
    corner: 0,
  };
}

function drawMask({ mask }: Pick<Spec, 'mask'>, width: number, height: number): DrawnShape | null {
  if (mask === null) return null;
  const side = Math.min(width, height);
  if (mask === 'circle')
    return {
      kind: 'circle',
      x: width / 2,
      y: height / 2,
      radius: side / 2 - 0.5,
    };
  const corner = round(side * roundedCorner);
  return {
    kind: 'rectangle',
    x: 0.5,
    y: 0.5,
    width: width - 1,
    height: height - 1,
    corner,
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
