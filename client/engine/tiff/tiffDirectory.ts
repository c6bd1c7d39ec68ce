/** What the first directory of a TIFF says of its picture (TIFF 6.0; supplements 1 and 2 for JPEG and Deflate). */
import type { Size } from '../geometry.ts';
import { type ByteView, viewOf } from '../headers/byteView.ts';
import { hasBytes } from '../magicBytes.ts';

export interface TiffDirectory {
  /** As stored, before `orientation`. */
  size: Size;
  /** EXIF's 1..8. */
  orientation: number;
  isLittle: boolean;
  compression: Compression;
  colours: TiffColours;
  /** Of each sample of a pixel. */
  bits: 1 | 2 | 4 | 8 | 16 | 32;
  /** Samples are floating-point numbers from 0 to 1. */
  isFloat: boolean;
  samples: number;
  /** Which sample is alpha, and whether colours are multiplied by it; null: the picture is opaque. */
  alpha: { sample: number; isMultiplied: boolean } | null;
  /** Each sample is told as the difference to the pixel before. */
  isDifferenced: boolean;
  /** 16-bit values of a palette: all reds, all greens, all blues. */
  palette: readonly number[] | null;
  pieces: readonly TiffPiece[];
  jpegTables: Uint8Array | null;
  profile: Uint8Array | null;
  /** The file holds further pictures. */
  hasMore: boolean;
}

export type Compression = 'none' | 'lzw' | 'deflate' | 'packBits' | 'jpeg';
export type TiffColours = 'whiteIsZero' | 'blackIsZero' | 'rgb' | 'palette' | 'cmyk' | 'yCbCr';

/** A strip or tile: its place in the picture and in the file. It may reach over the picture's edge. */
export interface TiffPiece {
  x: number;
  y: number;
  width: number;
  height: number;
  /** The sample that it holds where each sample lies apart; null: it holds all. */
  plane: number | null;
  at: number;
  length: number;
}

/** `why` completes "scan.tif is a TIFF ...". */
export type ReadTiff = { kind: 'read'; tiff: TiffDirectory } | { kind: 'refused'; why: string };

const tags = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripLengths: 279,
  planar: 284,
  predictor: 317,
  palette: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileLengths: 325,
  extraSamples: 338,
  sampleFormat: 339,
  jpegTables: 347,
  profile: 34_675,
  rawVersion: 50_706,
} as const;

const compressions: Readonly<Record<number, Compression>> = {
  1: 'none',
  5: 'lzw',
  7: 'jpeg',
  8: 'deflate',
  32773: 'packBits',
  32946: 'deflate',
};

const colourKinds: Readonly<Record<number, TiffColours>> = {
  0: 'whiteIsZero',
  1: 'blackIsZero',
  2: 'rgb',
  3: 'palette',
  5: 'cmyk',
  6: 'yCbCr',
};

const refusedCompressions: Readonly<Record<number, string>> = {
  2: 'with fax compression',
  3: 'with fax compression',
  4: 'with fax compression',
  6: 'with an old kind of JPEG compression',
};

const refusedColours: Readonly<Record<number, string>> = {
  8: 'in the colours CIELab',
  9: 'in the colours ICCLab',
  10: 'in the colours ITULab',
  32803: 'of raw camera data',
  34892: 'of raw camera data',
};

const channels: Record<TiffColours, number> = {
  whiteIsZero: 1,
  blackIsZero: 1,
  rgb: 3,
  palette: 1,
  cmyk: 4,
  yCbCr: 3,
};

/** The size that a TIFF claims, without asking whether it can be read; null where it is not said. */
export function tiffSize(bytes: Uint8Array): Size | null {
  const entries = openDirectory(bytes)?.numbersOf;
  const [width = 0, height = 0] = entries ? [...entries(tags.width), ...entries(tags.height)] : [];
  return width > 0 && height > 0 ? { width, height } : null;
}

/** `bytes`: the whole file. Total. */
export function readTiff(bytes: Uint8Array): ReadTiff {
  if (hasBytes(bytes, 2, 0x2b, 0) || hasBytes(bytes, 2, 0, 0x2b)) return refused('of the kind BigTIFF');
  const directory = openDirectory(bytes);
  const size = directory && tiffSize(bytes);
  if (!size) return refused('without a picture');
  const { numbersOf, bytesOf } = directory;
  const one = (tag: number, otherwise: number) => numbersOf(tag)[0] ?? otherwise;
  if (numbersOf(tags.rawVersion).length > 0) return refused('of raw camera data');

  const compressionNumber = one(tags.compression, 1);
  const compression = compressions[compressionNumber];
  if (!compression)
    return refused(refusedCompressions[compressionNumber] ?? `with compression ${compressionNumber}`);
  const photometric = one(tags.photometric, 1);
  const colours = colourKinds[photometric];
  if (!colours) return refused(refusedColours[photometric] ?? `in colours of the kind ${photometric}`);
  if (colours === 'yCbCr' && compression !== 'jpeg') return refused('in the colours YCbCr without JPEG');
  if (colours === 'cmyk' && compression === 'jpeg') return refused('in CMYK with JPEG compression');

  const samples = one(tags.samples, channels[colours]);
  const bits = one(tags.bits, 1);
  const isFloat = one(tags.sampleFormat, 1) === 3;
  if (!isDepth(bits) || (bits === 32) !== isFloat) return refused(`with ${bits} bits a sample`);
  if (bits < 8 && channels[colours] > 1) return refused(`with ${bits} bits a sample`);
  if (compression === 'jpeg' && bits !== 8) return refused(`of JPEG data with ${bits} bits`);
  if (samples < channels[colours] || samples > mostSamples) return refused(`with ${samples} samples a pixel`);
  if (one(tags.fillOrder, 1) !== 1) return refused('whose bits are stored in reverse');
  const predictor = one(tags.predictor, 1);
  if (predictor > 2 || (predictor === 2 && bits !== 8 && bits !== 16))
    return refused(`with predictor ${predictor} at ${bits} bits`);

  const pieces = piecesOf(size, samples, numbersOf);
  if (pieces.length === 0) return refused('without a picture');
  const orientation = one(tags.orientation, 1);
  const palette = numbersOf(tags.palette);
  if (colours === 'palette' && palette.length < 3 * 2 ** bits) return refused('without its palette');
  return {
    kind: 'read',
    tiff: {
      size,
      orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
      isLittle: directory.isLittle,
      compression,
      colours,
      bits,
      isFloat,
      samples,
      alpha: alphaOf(numbersOf(tags.extraSamples), channels[colours], samples),
      isDifferenced: predictor === 2,
      palette: colours === 'palette' ? palette : null,
      pieces,
      jpegTables: bytesOf(tags.jpegTables),
      profile: bytesOf(tags.profile),
      hasMore: directory.hasMore,
    },
  };
}

/** Whether the directory or the data of its picture lies behind the end of the file. */
export function isTiffCut(bytes: Uint8Array): boolean {
  const view = viewOf(bytes, hasBytes(bytes, 0, 0x49, 0x49) ? 'little' : 'big');
  if (view.u16(2) !== 42) return false;
  const start = view.u32(4);
  if (!view.has(start, 2) || !view.has(start, 2 + 12 * view.u16(start))) return true;
  if (openDirectory(bytes)?.lacksPlaces) return true;
  const read = readTiff(bytes);
  return read.kind === 'read' && read.tiff.pieces.some(({ at, length }) => !view.has(at, length));
}

/** No printer has more inks. */
const mostSamples = 16;

function refused(why: string): ReadTiff {
  return { kind: 'refused', why };
}

function isDepth(bits: number): bits is TiffDirectory['bits'] {
  return [1, 2, 4, 8, 16, 32].includes(bits);
}

/** Of the samples behind the colours, kind 1 is alpha with colours multiplied by it, kind 2 alpha without; 0 is not said. */
function alphaOf(kinds: readonly number[], colours: number, samples: number): TiffDirectory['alpha'] {
  const index = kinds.findIndex((kind) => kind === 1 || kind === 2);
  if (index < 0 || colours + index >= samples) return null;
  return { sample: colours + index, isMultiplied: kinds[index] === 1 };
}

type Numbers = (tag: number) => readonly number[];

function piecesOf({ width, height }: Size, samples: number, numbersOf: Numbers): TiffPiece[] {
  const isTiled = numbersOf(tags.tileOffsets).length > 0;
  const offsets = numbersOf(isTiled ? tags.tileOffsets : tags.stripOffsets);
  const lengths = numbersOf(isTiled ? tags.tileLengths : tags.stripLengths);
  const across = isTiled ? (numbersOf(tags.tileWidth)[0] ?? 0) : width;
  const down = isTiled
    ? (numbersOf(tags.tileHeight)[0] ?? 0)
    : Math.min(height, numbersOf(tags.rowsPerStrip)[0] ?? height);
  // A piece far larger than the picture is a lie that would only cost memory.
  if (across < 1 || down < 1 || across > width + 4096 || down > height + 4096) return [];
  const [columns, rows] = [Math.ceil(width / across), Math.ceil(height / down)];
  const planes = numbersOf(tags.planar)[0] === 2 && samples > 1 ? samples : 1;
  if (offsets.length < columns * rows * planes || lengths.length < columns * rows * planes) return [];
  return Array.from({ length: columns * rows * planes }, (_, index) => {
    const place = index % (columns * rows);
    const [x, y] = [(place % columns) * across, Math.floor(place / columns) * down];
    return {
      x,
      y,
      width: across,
      height: isTiled ? down : Math.min(down, height - y),
      plane: planes > 1 ? Math.floor(index / (columns * rows)) : null,
      at: offsets[index] ?? 0,
      length: lengths[index] ?? 0,
    };
  });
}

/** Bytes of one value of the types byte, text, short and long, and of undefined bytes (TIFF 6.0, section 2). */
const valueSizes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 7: 1 };

const placeTags = [tags.stripOffsets, tags.stripLengths, tags.tileOffsets, tags.tileLengths, tags.bits];

function openDirectory(bytes: Uint8Array) {
  const isLittle = hasBytes(bytes, 0, 0x49, 0x49);
  const view = viewOf(bytes, isLittle ? 'little' : 'big');
  if (view.u16(2) !== 42) return null;
  const start = view.u32(4);
  const count = Math.min(view.u16(start), 1000);
  const entries = new Map<number, number>();
  for (let index = 0; index < count; index += 1) {
    const at = start + 2 + 12 * index;
    if (view.has(at, 12) && !entries.has(view.u16(at))) entries.set(view.u16(at), at);
  }
  const next = view.u32(start + 2 + 12 * count);
  const find = (tag: number) => valueAt(view, entries.get(tag));
  return {
    isLittle,
    /** Where the pieces lie is told behind the end of the file. */
    lacksPlaces: placeTags.some((tag) => entries.has(tag) && !find(tag)),
    hasMore: next > 0 && view.u16(next) > 0,
    numbersOf(tag: number): readonly number[] {
      const found = find(tag);
      if (!found) return [];
      const { size, values, place } = found;
      return Array.from({ length: values }, (_, index) => {
        const at = place + index * size;
        return size === 1 ? view.u8(at) : size === 2 ? view.u16(at) : view.u32(at);
      });
    },
    bytesOf(tag: number): Uint8Array | null {
      const found = find(tag);
      return found?.size === 1 ? view.part(found.place, found.values) : null;
    },
  };
}

/** null where there is no such entry, or its values are not all in the file. */
function valueAt(view: ByteView, at: number | undefined) {
  if (at === undefined) return null;
  const size = valueSizes[view.u16(at + 2)] ?? 0;
  const values = view.u32(at + 4);
  const place = size * values <= 4 ? at + 8 : view.u32(at + 8);
  return size > 0 && view.has(place, size * values) ? { size, values, place } : null;
}
