/** Resolution, EXIF and padding in a PNG: chunks of their own before the picture's data. */
import { bigEndian, joinBytes, latin } from '../byteWriting.ts';
import { crc32 } from '../crc32.ts';
import { pngChunks } from '../headers/pngHeader.ts';

/** A chunk with its length and checksum. `kind`: four letters. */
export function pngChunk(kind: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const name = Uint8Array.from(latin(kind));
  return joinBytes([bigEndian(body.length, 4), name, body, bigEndian(crc32(name, body), 4)]);
}

export function setPngDpi(bytes: Uint8Array, dpi: number): Uint8Array {
  const perMetre = bigEndian(Math.round(dpi / 0.0254), 4);
  return setChunk(bytes, 'pHYs', Uint8Array.from([...perMetre, ...perMetre, 1]));
}

/** `exif`: from its TIFF header on. */
export function setPngExif(bytes: Uint8Array, exif: Uint8Array): Uint8Array {
  return setChunk(bytes, 'eXIf', exif);
}

const chunkOverhead = 12;

/**
 * Until the file has exactly `length` bytes, or up to twelve more. The chunk is private and may be left out or copied by any
 * program: the small letters of its name say so (PNG, 5.4).
 */
export function padPng(bytes: Uint8Array, length: number): Uint8Array {
  const missing = length - bytes.length;
  if (missing <= 0) return bytes;
  return setChunk(bytes, 'paDd', new Uint8Array(Math.max(0, missing - chunkOverhead)));
}

/** Puts a chunk behind IHDR, or in the place of the one that is there. */
function setChunk(bytes: Uint8Array, kind: string, body: Uint8Array): Uint8Array {
  const { chunks } = pngChunks(bytes);
  const header = chunks[0];
  if (!header) return bytes;
  const old = chunks.find((chunk) => chunk.kind === kind);
  const start = old ? old.at : header.at + chunkOverhead + header.body.length;
  const end = old ? old.at + chunkOverhead + old.body.length : start;
  return joinBytes([bytes.subarray(0, start), pngChunk(kind, body), bytes.subarray(end)]);
}
