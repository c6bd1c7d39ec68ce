/** The drawing of one spec at a true scale: outline, safe area, mask, views, dimension lines; of an ID photo the head too. */
import { type Drawing, type DrawnShape, drawShapes } from './drawing.shared.ts';
import { dimensionLine, type Lines, type Measure, round, type Size, standingRuler } from './drawingParts.ts';
import { type DrawnHead, drawHead } from './headDrawing.ts';
import { bandWords, headBands } from './ruleWords.shared.ts';
import { applyScale, chooseScale, paperSize, type Scale, scaleWords, trueSize } from './scale.ts';
import type { DerivedView, HeadRule, SafeArea, Spec } from './spec.shared.ts';
import { thin } from './words.shared.ts';

/** How much room a drawing has, in CSS pixels with all its dimension lines; wide windows have more. */
export const rooms = {
  large: { width: 480, height: 640, labels: 104 },
  small: { width: 288, height: 460, labels: 42 },
} as const;
export type Room = keyof typeof rooms;

export interface Plate {
  room: Room;
  width: number;
  height: number;
  /** Where the drawing begins. */
  left: number;
  top: number;
  drawing: Drawing;
  /** The parts that derived views show. */
  views: DrawnShape[];
  head: DrawnHead | null;
  lines: Lines[];
  /** `Drawn at 1:4, ...` */
  scale: string;
}

const dimensionPx = 22;
const rulerPx = 30;
/** A strip thinner than this would not be seen as a shape. */
const thinnest = 4;

export function drawPlate(spec: Spec, room: Room): Plate {
  const margins = marginsFor(spec, room);
  const free = {
    width: rooms[room].width - margins.left - margins.right,
    height: rooms[room].height - margins.top - margins.bottom,
  };
  const scale = chooseScale(spec, free);
  const size = drawnSize(spec, scale);
  const paper = paperSize(spec);
  const head = measuredHead(spec);
  return {
    room,
    width: margins.left + size.width + margins.right,
    height: margins.top + size.height + margins.bottom,
    left: margins.left,
    top: margins.top,
    drawing: { ...size, ...drawShapes(spec, size.width, size.height) },
    views: spec.derived.filter((view) => showsElse(view, spec)).map((view) => drawView(view, size)),
    head: head && drawHead(head, size, paper),
    lines: linesOf(spec, size, margins),
    scale: scaleWords(scale, paper !== null),
  };
}

/** The outline in whole pixels at that scale. */
export function drawnSize(spec: Spec, scale: Scale): Size {
  const { width, height } = trueSize(spec);
  return {
    width: Math.max(thinnest, Math.round(applyScale(width, scale))),
    height: Math.max(thinnest, Math.round(applyScale(height, scale))),
  };
}

/** The part that a view shows, on a drawing of that size. */
export function drawView(
  { area, mask }: Pick<DerivedView, 'area' | 'mask'>,
  { width, height }: Size,
): DrawnShape {
  const [x, y] = [area.x * width, area.y * height];
  const [across, down] = [area.width * width, area.height * height];
  if (mask === 'circle')
    return {
      kind: 'circle',
      x: round(x + across / 2),
      y: round(y + down / 2),
      radius: round(Math.min(across, down) / 2 - 0.5),
    };
  const corner = mask === 'rounded' ? round(Math.min(across, down) * 0.22) : 0;
  return {
    kind: 'rectangle',
    x: round(x + 0.5),
    y: round(y + 0.5),
    width: round(Math.max(1, across - 1)),
    height: round(Math.max(1, down - 1)),
    corner,
  };
}

/** Whether a view is another shape than the whole with its mask. */
function showsElse({ area, mask }: DerivedView, spec: Spec): boolean {
  return (mask !== null && mask !== spec.mask) || area.width < 0.999 || area.height < 0.999;
}

/** A head rule with numbers: one in words alone can't be drawn. */
function measuredHead({ head }: Spec): HeadRule | null {
  return head !== null && headBands(head).length > 0 ? head : null;
}

interface Margins {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function marginsFor(spec: Spec, room: Room): Margins {
  const head = measuredHead(spec);
  const safe = head === null ? safeRectangle(spec.safeArea) : null;
  return {
    left: dimensionPx + (head === null ? 0 : rulerPx),
    right: head !== null ? rooms[room].labels : isPart(safe?.y, safe?.height) ? dimensionPx : 1,
    top: dimensionPx,
    bottom: head?.width || isPart(safe?.x, safe?.width) ? dimensionPx : 1,
  };
}

function linesOf(spec: Spec, size: Size, margins: Margins): Lines[] {
  const { left, top } = margins;
  const paper = paperSize(spec);
  const real = paper ?? { width: spec.widthPx, height: spec.heightPx };
  const words = (length: number) => (paper === null ? pixelWords(length) : `${tenths(length)}${thin}mm`);
  const across = (from: number, to: number): Measure => ({
    min: left + from * size.width,
    max: left + to * size.width,
    words: words((to - from) * real.width),
  });
  const down = (from: number, to: number): Measure => ({
    min: top + from * size.height,
    max: top + to * size.height,
    words: words((to - from) * real.height),
  });
  const lines = [
    dimensionLine([across(0, 1)], dimensionPx / 2 - 2, 'lying'),
    dimensionLine([down(0, 1)], dimensionPx / 2 - 2, 'standing'),
  ];
  const [right, bottom] = [left + size.width + dimensionPx / 2 + 1, top + size.height + dimensionPx / 2 + 1];
  const head = measuredHead(spec);
  if (head !== null) {
    // Millimetres, or percent of what has no size on paper; zero below, as eye lines are measured.
    const at = { x: left - 4, top, length: size.height };
    lines.push(standingRuler(at, size.height / (paper === null ? 100 : paper.height)));
    const breadth = head.width;
    if (breadth) {
      const most = across(0.5 - breadth.max / 2, 0.5 + breadth.max / 2);
      const words = bandWords(breadth, real.width, paper === null ? 'px' : 'mm');
      lines.push(dimensionLine([{ ...most, words }], bottom, 'lying'));
    }
    return lines;
  }
  const safe = safeRectangle(spec.safeArea);
  if (safe && isPart(safe.x, safe.width))
    lines.push(
      dimensionLine(
        cuts(safe.x, safe.width).map(([from, to]) => across(from, to)),
        bottom,
        'lying',
      ),
    );
  if (safe && isPart(safe.y, safe.height))
    lines.push(
      dimensionLine(
        cuts(safe.y, safe.height).map(([from, to]) => down(from, to)),
        right,
        'standing',
      ),
    );
  return lines;
}

/** Whole pixels, and halves where a middle makes them. */
function pixelWords(length: number): string {
  const isHalf = Math.abs(length * 2 - Math.round(length * 2)) < 0.01;
  return String(isHalf ? Math.round(length * 2) / 2 : Math.round(length));
}

function tenths(length: number): number {
  return Math.round(length * 10) / 10;
}

/** Before, inside and after a part; what has no length is left out. */
function cuts(start: number, length: number): [number, number][] {
  const edges = [0, start, start + length, 1];
  const pieces = edges.slice(1).map((to, index): [number, number] => [edges[index] ?? 0, to]);
  return pieces.filter(([from, to]) => to - from > 0.001);
}

function isPart(start: number | undefined, length: number | undefined): boolean {
  return start !== undefined && length !== undefined && (start > 0.001 || length < 0.999);
}

/** The safe area in fractions where it has straight edges. */
function safeRectangle(
  area: SafeArea | null,
): { x: number; y: number; width: number; height: number } | null {
  if (area === null || area.kind === 'circle') return null;
  if (area.kind === 'rectangle') return area;
  const { top, right, bottom, left } = area;
  return { x: left, y: top, width: 1 - left - right, height: 1 - top - bottom };
}
