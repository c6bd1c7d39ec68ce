/** Paints a draw plan. The page's preview and the worker's export run this same code. */
import { averageInto, blurPixels, type Pixels } from './blur.ts';
import type { DrawPlan } from './drawPlan.ts';
import type { Rect, Size } from './geometry.ts';

/** What is needed of a 2d context; CanvasRenderingContext2D and OffscreenCanvasRenderingContext2D both have it. */
export interface PaintContext<Drawable> {
  fillStyle: unknown;
  imageSmoothingEnabled: boolean;
  imageSmoothingQuality: 'low' | 'medium' | 'high';
  clearRect(x: number, y: number, width: number, height: number): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  drawImage(
    image: Drawable,
    sourceX: number,
    sourceY: number,
    sourceWidth: number,
    sourceHeight: number,
    x: number,
    y: number,
    width: number,
    height: number,
  ): void;
}

/** A small canvas whose pixels are read back (make its context with `willReadFrequently`). */
export interface SmallCanvas<Drawable> {
  drawable: Drawable & Size;
  context: PaintContext<Drawable> & {
    getImageData(x: number, y: number, width: number, height: number): Pixels;
    putImageData(pixels: Pixels, x: number, y: number): void;
  };
}

export type MakeCanvas<Drawable> = (width: number, height: number) => SmallCanvas<Drawable>;

export interface PaintOptions<Drawable> {
  /** The photo's full size, in whose pixels the plan speaks; the image may be a smaller copy of it. */
  photo: Size;
  /** Canvas pixels per output pixel: 1 for a file, less for a preview. */
  outputScale: number;
  /** The canvas's size where the caller has decided it (about `paintedSize`, differently rounded); else `paintedSize`. */
  canvas?: Size;
  makeCanvas: MakeCanvas<Drawable>;
  /**
   * `high` (the default) for files. `low`, which is bilinear and takes half the time, is as good while the image has at
   * most two pixels per pixel painted.
   */
  smoothing?: 'low' | 'high';
  /** The answer of `blurPhoto`, kept by a caller that paints one photo many times; made anew if left out. */
  blurred?: Drawable & Size;
}

/** The size of the canvas on which a plan is painted: whole pixels, at least 1 x 1. */
export function paintedSize(output: Size, outputScale: number): Size {
  return {
    width: Math.max(1, Math.round(output.width * outputScale)),
    height: Math.max(1, Math.round(output.height * outputScale)),
  };
}

/** Paints `plan` from the context's origin over exactly `options.canvas` pixels, so that no edge is left bare. */
export function paintPlan<Drawable>(
  context: PaintContext<Drawable>,
  image: Drawable & Size,
  plan: DrawPlan,
  options: PaintOptions<Drawable>,
): void {
  const canvas = options.canvas ?? paintedSize(plan.output, options.outputScale);
  paintGround(context, image, plan, { ...options, canvas });
  const target = wholePixels(plan.target, plan.output, canvas);
  drawPart(context, image, { source: plan.source, target, photo: options.photo });
}

/** Paints what lies under the photo, over exactly `options.canvas` pixels. `image` is only needed where `blurred` is not given. */
export function paintGround<Drawable>(
  context: PaintContext<Drawable>,
  image: Drawable & Size,
  { ground }: DrawPlan,
  options: PaintOptions<Drawable> & { canvas: Size },
): void {
  const { canvas, photo } = options;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = options.smoothing ?? 'high';
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (ground.kind === 'none') return;
  // A blurred ground is opaque in every format, so what is transparent in the photo shows white.
  context.fillStyle = ground.kind === 'colour' ? ground.colour : '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  if (ground.kind === 'colour') return;
  const blurred = options.blurred ?? blurPhoto(image, options.makeCanvas);
  drawPart(context, blurred, { source: ground.source, target: { x: 0, y: 0, ...canvas }, photo });
}

/** Draws `source`, in pixels of the photo of which `image` may be a smaller copy. */
function drawPart<Drawable>(
  context: PaintContext<Drawable>,
  image: Drawable & Size,
  { source, target, photo }: { source: Rect; target: Rect; photo: Size },
): void {
  const { x, y, width, height } = inPixelsOf(image, source, photo);
  context.drawImage(image, x, y, width, height, target.x, target.y, target.width, target.height);
}

/** `rect` of the photo in the pixels of a smaller copy, never beyond its edges. */
function inPixelsOf(image: Size, rect: Rect, photo: Size): Rect {
  const across = image.width / photo.width;
  const down = image.height / photo.height;
  const x = Math.max(0, rect.x * across);
  const y = Math.max(0, rect.y * down);
  return {
    x,
    y,
    width: Math.min(image.width - x, rect.width * across),
    height: Math.min(image.height - y, rect.height * down),
  };
}

/** Each edge goes to the nearest whole pixel, so a target that ends at the output's edge leaves no hairline there. */
function wholePixels(target: Rect, output: Size, canvas: Size): Rect {
  const across = canvas.width / output.width;
  const down = canvas.height / output.height;
  const x = Math.min(Math.round(target.x * across), canvas.width - 1);
  const y = Math.min(Math.round(target.y * down), canvas.height - 1);
  return {
    x,
    y,
    width: Math.max(1, Math.round((target.x + target.width) * across) - x),
    height: Math.max(1, Math.round((target.y + target.height) * down) - y),
  };
}

/** The longest side of the blurred photo; with `blurRadius` the blur's deviation is about 3.6 % of that side. */
const blurredSide = 96;
const blurRadius = 3;
/** The canvas shrinks to this many times `blurredSide`; the rest is averaged here, alike in every browser. */
const finerBy = 4;

/**
 * The whole photo small and blurred, to be stretched over an output. It depends on the photo alone, so one serves all
 * its tiles, and a reduced copy of the photo gives the same picture within a few levels. Not darkened: a photo on
 * white keeps a white ground.
 */
export function blurPhoto<Drawable>(
  image: Drawable & Size,
  makeCanvas: MakeCanvas<Drawable>,
): Drawable & Size {
  const small = fitSide(image, blurredSide);
  const fine = fitSide(image, blurredSide * finerBy);
  const first = makeCanvas(fine.width, fine.height);
  first.context.imageSmoothingEnabled = true;
  first.context.imageSmoothingQuality = 'high';
  first.context.drawImage(image, 0, 0, image.width, image.height, 0, 0, fine.width, fine.height);
  const last = makeCanvas(small.width, small.height);
  const pixels = last.context.getImageData(0, 0, small.width, small.height);
  averageInto(first.context.getImageData(0, 0, fine.width, fine.height), pixels);
  blurPixels(pixels, blurRadius);
  last.context.putImageData(pixels, 0, 0);
  return last.drawable;
}

/** A size of the same shape whose longest side is `side`, at least 1 x 1. */
function fitSide(size: Size, side: number): Size {
  const scale = side / Math.max(size.width, size.height);
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}
