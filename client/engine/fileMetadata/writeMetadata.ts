/** What is written into a finished file beside its picture: the resolution, what the person keeps, and padding. */
import type { ReadableFormat } from '../headers/fileFacts.ts';
import { addJpegExif, padJpeg, setJpegDpi } from './jpegMetadata.ts';
import { padPng, setPngDpi, setPngExif } from './pngMetadata.ts';
import type { SourceMetadata } from './sourceMetadata.ts';
import { padWebp, setWebpExif } from './webpMetadata.ts';
import { writeExif } from './writeExif.ts';

export interface WrittenMetadata {
  /** Pixels per inch; null: not written. */
  dpi: number | null;
  kept: SourceMetadata;
  /** A number of bytes to reach; null: no padding. */
  padTo: number | null;
}

/** Formats whose files can say these things; AVIF and ICO stay as they are. */
const formatsWithMetadata: readonly ReadableFormat[] = ['jpeg', 'png', 'webp'];

/**
 * `bytes`: a file fresh from an encoder, without EXIF. The picture's own data and its profile stay byte for byte. Only for a
 * PNG and a JPEG the resolution has a place beside EXIF.
 */
export function writeMetadata(
  bytes: Uint8Array,
  format: ReadableFormat,
  { dpi, kept, padTo }: WrittenMetadata,
): Uint8Array {
  if (!formatsWithMetadata.includes(format)) return bytes;
  const exif = writeExif(kept, format === 'webp' ? dpi : null);
  const withExif = exif ? putExif(bytes, format, exif) : bytes;
  const withDpi = dpi === null ? withExif : putDpi(withExif, format, dpi);
  return padTo === null ? withDpi : pad(withDpi, format, padTo);
}

function putExif(bytes: Uint8Array, format: ReadableFormat, exif: Uint8Array): Uint8Array {
  if (format === 'jpeg') return addJpegExif(bytes, exif);
  return format === 'png' ? setPngExif(bytes, exif) : setWebpExif(bytes, exif);
}

function putDpi(bytes: Uint8Array, format: ReadableFormat, dpi: number): Uint8Array {
  if (format === 'jpeg') return setJpegDpi(bytes, dpi);
  return format === 'png' ? setPngDpi(bytes, dpi) : bytes;
}

function pad(bytes: Uint8Array, format: ReadableFormat, length: number): Uint8Array {
  if (format === 'jpeg') return padJpeg(bytes, length);
  return format === 'png' ? padPng(bytes, length) : padWebp(bytes, length);
}
