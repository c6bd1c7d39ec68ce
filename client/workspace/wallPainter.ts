/** Draws the tiles that can be seen, all in the same frame, from the current photo's previews. */

import type { Size } from '../engine/geometry.ts';
import { blurPhoto, type MakeCanvas, paintedSize, paintPlan } from '../engine/paint.ts';
import { type Levels, levelFor } from './previews.ts';
import type { PlannedFile } from './state.ts';
import type { Tile } from './tile.ts';

/** The photo that the wall shows. */
export interface Picture {
  levels: Levels;
  size: Size;
}

/** Fractions of the file's width and height. */
export interface Part {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface WallPainter {
  /** Draws one tile; clears it when there is no picture. */
  paint(tile: Tile, file: PlannedFile | null, picture: Picture | null): void;
  /** Draws a part of the file over the whole canvas. */
  paintPart(canvas: HTMLCanvasElement, part: Part, file: PlannedFile, picture: Picture): void;
}

/** Where on its canvas a file is painted, in canvas pixels. */
interface Place {
  outputScale: number;
  x: number;
  y: number;
  size: Size;
}

export function createWallPainter(): WallPainter {
  let blurredOf: Levels | null = null;
  let blurred: ReturnType<typeof blurPhoto<CanvasImageSource>> | null = null;

  /** The blurred photo is the same for all tiles: made once per photo, when the first tile needs it. */
  function blurredFor(levels: Levels): NonNullable<typeof blurred> | null {
    const largest = levels[0];
    if (!largest) return null;
    if (blurredOf !== levels) {
      blurred = blurPhoto<CanvasImageSource>(largest, makeCanvas);
      blurredOf = levels;
    }
    return blurred;
  }

  function draw(
    context: CanvasRenderingContext2D,
    { plan }: PlannedFile,
    picture: Picture,
    { outputScale, x, y, size }: Place,
  ): void {
    const drawnScale = (plan.target.width * outputScale) / plan.source.width;
    const image = levelFor(picture.levels, picture.size.width, drawnScale);
    if (!image) return;
    context.setTransform(1, 0, 0, 1, x, y);
    const soft = plan.ground.kind === 'blur' ? blurredFor(picture.levels) : null;
    paintPlan<CanvasImageSource>(context, image, plan, {
      photo: picture.size,
      outputScale,
      canvas: size,
      makeCanvas,
      smoothing: 'low', // The level is at most twice as large as what is painted.
      ...(soft ? { blurred: soft } : {}),
    });
  }

  return {
    paint(tile, file, picture) {
      const context = tile.picture.getContext('2d');
      if (!context) return;
      const { width, height } = tile.picture;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, width, height);
      if (!file || !picture) return;
      const { plan, size } = file;
      const outputScale = Math.min(width / plan.output.width, height / plan.output.height);
      // A file of its spec's size fills the tile, whose shape is rounded to whole pixels; a smaller one (fit inside)
      // lies in the middle.
      const isWhole = plan.output.width === size.width && plan.output.height === size.height;
      const painted = isWhole ? { width, height } : paintedSize(plan.output, outputScale);
      const x = Math.round((width - painted.width) / 2);
      const y = Math.round((height - painted.height) / 2);
      draw(context, file, picture, { outputScale, x, y, size: painted });
    },
    paintPart(canvas, part, file, picture) {
      const context = canvas.getContext('2d');
      if (!context) return;
      const { output } = file.plan;
      const outputScale = canvas.width / (part.width * output.width);
      const size = { width: canvas.width / part.width, height: canvas.height / part.height };
      draw(context, file, picture, { outputScale, x: -part.x * size.width, y: -part.y * size.height, size });
    },
  };
}

const makeCanvas: MakeCanvas<CanvasImageSource> = (width, height) => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives no 2d canvas.');
  return { drawable: canvas, context };
};
