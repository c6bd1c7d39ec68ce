/** Draws draw plans of one photo: the ground by the canvas, the photo by the kernel. */
import type { DrawPlan } from '../engine/drawPlan.ts';
import { type Rect, type Size, wholeOf } from '../engine/geometry.ts';
import { blurPhoto, paintGround, type SmallCanvas } from '../engine/paint.ts';
import { sizeWithin } from '../engine/shrink.ts';
import { contextOf, release, takesSize } from './canvas.ts';
import type { PhotoPixels } from './photoPixels.ts';

export interface PlanCanvas {
  /**
   * A canvas that shows the plan, good until the next plan is drawn. `isChromaHalved`: it will be encoded with one colour for
   * 2 x 2 pixels, and is drawn so that none is lost. Throws a sentence where the output is larger than the browser can draw.
   */
  draw(plan: DrawPlan, isChromaHalved: boolean): OffscreenCanvas;
  /** Forgets the canvases: one that has failed may go on failing (Chromium: "Readback of the source image has failed"). */
  renew(): void;
}

/** `keepsProfile`: canvases have the colours of the photo's pixels, and browsers that draw so embed the profile; else sRGB. */
export function openPlanCanvas(photo: PhotoPixels, keepsProfile: boolean): PlanCanvas {
  const canvasSpace = keepsProfile ? photo.colorSpace : 'srgb';
  const kept = new Map<CanvasUse, OffscreenCanvas>();
  /** The same under every file of this photo, so it is made once, when the first needs it. */
  let blurred: (CanvasImageSource & Size) | null = null;

  return {
    draw(plan, isChromaHalved) {
      const { output, ground, target } = plan;
      const isCovered = target.width === output.width && target.height === output.height;
      const isOpaque = ground.kind !== 'none' || (photo.isOpaque && isCovered);
      const canvas = canvasOf(isOpaque ? 'opaque' : 'transparent');
      if (!takesSize(canvas, output)) {
        throw new Error(
          `${output.width} × ${output.height} pixels are more than this browser can draw at once.`,
        );
      }
      const context = contextOf(canvas);
      if (ground.kind === 'blur') blurred ??= blurPhoto(smallCopy(), makeCanvas);
      // Under an opaque photo that covers everything, no ground shows.
      if (!photo.isOpaque || !isCovered) {
        const options = { photo: photo.size, outputScale: 1, makeCanvas, canvas: output };
        paintGround<CanvasImageSource>(context, canvas, plan, { ...options, ...(blurred && { blurred }) });
      }
      const pixels = drawPart(plan.source, target, isChromaHalved);
      if (photo.isOpaque || ground.kind === 'none') context.putImageData(pixels, target.x, target.y);
      else drawOver(context, pixels, target);
      return canvas;
    },
    renew() {
      for (const canvas of kept.values()) release(canvas);
      kept.clear();
    },
  };

  function drawPart(source: Rect, target: Rect, isChromaHalved: boolean): ImageData {
    const { colorSpace } = photo;
    return new ImageData(photo.draw(source, target, isChromaHalved), target.width, target.height, {
      colorSpace,
    });
  }

  /** Putting pixels replaces what was there; where the ground must show through them they are drawn. */
  function drawOver(
    context: OffscreenCanvasRenderingContext2D,
    pixels: ImageData,
    at: { x: number; y: number },
  ): void {
    const canvas = canvasOf('layer');
    takesSize(canvas, pixels);
    contextOf(canvas).putImageData(pixels, 0, 0);
    context.drawImage(canvas, at.x, at.y);
  }

  /** Large enough for the blurred ground, see `blurPhoto`. */
  function smallCopy(): OffscreenCanvas {
    const size = sizeWithin(photo.size, 400);
    const { drawable, context } = makeCanvas(size.width, size.height);
    context.putImageData(drawPart(wholeOf(photo.size), wholeOf(size), false), 0, 0);
    return drawable;
  }

  function canvasOf(use: CanvasUse): OffscreenCanvas {
    const canvas = kept.get(use) ?? new OffscreenCanvas(1, 1);
    // The first settings count. Pixels are put and read here, so the canvas had better not lie on a graphics card.
    if (!kept.has(use)) {
      const settings = { willReadFrequently: true, alpha: use !== 'opaque', colorSpace: canvasSpace };
      contextOf(canvas, settings);
    }
    kept.set(use, canvas);
    return canvas;
  }
}

type CanvasUse = 'opaque' | 'transparent' | 'layer';

function makeCanvas(width: number, height: number) {
  const drawable = new OffscreenCanvas(width, height);
  return {
    drawable,
    context: contextOf(drawable, { willReadFrequently: true }),
  } satisfies SmallCanvas<CanvasImageSource>;
}
