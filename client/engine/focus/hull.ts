/** The outline of everything that must be seen together. */
import type { Point, Rect, Size } from '../geometry.ts';
import type { FocusBox } from './box.ts';
import { inPixels } from './units.ts';

/** What all has to be seen: its rectangle, its outline as points, and the middle of the smallest circle around them. */
export interface Hull {
  rect: Rect;
  points: readonly Point[];
  centre: Point;
}

/** In pixels of the photo; `must` has at least one box. */
export function hullOf(must: readonly FocusBox[], photo: Size): Hull {
  const rects = must.map(({ box }) => inPixels(box, photo));
  const points = must.flatMap(({ kind, box }) => outlineOf(inPixels(box, photo), kind === 'face'));
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  const right = Math.max(...rects.map((rect) => rect.x + rect.width));
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height));
  return { rect: { x, y, width: right - x, height: bottom - y }, points, centre: middleAround(points) };
}

/** A face is the ellipse in its box; of anything else the corners count. */
function outlineOf({ x, y, width, height }: Rect, isRound: boolean): Point[] {
  if (!isRound) return [0, 1].flatMap((u) => [0, 1].map((v) => ({ x: x + u * width, y: y + v * height })));
  return Array.from({ length: 16 }, (_, i) => {
    const angle = (i * Math.PI) / 8;
    return { x: x + (width * (1 + Math.cos(angle))) / 2, y: y + (height * (1 + Math.sin(angle))) / 2 };
  });
}

/**
 * The middle of the smallest circle around the points, to less than a hundredth of its radius: step by step towards the
 * farthest one, by ever smaller steps (Badoiu and Clarkson, 2003).
 */
function middleAround(points: readonly Point[]): Point {
  let middle = points[0] ?? { x: 0, y: 0 };
  for (let step = 1; step <= 300; step++) {
    const distance = ({ x, y }: Point) => Math.hypot(x - middle.x, y - middle.y);
    const farthest = points.reduce((far, point) => (distance(point) > distance(far) ? point : far), middle);
    middle = {
      x: middle.x + (farthest.x - middle.x) / (step + 1),
      y: middle.y + (farthest.y - middle.y) / (step + 1),
    };
  }
  return middle;
}
