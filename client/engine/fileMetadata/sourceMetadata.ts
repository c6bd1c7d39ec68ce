/** What a photo says about itself that a person may want to keep: whose it is, when it was taken, and where. */
import { exifOfMedia } from '../headers/avifHeader.ts';
import { type ExifEntry, readExif } from '../headers/exif.ts';
import { exifOfJpeg } from '../headers/jpegHeader.ts';
import { exifOfPng } from '../headers/pngHeader.ts';
import { readFileFacts } from '../headers/readFile.ts';
import { exifOfWebp } from '../headers/webpHeader.ts';
import type { KeptMetadata } from '../verdict.ts';

export interface SourceMetadata {
  copyright: string | null;
  artist: string | null;
  /** `2026:11:21 18:04:59`. */
  date: string | null;
  gps: readonly ExifEntry[] | null;
}

export const nothingKept: SourceMetadata = { copyright: null, artist: null, date: null, gps: null };

/**
 * Of a JPEG, PNG, WebP, AVIF, HEIC or TIFF; of others there is nothing. For a JPEG the first 256 KB will do; the others may
 * keep it at their end. Total.
 */
export function readSourceMetadata(bytes: Uint8Array): SourceMetadata {
  const exifBytes = exifOfJpeg(bytes) ?? exifOfPng(bytes) ?? exifOfWebp(bytes) ?? exifOfMedia(bytes) ?? bytes;
  const { copyright, artist, date, gps } = readExif(exifBytes);
  const said = readFileFacts(bytes)?.metadata; // a PNG may say it without EXIF
  return {
    copyright: copyright ?? said?.copyright ?? null,
    artist: artist ?? said?.artist ?? null,
    date: date ?? said?.date ?? null,
    gps,
  };
}

/** What of it the person wants in the files. */
export function keepOnly(source: SourceMetadata, kept: KeptMetadata): SourceMetadata {
  return {
    copyright: kept.copyright ? source.copyright : null,
    artist: kept.copyright ? source.artist : null,
    date: kept.date ? source.date : null,
    gps: kept.place ? source.gps : null,
  };
}
