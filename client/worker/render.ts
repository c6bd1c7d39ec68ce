/** From a decoded photo to files: paints each order's draw plan and encodes it. */
import type { Format } from '../../server/specs/spec.shared.ts';
import type { Size } from '../engine/geometry.ts';
import { blurPhoto, paintedSize, paintPlan, type SmallCanvas } from '../engine/paint.ts';
import { contextOf, release } from './canvas.ts';
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
  const canvas = new OffscreenCanvas(1, 1);
  /** The same under every file of this photo, so it is made once, when the first needs it. */
  let blurred: (CanvasImageSource & Size) | null = null;
  for (const order of orders) {
    if (signal.aborted) break;
    try {
      onFile(order.key, await exportOne(order));
    } catch (error) {
      onFailure(order.key, error instanceof Error ? error.message : String(error));
    }
  }
  release(canvas);

  async function exportOne({ plan, format, quality }: FileOrder): Promise<Blob> {
    const { width, height } = paintedSize(plan.output, 1);
    canvas.width = width;
    canvas.height = height;
    const context = contextOf(canvas);
    if (plan.ground.kind === 'blur') blurred ??= blurPhoto<CanvasImageSource>(photo, makeCanvas);
    const options = { photo, outputScale: 1, makeCanvas, ...(blurred && { blurred }) };
    paintPlan<CanvasImageSource>(context, photo, plan, options);
    return encode(canvas, format, quality);
  }
}

function makeCanvas(width: number, height: number): SmallCanvas<CanvasImageSource> {
  const drawable = new OffscreenCanvas(width, height);
  return { drawable, context: contextOf(drawable, { willReadFrequently: true }) };
}

async function encode(canvas: OffscreenCanvas, format: Format, quality: number): Promise<Blob> {
  const type = `image/${format}`;
  const blob = await canvas.convertToBlob({ type, quality });
  // The standard lets a browser answer PNG for a type that it cannot write.
  if (blob.type !== type)
    throw new Error(`This browser cannot write ${format.toUpperCase()}; choose another format.`);
  return blob;
}
