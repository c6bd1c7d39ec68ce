/** The draw plan: what is read from the photo and where it is drawn. Preview and export paint the same one. */
import { type Fit, leavesGround } from '../../server/specs/fit.shared.ts';
import type { Format } from '../../server/specs/spec.shared.ts';
import { clamp, coverCrop, type Point, type Rect, type Size, sizeInside, wholeOf } from './geometry.ts';

/** A person's own crop for one spec of one photo: the crop's middle (fractions) and how far it is zoomed in (>= 1). */
export interface PinnedCrop {
  x: number;
  y: number;
  zoom: number;
}

/** The largest zoom of a pinned crop. */
export const maxZoom = 8;

export type Ground =
  | { kind: 'none' }
  | { kind: 'colour'; colour: string }
  /** The blurred photo: `source` is what of the photo is stretched over the whole output, then blurred. */
  | { kind: 'blur'; source: Rect };

export interface DrawPlan {
  /** The exact size of the file in pixels. */
  output: Size;
  /** What is read, in pixels of the photo (may be fractions of a pixel). */
  source: Rect;
  /** Where it is drawn, in whole pixels of the output. */
  target: Rect;
  /** What is painted before the photo. `none` leaves transparent pixels. */
  ground: Ground;
  /** Output pixels per photo pixel, the larger of both directions; over 1 the photo is enlarged. */
  enlargement: number;
}

export interface PlanInput {
  /** The photo's size after its EXIF orientation was applied. */
  photo: Size;
  /** The spec's size in pixels. */
  spec: Size;
  fit: Fit;
  focal: Point;
  /** A pinned crop wins over the fit mode. */
  pinned: PinnedCrop | null;
  /**
   * Where the crop lies, in pixels of the photo and of the spec's shape, if that was decided by what has to stay; else the focal
   * point decides. With `coverOrPad` it may reach over the photo's edges.
   */
  crop?: Rect | null;
  /** The format of the file: JPEG has no transparency, so it gets a white ground instead. */
  format: Format;
}

/** Decides the draw plan; total for every photo and spec of at least 1 x 1 pixel. */
export function planDraw({ photo, spec, fit, focal, pinned, crop, format }: PlanInput): DrawPlan {
  const { output, source, target } = place();
  return { output, source, target, ground: groundOf(), enlargement: enlargementOf(source, target) };

  function place(): Pick<DrawPlan, 'output' | 'source' | 'target'> {
    const output = { width: spec.width, height: spec.height };
    if (pinned) {
      return { output, source: coverCrop(photo, output, pinned, pinned.zoom), target: wholeOf(output) };
    }
    switch (fit.mode) {
      case 'cover':
        return {
          output,
          source: coverCrop(photo, output, crop ? middle(crop) : focal),
          target: wholeOf(output),
        };
      case 'coverOrPad':
        return { output, ...paintedPart(crop ?? coverCrop(photo, output, focal), photo, output) };
      case 'stretch':
        return { output, source: wholeOf(photo), target: wholeOf(output) };
      case 'contain':
        return { output, source: wholeOf(photo), target: middleOf(output, sizeInside(photo, output)) };
      case 'inside': {
        const isSmaller = photo.width <= spec.width && photo.height <= spec.height;
        const size = isSmaller && !fit.enlarge ? photo : sizeInside(photo, output);
        return { output: size, source: wholeOf(photo), target: wholeOf(size) };
      }
    }
  }

  function middle({ x, y, width, height }: Rect): Point {
    return { x: (x + width / 2) / photo.width, y: (y + height / 2) / photo.height };
  }

  function groundOf(): Ground {
    if (leavesGround(fit.mode) && !pinned) {
      if (fit.background.kind === 'colour') return fit.background;
      if (fit.background.kind === 'blur') {
        return { kind: 'blur', source: coverCrop(photo, spec, focal) };
      }
    }
    return format === 'jpeg' ? { kind: 'colour', colour: '#ffffff' } : { kind: 'none' };
  }
}

/** Whether the photo is drawn over the whole file. */
export function coversOutput({ target, output }: DrawPlan): boolean {
  return target.width === output.width && target.height === output.height;
}

/** Of a crop that reaches over the photo's edges: what there is to read, and where in the file it lies, on whole pixels. */
function paintedPart(crop: Rect, photo: Size, output: Size): Pick<DrawPlan, 'source' | 'target'> {
  const scale = { x: output.width / crop.width, y: output.height / crop.height };
  const left = clamp(Math.round(-crop.x * scale.x), 0, output.width - 1);
  const top = clamp(Math.round(-crop.y * scale.y), 0, output.height - 1);
  const right = clamp(Math.round((photo.width - crop.x) * scale.x), left + 1, output.width);
  const bottom = clamp(Math.round((photo.height - crop.y) * scale.y), top + 1, output.height);
  const x = Math.max(0, crop.x + left / scale.x);
  const y = Math.max(0, crop.y + top / scale.y);
  return {
    source: {
      x,
      y,
      width: Math.min(photo.width, crop.x + right / scale.x) - x,
      height: Math.min(photo.height, crop.y + bottom / scale.y) - y,
    },
    target: { x: left, y: top, width: right - left, height: bottom - top },
  };
}

/** The same picture in another size of nearly the same shape. */
export function planAt(plan: DrawPlan, output: Size): DrawPlan {
  if (output.width === plan.output.width && output.height === plan.output.height) return plan;
  const across = output.width / plan.output.width;
  const down = output.height / plan.output.height;
  const { x, y, width, height } = plan.target;
  const [left, right] = scaleSpan(x, width, across);
  const [top, bottom] = scaleSpan(y, height, down);
  const target = { x: left, y: top, width: right - left, height: bottom - top };
  return { ...plan, output, target, enlargement: enlargementOf(plan.source, target) };
}

/** Both ends on whole pixels, at least one apart. */
function scaleSpan(start: number, length: number, scale: number): [number, number] {
  const end = Math.max(1, Math.round((start + length) * scale));
  return [Math.min(Math.round(start * scale), end - 1), end];
}

function middleOf(box: Size, size: Size): Rect {
  return {
    x: Math.round((box.width - size.width) / 2),
    y: Math.round((box.height - size.height) / 2),
    width: size.width,
    height: size.height,
  };
}

function enlargementOf(source: Rect, target: Rect): number {
  return Math.max(target.width / source.width, target.height / source.height);
}

/** The format of one file: the wish if the spec allows it; without a wish ("as each spec asks") the spec's first. */
export function formatFor(allowed: readonly Format[], wish: Format | 'auto', needsAlpha: boolean): Format {
  const withAlpha = allowed.find((format) => format !== 'jpeg');
  if (wish === 'auto') return (needsAlpha ? withAlpha : undefined) ?? allowed[0] ?? 'jpeg';
  return wish;
}
