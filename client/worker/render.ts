/** From a decoded photo to files: the orders one after the other. */
import type { DrawPlan } from '../engine/drawPlan.ts';
import { keepOnly, nothingKept, type SourceMetadata } from '../engine/fileMetadata/sourceMetadata.ts';
import type { KeptMetadata } from '../engine/verdict.ts';
import { makeFile } from './makeFile.ts';
import type { FileOrder, MadeFile } from './messages.ts';
import type { PhotoPixels } from './photoPixels.ts';
import { openPlanCanvas } from './planCanvas.ts';
import { levelFor } from './pyramid.ts';

export interface ExportParts {
  /** Looked at before each file. */
  signal: AbortSignal;
  /** The photo's own metadata, asked for when the first order keeps some of it. */
  readMetadata: () => Promise<SourceMetadata>;
  onFile: (key: number, blob: Blob, made: MadeFile) => void;
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

/** Makes the files one after the other; an order that fails does not stop the rest. */
export async function exportOrders(
  photo: PhotoPixels,
  orders: readonly FileOrder[],
  { signal, readMetadata, onFile, onFailure }: ExportParts,
): Promise<void> {
  const canvases = openPlanCanvas(
    photo,
    orders.some(({ kept }) => kept.profile),
  );
  for (const order of neighboursByCrop(orders)) {
    if (signal.aborted) break;
    try {
      const metadata = keepsOfPhoto(order.kept) ? keepOnly(await readMetadata(), order.kept) : nothingKept;
      const { blob, made } = await makeFile(order, { canvases, metadata, signal });
      onFile(order.key, blob, made);
    } catch (error) {
      if (signal.aborted) break;
      onFailure(order.key, error instanceof Error ? error.message : String(error));
      canvases.renew();
    }
  }
  canvases.renew();
}

/** The profile is the canvas's. */
function keepsOfPhoto({ copyright, date, place }: KeptMetadata): boolean {
  return copyright || date || place;
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
