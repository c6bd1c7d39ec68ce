/** The smallest EXIF that says what is kept: written by us from what was read, so that nothing else can slip through. */
import { bigEndian, joinBytes, latin, utf8 } from '../byteWriting.ts';
import { type ExifEntry, exifTags } from '../headers/exif.ts';
import type { SourceMetadata } from './sourceMetadata.ts';

/** TIFF's field types. */
const ascii = 2;
const short = 3;
const long = 4;
const rational = 5;
const undefinedType = 7;

/**
 * EXIF from its TIFF header on, in big-endian order; null when there is nothing to say. `dpi`: for files that have no other
 * place for it.
 */
export function writeExif(kept: SourceMetadata, dpi: number | null): Uint8Array | null {
  const date = kept.date && exifDate.test(kept.date) ? kept.date : null;
  const main = [
    ...(dpi === null ? [] : resolution(dpi)),
    textEntry(exifTags.artist, kept.artist),
    textEntry(exifTags.copyright, kept.copyright),
  ].filter((entry) => entry !== null);
  const gps = (kept.gps ?? []).filter(({ value }) => value.length <= longestPlace);
  if (main.length === 0 && date === null && gps.length === 0) return null;

  const photo: ExifEntry[] =
    date === null
      ? []
      : [
          entryOf(0x9000, undefinedType, latin('0232'), 4),
          entryOf(exifTags.dateTimeOriginal, ascii, latin(`${date}\0`), date.length + 1),
        ];
  // The directories below stand behind the main one, whose length does not depend on where they are.
  const pointers = [photo.length > 0, gps.length > 0].filter(Boolean).length;
  const photoAt = 8 + lengthOf(main) + 12 * pointers;
  const gpsAt = photoAt + (photo.length > 0 ? lengthOf(photo) : 0);
  if (photo.length > 0) main.push(entryOf(exifTags.exifDirectory, long, bigEndian(photoAt, 4), 1));
  if (gps.length > 0) main.push(entryOf(exifTags.gpsDirectory, long, bigEndian(gpsAt, 4), 1));
  return joinBytes([
    [...latin('MM'), ...bigEndian(42, 2), ...bigEndian(8, 4)],
    directory(main, 8),
    photo.length > 0 ? directory(photo, photoAt) : [],
    gps.length > 0 ? directory(gps, gpsAt) : [],
  ]);
}

/** Coordinates, times and directions are short; the rest of it is what a camera's maker put there. */
const longestPlace = 64;

/** EXIF 2.32, 4.6.5: anything else would be no date to a reader. */
const exifDate = /^\d{4}:\d{2}:\d{2} \d{2}:\d{2}:\d{2}$/;

function entryOf(tag: number, type: number, value: ArrayLike<number>, count: number): ExifEntry {
  return { tag, type, count, value: joinBytes([value]) };
}

function textEntry(tag: number, text: string | null): ExifEntry | null {
  if (text === null) return null;
  const value = [...utf8(text.replaceAll(/\p{Cc}/gu, ' ')), 0];
  return entryOf(tag, ascii, value, value.length);
}

function resolution(dpi: number): ExifEntry[] {
  const value = [...bigEndian(Math.round(dpi * 100), 4), ...bigEndian(100, 4)];
  return [
    entryOf(exifTags.xResolution, rational, value, 1),
    entryOf(exifTags.yResolution, rational, value, 1),
    entryOf(exifTags.resolutionUnit, short, bigEndian(2, 2), 1),
  ];
}

/** How many bytes a directory takes with the values that do not fit into their entries. */
function lengthOf(entries: readonly ExifEntry[]): number {
  return 2 + 12 * entries.length + 4 + entries.reduce((sum, { value }) => sum + outside(value), 0);
}

function outside({ length }: Uint8Array): number {
  return length <= 4 ? 0 : length + (length % 2);
}

/** Entries have to be in the order of their tags (TIFF 6.0, section 2). */
function directory(entries: readonly ExifEntry[], at: number): Uint8Array {
  const inOrder = entries.toSorted((a, b) => a.tag - b.tag);
  let valueAt = at + 2 + 12 * entries.length + 4;
  const fields: number[][] = [];
  const values: ArrayLike<number>[] = [];
  for (const { tag, type, count, value } of inOrder) {
    const isInside = value.length <= 4;
    const field = isInside ? [...value, 0, 0, 0, 0].slice(0, 4) : bigEndian(valueAt, 4);
    fields.push([...bigEndian(tag, 2), ...bigEndian(type, 2), ...bigEndian(count, 4), ...field]);
    if (isInside) continue;
    values.push(value, value.length % 2 ? [0] : []);
    valueAt += outside(value);
  }
  return joinBytes([bigEndian(entries.length, 2), ...fields, bigEndian(0, 4), ...values]);
}
