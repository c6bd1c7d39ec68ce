/**
 * Writes a PNG that is smaller than a canvas makes it: fewer channels where the pixels need no more, a palette where it is
 * exact, and the better of two ways to filter. Packed by the browser itself (CompressionStream; in Node too).
 */
import { bigEndian, joinBytes } from '../engine/byteWriting.ts';
import { pngChunk } from '../engine/fileMetadata/pngMetadata.ts';
import type { Size } from '../engine/geometry.ts';
import { pngSignature } from '../engine/headers/pngHeader.ts';
import { filterAdaptively, filterNone } from './pngFilters.ts';
import { layOutPixels, type PngLayout } from './pngLayout.ts';

/** RGBA, four bytes a pixel, not multiplied by alpha: what a canvas gives. */
export interface RgbaPixels extends Size {
  data: Uint8ClampedArray | Uint8Array;
}

/** A whole PNG, decoded to exactly these pixels. */
export async function writePng(pixels: RgbaPixels): Promise<Uint8Array<ArrayBuffer>> {
  const layout = layOutPixels(pixels);
  const { rows, bytesPerPixel, rowBytes } = layout;
  const plain = await deflate(filterNone(rows, rowBytes));
  // Filters help where neighbours are alike in value. Numbers of a palette are not values.
  const filtered = layout.palette ? null : await deflate(filterAdaptively(rows, rowBytes, bytesPerPixel));
  const packed = filtered && filtered.length < plain.length ? filtered : plain;
  return joinBytes([
    pngSignature,
    pngChunk('IHDR', headerOf(pixels, layout)),
    ...(layout.palette ? [pngChunk('PLTE', layout.palette)] : []),
    ...(layout.transparency ? [pngChunk('tRNS', layout.transparency)] : []),
    pngChunk('IDAT', packed),
    pngChunk('IEND', new Uint8Array()),
  ]);
}

function headerOf({ width, height }: Size, { bitDepth, colourType }: PngLayout): Uint8Array {
  return joinBytes([bigEndian(width, 4), bigEndian(height, 4), [bitDepth, colourType, 0, 0, 0]]);
}

/** zlib's format, which is what PNG wants. */
async function deflate(rows: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const packed = new Blob([rows]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
