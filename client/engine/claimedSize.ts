/** The size that an image file says it has, read from its header without decoding it. */
import type { Size } from './geometry.ts';
import { hasText } from './magicBytes.ts';
import type { ImageFormat } from './sniff.ts';

/**
 * In pixels, before any EXIF orientation. `bytes`: the beginning of the file; for a JPEG the size stands behind its
 * metadata, so give it some 256 KB. null when the size is not where it should be, and for AVIF and SVG.
 */
export function claimedSize(bytes: Uint8Array, format: ImageFormat): Size | null {
  const size = readers[format](new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), bytes);
  return size && size.width > 0 && size.height > 0 ? size : null;
}

type Reader = (view: DataView, bytes: Uint8Array) => Size | null;

const readers: Record<ImageFormat, Reader> = {
  png: (view) => (view.byteLength < 24 ? null : { width: view.getUint32(16), height: view.getUint32(20) }),
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
  webp: readWebp,
  jpeg: readJpeg,
  avif: () => null,
  svg: () => null,
};

/** RFC 9649: extended, lossless and lossy streams each keep the size in their own way. */
function readWebp(view: DataView, bytes: Uint8Array): Size | null {
  if (view.byteLength < 30) return null;
  if (hasText(bytes, 12, 'VP8X')) {
    return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
  }
  if (hasText(bytes, 12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
}

/** From marker to marker until a start of frame (ITU-T T.81, B.1.1.3 and B.2.2). */
function readJpeg(view: DataView): Size | null {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (isStartOfFrame(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return null;
}

/** SOF0 to SOF15, less the three markers among them that are something else (DHT, JPG, DAC). */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
