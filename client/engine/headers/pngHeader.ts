/** PNG, chunk by chunk (PNG, third edition; eXIf, iCCP, cICP, pHYs and the text chunks). */
import { hasBytes, textAt } from '../magicBytes.ts';
import { viewOf } from './byteView.ts';
import { readExif, readText, roundDpi } from './exif.ts';
import { type HeaderFacts, noMetadata } from './fileFacts.ts';
import { nameCodePoints, nameProfile } from './iccProfile.ts';
import { inflateStart } from './inflate.ts';
import { saysWhere } from './otherMetadata.ts';

export interface PngChunk {
  /** Four letters. */
  kind: string;
  /** Where its length stands. */
  at: number;
  body: Uint8Array;
}

export const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The chunks that are whole; `end` is where IEND ends, null where it is missing. */
export function pngChunks(bytes: Uint8Array): { chunks: PngChunk[]; end: number | null } {
  const view = viewOf(bytes);
  const chunks: PngChunk[] = [];
  let at = pngSignature.length;
  while (view.has(at, 12)) {
    const length = view.u32(at);
    if (!view.has(at + 8, length + 4)) break;
    const kind = textAt(bytes, at + 4, 4);
    chunks.push({ kind, at, body: view.part(at + 8, length) });
    at += 12 + length;
    if (kind === 'IEND') return { chunks, end: at };
  }
  return { chunks, end: null };
}

/** EXIF from its TIFF header on; null where there is none. */
export function exifOfPng(bytes: Uint8Array): Uint8Array | null {
  if (!hasBytes(bytes, 0, ...pngSignature)) return null;
  return pngChunks(bytes).chunks.find(({ kind }) => kind === 'eXIf')?.body ?? null;
}

/** The XMP packet, unpacked; null where there is none. */
export function xmpOfPng(bytes: Uint8Array): Uint8Array | null {
  if (!hasBytes(bytes, 0, ...pngSignature)) return null;
  const { chunks } = pngChunks(bytes);
  const text = chunks.find((chunk) => textOf(chunk).some(({ key }) => key === 'XML:com.adobe.xmp'));
  return text ? contentOf(text) : null;
}

/** A profile's tags stand at its beginning; one for a screen has half a kilobyte to four. */
const readProfileBytes = 64 * 1024;

export function readPng(bytes: Uint8Array): HeaderFacts | null {
  if (!hasBytes(bytes, 0, ...pngSignature) || textAt(bytes, 12, 4) !== 'IHDR') return null;
  const view = viewOf(bytes);
  const { chunks, end } = pngChunks(bytes);
  const find = (kind: string) => chunks.find((chunk) => chunk.kind === kind)?.body;

  const exifBody = find('eXIf') ?? chunks.map(rawExif).find((found) => found !== null);
  const exif = readExif(exifBody ?? new Uint8Array());
  const texts = chunks.flatMap(textOf);
  const xmp = texts.filter(({ key }) => key === 'XML:com.adobe.xmp' || /^Raw profile type xmp$/i.test(key));
  const said = (key: string) => texts.find((text) => text.key === key)?.text ?? null;
  const known =
    /^(Copyright|Author|Creation Time|XML:com\.adobe\.xmp|Raw profile type (exif|xmp|iptc|APP1))$/i;
  return {
    stored: { width: view.u32(16), height: view.u32(20) },
    orientation: exif.orientation,
    dpi: dpiOf(find('pHYs')) ?? exif.dpi,
    // Colour types 4 and 6 have a channel; a tRNS chunk makes colours of the other types transparent.
    hasAlpha: (view.u8(25) & 4) !== 0 || find('tRNS') !== undefined,
    profile: profileOf(find),
    metadata: {
      ...noMetadata,
      exif: exifBody !== undefined || said('Raw profile type exif') !== null,
      moreExif: exif.hasMore || said('Raw profile type exif') !== null,
      gps: exif.gps !== null || xmp.some(({ chunk }) => saysWhere(contentOf(chunk))),
      xmp: xmp.length > 0,
      iptc: said('Raw profile type iptc') !== null,
      comment: texts.some(({ key }) => !known.test(key)),
      copyright: exif.copyright ?? said('Copyright'),
      artist: exif.artist ?? said('Author'),
      date: exif.date ?? said('Creation Time') ?? dateOf(find('tIME')),
      trailing: end !== null && end < bytes.length,
    },
    isWhole: end !== null,
  };
}

interface PngText {
  key: string;
  /** Empty where it is packed. */
  text: string;
  chunk: PngChunk;
}

/** tEXt, zTXt and iTXt begin with a key and a zero; only the plain ones are read on. */
function textOf(chunk: PngChunk): PngText[] {
  const { kind, body } = chunk;
  if (kind !== 'tEXt' && kind !== 'zTXt' && kind !== 'iTXt') return [];
  const key = textAt(body, 0, Math.min(80, Math.max(0, body.indexOf(0))));
  return [{ key, text: kind === 'tEXt' ? (readText(contentOf(chunk)) ?? '') : '', chunk }];
}

/** An XMP text is read this far. */
const readXmpBytes = 256 * 1024;

/** The text of a chunk as bytes (PNG, 11.3.3). libvips packs XMP into a zTXt, the others write an iTXt. */
function contentOf({ kind, body }: PngChunk): Uint8Array {
  const keyEnd = body.indexOf(0);
  if (kind === 'zTXt') return inflateStart(body.subarray(keyEnd + 2), readXmpBytes);
  if (kind === 'tEXt') return body.subarray(keyEnd + 1);
  // Behind the key: whether it is packed, how, the language, and the key in that language.
  const languageEnd = body.indexOf(0, keyEnd + 3);
  const text = body.subarray(body.indexOf(0, languageEnd + 1) + 1);
  return body[keyEnd + 1] === 1 ? inflateStart(text, readXmpBytes) : text;
}

/** What ImageMagick wrote before there was eXIf: hexadecimal digits in a text, mostly packed. Told, not read. */
function rawExif({ kind, body }: PngChunk): Uint8Array | null {
  const isRaw =
    (kind === 'zTXt' || kind === 'tEXt') && /^Raw profile type (exif|APP1)\0/i.test(textAt(body, 0, 26));
  return isRaw ? new Uint8Array() : null;
}

/** Half of the step from one number of pixels per metre to the next, in pixels per inch. */
const halfStep = 0.0127;

/** Unit 1 is pixels per metre, in which hardly any whole number of pixels per inch can be said: the nearest one is meant. */
function dpiOf(body: Uint8Array | undefined): number | null {
  if (!body) return null;
  const view = viewOf(body);
  if (view.u8(8) !== 1 || view.u32(0) !== view.u32(4)) return null;
  const dpi = view.u32(0) * 0.0254;
  return roundDpi(Math.abs(dpi - Math.round(dpi)) <= halfStep ? Math.round(dpi) : dpi);
}

/** In the order in which a reader heeds them: cICP, iCCP, sRGB. */
function profileOf(find: (kind: string) => Uint8Array | undefined): string | null {
  const points = find('cICP');
  if (points) return nameCodePoints(points[0] ?? 2, points[1] ?? 2);
  const packed = find('iCCP');
  if (packed) {
    const nameEnd = packed.indexOf(0);
    return nameProfile(inflateStart(packed.subarray(nameEnd + 2), readProfileBytes));
  }
  return find('sRGB') ? 'sRGB' : null;
}

/** The time of the last change, as EXIF would write it. */
function dateOf(body: Uint8Array | undefined): string | null {
  if (!body) return null;
  const view = viewOf(body);
  const two = (at: number) => String(view.u8(at)).padStart(2, '0');
  return `${view.u16(0)}:${two(2)}:${two(3)} ${two(4)}:${two(5)}:${two(6)}`;
}
