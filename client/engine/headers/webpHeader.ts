/** WebP: a RIFF file with the picture in one of three kinds of chunk (RFC 9649; VP8's own header is in RFC 6386, 9.1). */
import type { Size } from '../geometry.ts';
import { hasText, textAt } from '../magicBytes.ts';
import { viewOf } from './byteView.ts';
import { readExif } from './exif.ts';
import { type HeaderFacts, noMetadata } from './fileFacts.ts';
import { nameProfile } from './iccProfile.ts';
import { saysWhere } from './otherMetadata.ts';

export interface RiffChunk {
  /** Four letters. */
  kind: string;
  at: number;
  /** Cut short in the last chunk of a file that is cut off. */
  body: Uint8Array;
}

/** The chunks behind `RIFF`, the length and `WEBP`. */
export function riffChunks(bytes: Uint8Array): RiffChunk[] {
  const view = viewOf(bytes, 'little');
  const end = Math.min(bytes.length, 8 + view.u32(4));
  const chunks: RiffChunk[] = [];
  for (let at = 12; at + 8 <= end; ) {
    const length = view.u32(at + 4);
    chunks.push({ kind: textAt(bytes, at, 4), at, body: view.part(at + 8, Math.min(length, end - at - 8)) });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

/** Bits of the extended header's first byte. */
export const webpFlags = { alpha: 0x10, exif: 0x08 } as const;

export function readWebp(bytes: Uint8Array): HeaderFacts | null {
  if (!hasText(bytes, 0, 'RIFF') || !hasText(bytes, 8, 'WEBP')) return null;
  const chunks = riffChunks(bytes);
  const find = (kind: string) => chunks.find((chunk) => chunk.kind === kind)?.body;
  const [extended, lossless, lossy] = [find('VP8X'), find('VP8L'), find('VP8 ')];
  const stored = extended ? extendedSize(extended) : webpSize(lossless, lossy);
  if (!stored) return null;

  const exifBytes = exifIn(chunks);
  const exif = readExif(exifBytes ?? new Uint8Array());
  const xmp = find('XMP ');
  const length = 8 + viewOf(bytes, 'little').u32(4);
  const icc = find('ICCP');
  return {
    stored,
    orientation: exif.orientation,
    dpi: exif.dpi,
    hasAlpha: extended ? ((extended[0] ?? 0) & webpFlags.alpha) !== 0 : hasLosslessAlpha(lossless),
    profile: icc ? nameProfile(icc) : null,
    metadata: {
      ...noMetadata,
      exif: exifBytes !== null,
      moreExif: exif.hasMore,
      gps: exif.gps !== null || (xmp !== undefined && saysWhere(xmp)),
      xmp: xmp !== undefined,
      copyright: exif.copyright,
      artist: exif.artist,
      date: exif.date,
      trailing: bytes.length > length + (length % 2),
    },
    isWhole: bytes.length >= length && length > 12,
  };
}

/** EXIF from its TIFF header on; some writers keep the six bytes that JPEG puts before it. */
function exifIn(chunks: readonly RiffChunk[]): Uint8Array | null {
  const body = chunks.find(({ kind }) => kind === 'EXIF')?.body;
  return body ? body.subarray(hasText(body, 0, 'Exif\0\0') ? 6 : 0) : null;
}

/** As `exifIn`, of a whole file. */
export function exifOfWebp(bytes: Uint8Array): Uint8Array | null {
  return hasText(bytes, 0, 'RIFF') ? exifIn(riffChunks(bytes)) : null;
}

/** The XMP packet of a whole file; null where there is none. */
export function xmpOfWebp(bytes: Uint8Array): Uint8Array | null {
  if (!hasText(bytes, 0, 'RIFF') || !hasText(bytes, 8, 'WEBP')) return null;
  return riffChunks(bytes).find(({ kind }) => kind === 'XMP ')?.body ?? null;
}

function extendedSize(body: Uint8Array): Size {
  const view = viewOf(body, 'little');
  const uint24 = (at: number) => view.u16(at) + 65_536 * view.u8(at + 2);
  return { width: 1 + uint24(4), height: 1 + uint24(7) };
}

/** Of a picture without the extended header. null where neither chunk is there. */
export function webpSize(lossless: Uint8Array | undefined, lossy: Uint8Array | undefined): Size | null {
  if (lossless && lossless.length >= 5) {
    const bits = viewOf(lossless, 'little').u32(1);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (!lossy || lossy.length < 10) return null;
  const view = viewOf(lossy, 'little');
  return { width: view.u16(6) & 0x3fff, height: view.u16(8) & 0x3fff };
}

/** The 29th bit behind the signature byte says whether a pixel may be transparent. */
export function hasLosslessAlpha(lossless: Uint8Array | undefined): boolean {
  return lossless !== undefined && ((lossless[4] ?? 0) & 0x10) !== 0;
}
