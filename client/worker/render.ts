/** From a decoded photo to files: draws each order's draw plan and encodes it. */
import type { Format } from '../../server/specs/spec.shared.ts';
import type { DrawPlan } from '../engine/drawPlan.ts';
import type { FileOrder } from './messages.ts';
import type { PhotoPixels } from './photoPixels.ts';
import { openPlanCanvas } from './planCanvas.ts';
import { levelFor } from './pyramid.ts';

export interface ExportEvents {
  /** Looked at before each file. */
  signal: AbortSignal;
  onFile: (key: number, blob: Blob) => void;
  onFailure: (key: number, reason: string) => void;
}

/** How many levels of the pyramid the orders need. */
export function levelsFor(orders: readonly { plan: DrawPlan }[]): number {
  return Math.max(
    0,
    ...orders.map(({ plan: { source, target } }) =>
      levelFor(Math.min(source.width / target.width, source.height / target.height)),
    ),
  );
}

/** Draws and encodes the orders one after the other; an order that fails does not stop the rest. */
export async function exportOrders(
  photo: PhotoPixels,
  orders: readonly FileOrder[],
  { signal, onFile, onFailure }: ExportEvents,
): Promise<void> {
  const canvases = openPlanCanvas(photo);
  for (const order of neighboursByCrop(orders)) {
    if (signal.aborted) break;
    try {
      onFile(order.key, await exportOne(order));
    } catch (error) {
      onFailure(order.key, error instanceof Error ? error.message : String(error));
      canvases.renew();
    }
  }
  canvases.renew();

  async function exportOne({ plan, format, quality }: FileOrder): Promise<Blob> {
    const { width, height } = plan.output;
    if (format === 'webp' && Math.max(width, height) > longestWebpSide) {
      throw new Error(`WebP holds at most ${longestWebpSide} pixels a side; choose JPEG or PNG.`);
    }
    return encode(canvases.draw(plan, halvesChroma(format, quality)), format, quality);
  }
}

/** Orders of the same crop follow each other: they share work (see remakeEdges). Otherwise the order stays. */
function neighboursByCrop(orders: readonly FileOrder[]): FileOrder[] {
  const groups = new Map<string, FileOrder[]>();
  for (const order of orders) {
    const { x, y, width, height } = order.plan.source;
    const crop = `${x} ${y} ${width} ${height}`;
    groups.set(crop, [...(groups.get(crop) ?? []), order]);
  }
  return [...groups.values()].flat();
}

/** Browsers halve the chroma of a JPEG, Chromium up to quality 1, and WebP knows nothing else (RFC 6386, 2). */
function halvesChroma(format: Format, quality: number): boolean {
  return format !== 'png' && quality < 1;
}

/** 14 bits in the frame header (RFC 6386, 9.1). */
const longestWebpSide = 16_383;

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
