/** How much memory it takes to work on a photo, so that only as many are in flight as fit. */
import type { Size } from './geometry.ts';
import type { ImageFormat } from './sniff.ts';

export type PixelWork = 'open' | 'export';

/** What a photo's header says of it. */
export interface ClaimedPhoto {
  size: Size;
  format: ImageFormat;
}

/** What one file being made takes beside the photo: the canvas, what is encoded, the encoder. In MB, measured as below. */
const mbPerExport = 60;

/**
 * Bytes per pixel of the photo, from the largest memory that Chromium's renderer took (bench/engine, README, "Memory"; 122 MB of it
 * idle): 24 megapixels by their own planes 254 MB and 100 megapixels 436; 24 megapixels by a bitmap 428.
 */
const planeBytes = 3.2;
const colourBytes = 10.5;
/** A decoded bitmap, which is drawn smaller and closed. */
const bitmapBytes = 4;

/** What decoders of ours take beside that, while they decode: of libjxl, which works in floating-point numbers, estimated. */
const decoderBytes: Partial<Record<ImageFormat, number>> = { heic: 8, tiff: 6, jxl: 24 };

const mb = 1024 * 1024;

/**
 * In MB. `photo`: null where the header can't be read: then the photo is worked on alone.
 * `readsPlanes`: the browser hands over a JPEG's own luma and chroma.
 */
export function workingMemory(work: PixelWork, photo: ClaimedPhoto | null, readsPlanes: boolean): number {
  if (!photo) return Number.POSITIVE_INFINITY;
  const pixels = photo.size.width * photo.size.height;
  const decoding = decoderBytes[photo.format] ?? 0;
  if (work === 'open') return (pixels * (bitmapBytes + decoding)) / mb;
  const bytesPerPixel = readsPlanes && photo.format === 'jpeg' ? planeBytes : colourBytes + decoding;
  return mbPerExport + (pixels * bytesPerPixel) / mb;
}
