/** From an order to a finished file: drawn, encoded for its byte window, its metadata written, and read again from its bytes. */
import type { LadderOrder } from '../engine/byteLadder.ts';
import { crc32 } from '../engine/crc32.ts';
import { planAt } from '../engine/drawPlan.ts';
import type { SourceMetadata } from '../engine/fileMetadata/sourceMetadata.ts';
import type { Size } from '../engine/geometry.ts';
import { readFileFacts } from '../engine/headers/readFile.ts';
import type { EncodedFormat } from './encode.ts';
import { encodeIntoWindow } from './encodeIntoWindow.ts';
import { makeIcon } from './makeIcon.ts';
import type { FileOrder, MadeFile } from './messages.ts';
import type { PlanCanvas } from './planCanvas.ts';
import { sha256Of } from './sha256Of.ts';

export interface MakeParts {
  canvases: PlanCanvas;
  /** What of the photo's own metadata goes into the file. */
  metadata: SourceMetadata;
  signal: AbortSignal;
}

/** A file before it was looked at. */
export type RawFile = { bytes: Uint8Array } & Omit<MadeFile, 'facts' | 'sha256' | 'crc32'>;

/** Rejects with the signal's reason, or with an Error whose message is a sentence for the person. */
export async function makeFile(order: FileOrder, parts: MakeParts): Promise<{ blob: Blob; made: MadeFile }> {
  const { format } = order;
  const { bytes: raw, ...made } =
    format === 'ico' ? await makeIcon(order, parts) : await makePicture({ ...order, format }, parts);
  const bytes = new Uint8Array(raw); // in memory of its own, as Blobs ask for
  const facts = readFileFacts(bytes);
  const sha256 = await sha256Of(bytes);
  return {
    blob: new Blob([bytes], { type: mediaTypes[format] }),
    made: { ...made, facts, sha256, crc32: crc32(bytes) },
  };
}

const mediaTypes: Record<FileOrder['format'], string> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  ico: 'image/x-icon',
};

async function makePicture(
  order: FileOrder & { format: EncodedFormat },
  { canvases, metadata, signal }: MakeParts,
): Promise<RawFile> {
  const { plan, format, isSmallest, dpi } = order;
  const chroma = chromaOf(order);
  const { bytes, encoder, attempt, end } = await encodeIntoWindow({
    format,
    isSmallest,
    ladder: {
      window: order.window,
      size: plan.output,
      range: order.range,
      quality: order.quality,
      chroma,
      mayPad: format !== 'avif', // of which no reader promises to skip what it does not know
    },
    metadata: { dpi, kept: metadata },
    drawAt: async (size: Size) => canvases.draw(planAt(plan, size), chroma === 'half'),
    signal,
  });
  return {
    bytes,
    encoder,
    quality: format === 'png' ? null : attempt.quality,
    output: attempt.size,
    measures: end.kind === 'made' ? end.measures : [],
    missed: end.kind === 'cannot' ? end.reason : null,
    encodes: end.encodes,
  };
}

/**
 * A colour for each pixel only where it is worth its bytes: AVIF from 90 on, JPEG at 100, where Chromium's encoder begins with it.
 * WebP knows nothing else than halves (RFC 6386, 2).
 */
function chromaOf({ format, quality }: FileOrder): LadderOrder['chroma'] {
  switch (format) {
    case 'png':
    case 'ico':
      return 'full';
    case 'webp':
      return 'half';
    case 'jpeg':
      return quality === 100 ? 'full' : 'half';
    case 'avif':
      return quality >= 90 ? 'full' : 'half';
  }
}
