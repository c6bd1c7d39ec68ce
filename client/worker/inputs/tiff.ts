/** TIFF by our own reader; what Deflate or JPEG has packed in it, the browser unpacks. */
import { joinBytes } from '../../engine/byteWriting.ts';
import type { Size } from '../../engine/geometry.ts';
import {
  type ReadTiff,
  readTiff,
  type TiffDirectory,
  type TiffPiece,
} from '../../engine/tiff/tiffDirectory.ts';
import { addUp, finishPixels, pieceLength, writePiece } from '../../engine/tiff/tiffPixels.ts';
import { type Unpacked, unpackBits, unpackLzw } from '../../engine/tiff/unpack.ts';
import { applyProfile } from '../../engine/toSrgb.ts';
import { placesOf, turnedSize, turnOfOrientation } from '../../engine/turn.ts';
import { contextOf } from '../canvas.ts';
import { type DecodedPicture, NotReadable } from './decodedPicture.ts';
import { canShowP3 } from './screenSpaces.ts';

export async function decodeTiff(bytes: Uint8Array<ArrayBuffer>, shown: string): Promise<DecodedPicture> {
  const read: ReadTiff = readTiff(bytes);
  if (read.kind === 'refused') {
    throw new NotReadable(
      `${shown} is a TIFF ${read.why}, which All Img Fit cannot read; save it as JPEG or PNG first.`,
    );
  }
  const { tiff } = read;
  const { size, pieces } = tiff;
  const pixels = new Uint8ClampedArray(size.width * size.height * 4);
  for (const piece of pieces) {
    const packed = bytes.subarray(piece.at, piece.at + piece.length);
    if (tiff.compression === 'jpeg') await drawJpeg(packed, tiff, piece, pixels);
    else {
      const { bytes: samples, isWhole } = await unpack(packed, tiff, pieceLength(tiff, piece));
      if (!isWhole) throw new Error('It is damaged.');
      if (tiff.isDifferenced) addUp(samples, tiff, piece);
      writePiece(samples, tiff, piece, pixels);
    }
  }
  finishPixels(tiff, pixels);
  const hasColourProfile = tiff.colours === 'rgb' || tiff.colours === 'yCbCr' || tiff.colours === 'palette';
  const colorSpace = applyProfile(pixels, hasColourProfile ? tiff.profile : null, canShowP3());
  return { ...turnUpright(pixels, size, tiff.orientation), colorSpace, note: noteOf(tiff, shown) };
}

function noteOf({ hasMore, colours }: TiffDirectory, shown: string): string | null {
  const notes: string[] = [];
  if (hasMore) notes.push(`${shown} has several pages; its first one is used.`);
  if (colours === 'cmyk') {
    notes.push(`${shown} is in printing inks (CMYK); its colours on a screen are an approximation.`);
  }
  return notes.length ? notes.join(' ') : null;
}

async function unpack(
  packed: Uint8Array<ArrayBuffer>,
  { compression }: TiffDirectory,
  length: number,
): Promise<Unpacked> {
  switch (compression) {
    case 'lzw':
      return unpackLzw(packed, length);
    case 'packBits':
      return unpackBits(packed, length);
    case 'deflate':
      return inflate(packed, length);
    default: {
      // A copy: what is read may be changed.
      const bytes = new Uint8Array(length);
      bytes.set(packed.subarray(0, length));
      return { bytes, isWhole: packed.length >= length };
    }
  }
}

/** Stops when there is enough, so that a few bytes cannot unpack into gigabytes. */
async function inflate(packed: Uint8Array<ArrayBuffer>, length: number): Promise<Unpacked> {
  const bytes = new Uint8Array(length);
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  let out = 0;
  try {
    while (out < length) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes.set(value.subarray(0, length - out), out);
      out += Math.min(value.length, length - out);
    }
  } finally {
    // What is missing at the end of the packed data concerns nobody when all pixels are there.
    reader.cancel().catch(() => {});
  }
  return { bytes, isWhole: out === length };
}

/** Marks the colours as red, green and blue: without it, three channels count as luma and chroma (Adobe's note 5116, 18). */
const adobeRgbMarker = [0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0];

/** The tables that all pieces share stand apart and are put before each (TIFF technical note 2). */
async function drawJpeg(
  packed: Uint8Array<ArrayBuffer>,
  tiff: TiffDirectory,
  piece: TiffPiece,
  pixels: Uint8ClampedArray,
): Promise<void> {
  const tables = tiff.jpegTables?.subarray(2, -2) ?? [];
  const marker = tiff.colours === 'rgb' ? adobeRgbMarker : [];
  const jpeg = joinBytes([[0xff, 0xd8], marker, tables, packed.subarray(2)]);
  const bitmap = await createImageBitmap(new Blob([jpeg]), { colorSpaceConversion: 'none' });
  try {
    const width = Math.min(piece.width, bitmap.width, tiff.size.width - piece.x);
    const height = Math.min(piece.height, bitmap.height, tiff.size.height - piece.y);
    const context = contextOf(new OffscreenCanvas(width, height), { willReadFrequently: true });
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    for (let y = 0; y < height; y++) {
      const at = ((piece.y + y) * tiff.size.width + piece.x) * 4;
      pixels.set(data.subarray(y * width * 4, (y + 1) * width * 4), at);
    }
  } finally {
    bitmap.close();
  }
}

function turnUpright(
  pixels: Uint8ClampedArray<ArrayBuffer>,
  stored: Size,
  orientation: number,
): Size & { pixels: Uint8ClampedArray<ArrayBuffer> } {
  if (orientation === 1) return { ...stored, pixels };
  const turn = turnOfOrientation(orientation);
  const { start, stepX, stepY } = placesOf(stored, turn);
  const from = new Uint32Array(pixels.buffer);
  const to = new Uint32Array(from.length);
  for (let y = 0; y < stored.height; y++) {
    for (let x = 0, at = start + y * stepY; x < stored.width; x++, at += stepX) {
      to[at] = from[y * stored.width + x] ?? 0;
    }
  }
  return { ...turnedSize(stored, turn), pixels: new Uint8ClampedArray(to.buffer) };
}
