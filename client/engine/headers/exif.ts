/** The few entries of EXIF that matter here: which side is up, the resolution, whose it is, when, and whether it says where. */
import { textAt } from '../magicBytes.ts';
import { type ByteView, viewOf } from './byteView.ts';

export interface ExifFacts {
  /** 1..8; 1 where it is not said. */
  orientation: number;
  /** Pixels per inch. */
  dpi: number | null;
  copyright: string | null;
  artist: string | null;
  /** When the photo was taken, else when it was changed: `2026:11:21 18:04:59`. */
  date: string | null;
  /** The GPS directory as it stands, to be written again if that is asked for; null where there is none. */
  gps: readonly ExifEntry[] | null;
  /** It says more than the above: the camera, the exposure, a small picture. */
  hasMore: boolean;
}

export interface ExifEntry {
  tag: number;
  /** TIFF's field type, 1..13. */
  type: number;
  count: number;
  /** `count` values in big-endian order. */
  value: Uint8Array;
}

const noExif: ExifFacts = {
  orientation: 1,
  dpi: null,
  copyright: null,
  artist: null,
  date: null,
  gps: null,
  hasMore: false,
};

/** Tags of EXIF 2.32 and TIFF 6.0. */
export const exifTags = {
  orientation: 0x0112,
  xResolution: 0x011a,
  yResolution: 0x011b,
  resolutionUnit: 0x0128,
  dateTime: 0x0132,
  artist: 0x013b,
  copyright: 0x8298,
  exifDirectory: 0x8769,
  gpsDirectory: 0x8825,
  dateTimeOriginal: 0x9003,
} as const;

/** What says nothing about the photo or its maker, beside the tags above: versions, the kind and the size of the pixels. */
const plainTags = [0x0213, 0x9000, 0x9101, 0xa000, 0xa001, 0xa002, 0xa003];
const knownTags = new Set<number>([...Object.values(exifTags), ...plainTags]);

/** `bytes` begin with the TIFF header (`II*` or `MM`), without the `Exif` that JPEG puts before it. Total. */
export function readExif(bytes: Uint8Array): ExifFacts {
  const order = textAt(bytes, 0, 2);
  if (order !== 'II' && order !== 'MM') return noExif;
  const isLittle = order === 'II';
  const view = viewOf(bytes, isLittle ? 'little' : 'big');
  if (view.u16(2) !== 42) return noExif;

  const main = readDirectory(view, view.u32(4), isLittle);
  const numberOf = (tag: number) => firstNumber(main.get(tag));
  const below = (tag: number) => {
    const at = numberOf(tag);
    return at === null ? null : readDirectory(view, at, isLittle);
  };
  const orientation = numberOf(exifTags.orientation) ?? 1;
  const gps = below(exifTags.gpsDirectory);
  const photo = below(exifTags.exifDirectory);
  const tags = [...main.keys(), ...(photo?.keys() ?? [])];
  return {
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    dpi: dpiOf(main),
    copyright: textOf(main.get(exifTags.copyright)),
    artist: textOf(main.get(exifTags.artist)),
    date: textOf(photo?.get(exifTags.dateTimeOriginal)) ?? textOf(main.get(exifTags.dateTime)),
    gps: gps && [...gps.values()],
    hasMore: tags.some((tag) => !knownTags.has(tag)) || hasSecondPicture(view),
  };
}

/** The directory behind the main one describes a small picture of the photo. */
function hasSecondPicture(view: ByteView): boolean {
  const main = view.u32(4);
  const next = view.u32(main + 2 + 12 * view.u16(main));
  return next > 0 && view.u16(next) > 0;
}

/** Bytes of one value of TIFF's field types 1..12 (TIFF 6.0, section 2) and 13 (a directory's place). */
const typeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

/** No directory of a camera has as many. */
const mostEntries = 512;

function readDirectory(view: ByteView, at: number, isLittle: boolean): Map<number, ExifEntry> {
  const entries = new Map<number, ExifEntry>();
  const count = Math.min(view.u16(at), mostEntries);
  for (let index = 0; index < count; index += 1) {
    const start = at + 2 + 12 * index;
    if (!view.has(start, 12)) break;
    const type = view.u16(start + 2);
    const size = typeSizes[type] ?? 0;
    const values = view.u32(start + 4);
    const length = size * values;
    const valueAt = length <= 4 ? start + 8 : view.u32(start + 8);
    if (length === 0 || !view.has(valueAt, length)) continue;
    const raw = view.part(valueAt, length);
    const tag = view.u16(start);
    // The first of two with the same tag is the one that readers take.
    if (!entries.has(tag)) {
      entries.set(tag, { tag, type, count: values, value: isLittle ? toBigEndian(raw, type, size) : raw });
    }
  }
  return entries;
}

function toBigEndian(raw: Uint8Array, type: number, size: number): Uint8Array {
  // A rational is two numbers of four bytes (types 5 and 10).
  const width = type === 5 || type === 10 ? 4 : size;
  if (width === 1) return raw;
  return raw.map((_, index) => raw[index - (index % width) + width - 1 - (index % width)] ?? 0);
}

function firstNumber(entry: ExifEntry | undefined): number | null {
  if (!entry) return null;
  const view = viewOf(entry.value);
  if (entry.type === 3) return view.u16(0);
  return entry.type === 4 || entry.type === 13 ? view.u32(0) : null;
}

function rationalOf(entry: ExifEntry | undefined): number | null {
  if (entry?.type !== 5) return null;
  const view = viewOf(entry.value);
  const under = view.u32(4);
  return under === 0 ? null : view.u32(0) / under;
}

function dpiOf(main: Map<number, ExifEntry>): number | null {
  const x = rationalOf(main.get(exifTags.xResolution));
  const y = rationalOf(main.get(exifTags.yResolution));
  const unit = firstNumber(main.get(exifTags.resolutionUnit)) ?? 2;
  if (x === null || x !== (y ?? x)) return null;
  if (unit === 2) return roundDpi(x);
  return unit === 3 ? roundDpi(x * 2.54) : null;
}

/** Formats store pixels per metre or centimetre; two places bring the number back that was meant. null for 0. */
export function roundDpi(dpi: number): number | null {
  const rounded = Math.round(dpi * 100) / 100;
  return rounded > 0 && Number.isFinite(rounded) ? rounded : null;
}

/** EXIF's text ends at a zero; blanks mean that nothing is said (EXIF 2.32, 4.6.4). UTF-8 where it is sound, else Latin-1. */
function textOf(entry: ExifEntry | undefined): string | null {
  if (entry?.type !== 2) return null;
  return readText(entry.value);
}

const longestText = 1000;

/** At most a thousand bytes of text before the first zero; null for blanks and for a date of zeros. */
export function readText(bytes: Uint8Array): string | null {
  const end = bytes.indexOf(0);
  const latin = textAt(bytes, 0, Math.min(end < 0 ? bytes.length : end, longestText));
  // What was cut off in the middle of a character of UTF-8 goes with the rest of it.
  const whole = latin.length < longestText ? latin : latin.replace(/[\u00c0-\u00ff][\u0080-\u00bf]*$/, '');
  const text = decodeUtf8(whole).trim();
  return /[^\s:0]/.test(text) ? text : null;
}

/** What stands in `latin` byte by byte, read as UTF-8; as it is where it is not UTF-8. */
export function decodeUtf8(latin: string): string {
  try {
    return decodeURIComponent(latin.replaceAll(/[%\u0080-\u00ff]/g, (byte) => `%${hex(byte)}`));
  } catch {
    return latin; // not UTF-8
  }
}

function hex(byte: string): string {
  return byte.charCodeAt(0).toString(16).padStart(2, '0');
}
