/** EXIF in a WebP, the only place that it has for a resolution; the file becomes an extended one for it (RFC 9649, 2.7). */
import { joinBytes, latin, littleEndian } from '../byteWriting.ts';
import { hasLosslessAlpha, type RiffChunk, riffChunks, webpFlags, webpSize } from '../headers/webpHeader.ts';

/** `exif`: from its TIFF header on. A file without a picture is given back as it is. */
export function setWebpExif(bytes: Uint8Array, exif: Uint8Array): Uint8Array {
  const chunks = riffChunks(bytes).filter(({ kind }) => kind !== 'EXIF');
  const header = extendedHeader(chunks, true);
  if (!header) return bytes;
  const others = chunks.filter(({ kind }) => kind !== 'VP8X' && kind !== 'XMP ');
  const xmp = chunks.filter(({ kind }) => kind === 'XMP ');
  return riffFile([{ kind: 'VP8X', body: header }, ...others, { kind: 'EXIF', body: exif }, ...xmp]);
}

/**
 * A chunk that no reader knows, and so none minds, until the file has `length` bytes, or up to one more; up to 27 more where the
 * file has to be made an extended one for it.
 */
export function padWebp(bytes: Uint8Array, length: number): Uint8Array {
  const missing = length - bytes.length;
  if (missing <= 0) return bytes;
  const chunks = riffChunks(bytes);
  const header = extendedHeader(
    chunks,
    chunks.some(({ kind }) => kind === 'EXIF'),
  );
  if (!header) return bytes;
  const others = chunks.filter(({ kind }) => kind !== 'VP8X');
  const withHeader = riffFile([{ kind: 'VP8X', body: header }, ...others]);
  const body = new Uint8Array(Math.max(0, length - withHeader.length - 8));
  return riffFile([{ kind: 'VP8X', body: header }, ...others, { kind: 'paDd', body }]);
}

/** The one that is there, or a new one. */
function extendedHeader(chunks: readonly RiffChunk[], hasExif: boolean): Uint8Array | null {
  const find = (kind: string) => chunks.find((chunk) => chunk.kind === kind)?.body;
  const old = find('VP8X');
  const exifFlag = hasExif ? webpFlags.exif : 0;
  if (old) return joinBytes([[(old[0] ?? 0) | exifFlag], old.subarray(1)]);
  const size = webpSize(find('VP8L'), find('VP8 '));
  if (!size) return null;
  const flags = exifFlag | (hasLosslessAlpha(find('VP8L')) ? webpFlags.alpha : 0);
  return joinBytes([[flags, 0, 0, 0], littleEndian(size.width - 1, 3), littleEndian(size.height - 1, 3)]);
}

function riffFile(chunks: readonly Pick<RiffChunk, 'kind' | 'body'>[]): Uint8Array {
  const parts = chunks.flatMap(({ kind, body }) => [
    latin(kind),
    littleEndian(body.length, 4),
    body,
    body.length % 2 ? [0] : [],
  ]);
  const content = joinBytes([latin('WEBP'), ...parts]);
  return joinBytes([latin('RIFF'), littleEndian(content.length, 4), content]);
}
