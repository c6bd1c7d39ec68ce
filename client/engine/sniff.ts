/** What a file is by its first bytes, never by its name, and in words why it cannot be read. */

import type { Size } from './geometry.ts';
import { brandsOf, hasBytes, hasText, unfoldText } from './magicBytes.ts';
import { isRawPhoto, refusalOf } from './refusedFormats.ts';

export const imageFormats = [
  'jpeg',
  'png',
  'webp',
  'avif',
  'gif',
  'svg',
  'bmp',
  'heic',
  'tiff',
  'jxl',
] as const;
export type ImageFormat = (typeof imageFormats)[number];

export type Sniffed =
  | { kind: 'image'; format: ImageFormat; note?: string }
  /** `reason` is a sentence with the file's name. */
  | { kind: 'refused'; reason: string };

/** How many of a file's first bytes `sniffImage` wants to see. */
export const sniffLength = 4096;

export const formatNames: Record<ImageFormat, string> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
  svg: 'SVG',
  bmp: 'BMP',
  heic: 'HEIC',
  tiff: 'TIFF',
  jxl: 'JPEG XL',
};

const endings: Record<ImageFormat, RegExp> = {
  jpeg: /\.(jpe?g|jpe|jfif|pjpe?g)$/i,
  png: /\.(png|apng)$/i,
  webp: /\.webp$/i,
  avif: /\.avif[s]?$/i,
  gif: /\.gif$/i,
  svg: /\.svg$/i,
  bmp: /\.(bmp|dib)$/i,
  heic: /\.(hei[cf]s?|hif)$/i,
  tiff: /\.tiff?$/i,
  jxl: /\.jxl$/i,
};

/**
 * `bytes`: the file's first `sniffLength` bytes or fewer. `size`: of the whole file. The answer says what the file
 * claims to be; whether it is whole shows only when it is decoded (see `decodeFailure`).
 */
export function sniffImage(bytes: Uint8Array, size: number, name: string): Sniffed {
  const shown = showName(name);
  if (size === 0) return { kind: 'refused', reason: `${shown} is empty (0 bytes).` };
  const format = imageFormats.find((candidate) => looksLike[candidate](bytes));
  if (!format || (format === 'tiff' && isRawPhoto(bytes, name)))
    return { kind: 'refused', reason: refusalOf(bytes, shown) };
  const note = misnamed(format, name, shown);
  return note ? { kind: 'image', format, note } : { kind: 'image', format };
}

/** From this many pixels on, a browser may refuse a sound file: phones first, desktops at about 300 megapixels. */
const manyPixels = 64_000_000;

/**
 * The sentence for a file that passed `sniffImage` and then could not be decoded. `size`: what its header claims, if
 * that could be read.
 */
export function decodeFailure(name: string, format: ImageFormat, size: Size | null = null): string {
  const shown = showName(name);
  if (size && size.width * size.height >= manyPixels) {
    const megapixels = Math.round((size.width * size.height) / 1_000_000);
    return `${shown} has ${megapixels} megapixels (${size.width} × ${size.height}) and could not be decoded: it is too large for this browser, or damaged.`;
  }
  return `${shown} starts like ${article(format)} ${formatNames[format]} but could not be decoded: it is damaged or cut off.`;
}

/** The sentence for a file whose end is missing (see `breaksOff`); `shown` as `showName` gives it. */
export function breaksOffWords(shown: string): string {
  return `${shown} breaks off before its end: it was not copied or downloaded completely.`;
}

/** `a` or `an`. */
export function article(format: ImageFormat): string {
  return format === 'avif' || format === 'svg' ? 'an' : 'a';
}

/** Signatures: the formats' own specifications (JPEG T.81 B, PNG 5.2, RIFF, ISO BMFF 4.3, GIF89a 17, SVG 2, BMP headers). */
const looksLike: Record<ImageFormat, (bytes: Uint8Array) => boolean> = {
  jpeg: (bytes) => hasBytes(bytes, 0, 0xff, 0xd8, 0xff),
  png: (bytes) => hasBytes(bytes, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  webp: (bytes) => hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'WEBP'),
  avif: (bytes) => /avi[fs]/.test(brandsOf(bytes)),
  gif: (bytes) => hasText(bytes, 0, 'GIF87a') || hasText(bytes, 0, 'GIF89a'),
  svg: (bytes) => isSvg(unfoldText(bytes)),
  // "BM" alone also begins English words; the size of the second header settles it.
  bmp: (bytes) => hasText(bytes, 0, 'BM') && [12, 16, 40, 52, 56, 64, 108, 124].includes(bytes[14] ?? 0),
  heic: (bytes) => /hei[cxms]|hev[cxms]|mif[12]|msf1/.test(brandsOf(bytes)),
  // Version 43 is BigTIFF, whose reader says that it is none.
  tiff: (bytes) => ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].some((start) => hasText(bytes, 0, start)),
  jxl: (bytes) =>
    hasBytes(bytes, 0, 0xff, 0x0a) || (hasBytes(bytes, 0, 0, 0, 0, 0x0c) && hasText(bytes, 4, 'JXL ')),
};

/** An <svg> root may stand behind an XML declaration, comments and a DOCTYPE. */
function isSvg(text: string): boolean {
  const start = text.trimStart();
  if (!start.startsWith('<') || /^<(!doctype\s+html|html)\b/i.test(start)) return false;
  return /<([\w-]+:)?svg[\s>/]/.test(start);
}

function misnamed(format: ImageFormat, name: string, shown: string): string | null {
  const ending = /\.[a-z0-9]{1,5}$/i.exec(name)?.[0];
  if (!ending || endings[format].test(name)) return null;
  return `${shown} is ${article(format)} ${formatNames[format]} although its name ends in ${ending}; it is read as what it is.`;
}

/** A name as it may be shown: without characters that are invisible or turn the writing direction, and not endless. */
export function showName(name: string): string {
  const visible = name.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '').trim() || 'The file';
  const points = [...visible];
  return points.length <= 80 ? visible : `${points.slice(0, 60).join('')}…${points.slice(-16).join('')}`;
}
