/** The size that an image file says it has, read from its header without decoding it. */
import type { Size } from './geometry.ts';
import { readMedia } from './headers/avifHeader.ts';
import { readJxl } from './headers/jxlHeader.ts';
import { readFileFacts } from './headers/readFile.ts';
import type { ImageFormat } from './sniff.ts';
import { tiffSize } from './tiff/tiffDirectory.ts';

/**
 * In pixels, before any EXIF orientation. `bytes`: the beginning of the file; for a JPEG the size stands behind its
 * metadata, so give it some 256 KB, and a TIFF as a whole. null when the size is not where it should be, and for SVG.
 */
export function claimedSize(bytes: Uint8Array, format: ImageFormat): Size | null {
  const size = readers[format](new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), bytes);
  return size && size.width > 0 && size.height > 0 ? size : null;
}

type Reader = (view: DataView, bytes: Uint8Array) => Size | null;

const readers: Record<ImageFormat, Reader> = {
  jpeg: storedSize,
  png: storedSize,
  webp: storedSize,
  avif: storedSize,
  gif: (view) =>
    view.byteLength < 10 ? null : { width: view.getUint16(6, true), height: view.getUint16(8, true) },
  // A negative height means that the rows go from top to bottom. The oldest header (12 bytes) has short fields.
  bmp(view) {
    if (view.byteLength < 26) return null;
    if (view.getUint32(14, true) === 12) {
      return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
    }
    return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
  },
  svg: () => null,
  heic: (_, bytes) => readMedia(bytes)?.stored ?? null,
  tiff: (_, bytes) => tiffSize(bytes),
  jxl: (_, bytes) => readJxl(bytes)?.size ?? null,
};

function storedSize(_: DataView, bytes: Uint8Array): Size | null {
  return readFileFacts(bytes)?.stored ?? null;
}
