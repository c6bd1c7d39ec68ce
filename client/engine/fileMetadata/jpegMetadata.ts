/** Resolution, EXIF and padding in a JPEG: segments are put in, the picture's own bytes stay as they are. */
import { bigEndian, joinBytes, latin } from '../byteWriting.ts';
import { jpegSegments } from '../headers/jpegHeader.ts';
import { hasText } from '../magicBytes.ts';

export function setJpegDpi(bytes: Uint8Array, dpi: number): Uint8Array {
  const whole = Math.round(dpi);
  const density = [1, ...bigEndian(whole, 2), ...bigEndian(whole, 2)];
  const first = jpegSegments(bytes).segments[0];
  if (first?.marker === 0xe0 && hasText(first.body, 0, 'JFIF\0') && first.body.length >= 14) {
    const patched = joinBytes([bytes]);
    patched.set(density, first.at + 4 + 7);
    return patched;
  }
  // JFIF 1.02 without a small picture. It has to be the first segment.
  return insertSegment(bytes, 2, 0xe0, [...latin('JFIF\0'), 1, 2, ...density, 0, 0]);
}

/** Behind JFIF's segment, before all others. `exif`: from its TIFF header on, below 64 KB. */
export function addJpegExif(bytes: Uint8Array, exif: Uint8Array): Uint8Array {
  const first = jpegSegments(bytes).segments[0];
  const at = first?.marker === 0xe0 ? first.at + 4 + first.body.length : 2;
  return insertSegment(bytes, at, 0xe1, joinBytes([latin('Exif\0\0'), exif]));
}

/** A segment says its length in two bytes, which count themselves. */
const longestBody = 65_533;

/** Comments of blanks before the frame, until the file has exactly `length` bytes, or up to four more. */
export function padJpeg(bytes: Uint8Array, length: number): Uint8Array {
  let padded = bytes;
  while (padded.length < length) {
    const room = length - padded.length - 4;
    const body = new Uint8Array(Math.min(Math.max(0, room), longestBody)).fill(0x20);
    padded = insertSegment(padded, beforeFrame(padded), 0xfe, body);
  }
  return padded;
}

function beforeFrame(bytes: Uint8Array): number {
  const frame = jpegSegments(bytes).segments.find(({ marker }) => marker < 0xe0);
  return frame?.at ?? 2;
}

function insertSegment(bytes: Uint8Array, at: number, marker: number, body: ArrayLike<number>): Uint8Array {
  const head = [0xff, marker, ...bigEndian(body.length + 2, 2)];
  return joinBytes([bytes.subarray(0, at), head, body, bytes.subarray(at)]);
}
