/** From a decoded photo to files: paints each order's draw plan and encodes it. */
import type { Format } from '../../server/specs/spec.shared.ts';
import type { Size } from '../engine/geometry.ts';
import { blurPhoto, paintPlan, type SmallCanvas } from '../engine/paint.ts';
import { contextOf, release, takesSize } from './canvas.ts';
import type { FileOrder } from './messages.ts';

export interface ExportEvents {
  /** Looked at before each file. */
  signal: AbortSignal;
  onFile: (key: number, blob: Blob) => void;
  onFailure: (key: number, reason: string) => void;
}

/** Paints and encodes the orders one after the other on one canvas; an order that fails does not stop the rest. */
export async function exportOrders(
  photo: ImageBitmap,
  orders: readonly FileOrder[],
  { signal, onFile, onFailure }: ExportEvents,
): Promise<void> {
  let canvas = new OffscreenCanvas(1, 1);
  /** The same under every file of this photo, so it is made once, when the first needs it. */
  let blurred: (CanvasImageSource & Size) | null = null;
  for (const order of orders) {
    if (signal.aborted) break;
    try {
      onFile(order.key, await exportOne(order));
    } catch (error) {
      onFailure(order.key, error instanceof Error ? error.message : String(error));
      // A canvas that has failed once may go on failing (Chromium: "Readback of the source image has failed").
      canvas = new OffscreenCanvas(1, 1);
    }
  }
  release(canvas);

  async function exportOne({ plan, format, quality }: FileOrder): Promise<Blob> {
    const { width, height } = plan.output;
    if (format === 'webp' && Math.max(width, height) > longestWebpSide) {
      throw new Error(`WebP holds at most ${longestWebpSide} pixels a side; choose JPEG or PNG.`);
    }
    if (!takesSize(canvas, plan.output)) {
      throw new Error(`${width} × ${height} pixels are more than this browser can draw at once.`);
    }
    if (plan.ground.kind === 'blur') blurred ??= blurPhoto<CanvasImageSource>(photo, makeCanvas);
    const options = { photo, outputScale: 1, makeCanvas, ...(blurred && { blurred }) };
    paintPlan<CanvasImageSource>(contextOf(canvas), photo, plan, options);
    return encode(canvas, format, quality);
  }
}

/** 14 bits in the frame header (RFC 6386, 9.1). */
const longestWebpSide = 16_383;

function makeCanvas(width: number, height: number): SmallCanvas<CanvasImageSource> {
  const drawable = new OffscreenCanvas(width, height);
  return { drawable, context: contextOf(drawable, { willReadFrequently: true }) };
}

async function encode(canvas: OffscreenCanvas, format: Format, quality: number): Promise<Blob> {
  const type = `image/${format}`;
  const { width, height } = canvas;
  const blob = await canvas.convertToBlob({ type, quality }).catch(() => {
    throw new Error(
      `This browser could not make a file of ${width} × ${height} pixels; there may not be enough memory.`,
    );
  });
  // The standard lets a browser answer PNG for a type that it cannot write (HTML, "serialising bitmaps to a file").
  if (blob.type !== type)
    throw new Error(`This browser cannot write ${names[format]}; choose another format.`);
  return blob;
}

const names: Record<Format, string> = { jpeg: 'JPEG', png: 'PNG', webp: 'WebP' };
