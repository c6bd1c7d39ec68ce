/** Files that are known but not read: each gets a sentence that says what it is and what to do. */
import { brandsOf, hasBytes, hasText, textAt, unfoldText } from './magicBytes.ts';

const cannot = 'All Img Fit cannot read';
const saveAs = 'save it as JPEG or PNG first.';

/** The sentence for a file that is none of the image formats; `name` as it may be shown. */
export function refusalOf(bytes: Uint8Array, name: string): string {
  const known = knownFormats.find(({ matches }) => matches(bytes, name));
  return known ? known.sentence(name) : unknown(bytes, name);
}

interface KnownFormat {
  matches: (bytes: Uint8Array, name: string) => boolean;
  sentence: (name: string) => string;
}

function notYet(what: string, short: string): KnownFormat['sentence'] {
  return (name) => `${name} is ${what}. ${cannot} ${short} yet; ${saveAs}`;
}

function notAnImage(what: string): KnownFormat['sentence'] {
  return (name) => `${name} is ${what}, not an image.`;
}

const isTiff = (bytes: Uint8Array) => /^(II\*\0|MM\0\*)/.test(textAt(bytes, 0, 4));

/** Most cameras wrap their raw data in a TIFF; there only the name tells which words fit. */
const rawEnding = /\.(dng|nef|nrw|arw|srf|sr2|cr2|pef|srw|3fr|iiq|rwl|erf|kdc|dcr|mef|mos)$/i;

/** Whether a file that begins like a TIFF is what a camera's sensor saw. */
export function isRawPhoto(bytes: Uint8Array, name: string): boolean {
  return hasText(bytes, 8, 'CR') || rawEnding.test(name);
}

/** In the order in which they are asked. */
const knownFormats: KnownFormat[] = [
  { matches: (bytes) => brandsOf(bytes).startsWith('crx '), sentence: notYet('a camera RAW file', 'RAW') },
  {
    matches: (bytes) => /^(ftyp|moov|mdat|wide)/.test(textAt(bytes, 4, 4)),
    sentence: notAnImage('a video or sound file'),
  },
  {
    matches: (bytes) =>
      hasBytes(bytes, 0, 0xff, 0x4f, 0xff, 0x51) ||
      (hasBytes(bytes, 0, 0, 0, 0, 0x0c) && hasText(bytes, 4, 'jP  ')),
    sentence: notYet('a JPEG 2000 image', 'JPEG 2000'),
  },
  {
    matches: (bytes, name) =>
      (isTiff(bytes) && isRawPhoto(bytes, name)) ||
      hasBytes(bytes, 0, 0x49, 0x49, 0x55, 0) ||
      /^(IIRO|IIRS|MMOR)/.test(textAt(bytes, 0, 4)) ||
      hasText(bytes, 0, 'FUJIFILMCCD-RAW') ||
      hasText(bytes, 0, 'FOVb') ||
      hasBytes(bytes, 0, 0, 0x4d, 0x52, 0x4d),
    sentence: notYet('a camera RAW file', 'RAW'),
  },
  { matches: (bytes) => hasText(bytes, 0, '8BPS'), sentence: notYet('a Photoshop file', 'PSD') },
  { matches: (bytes) => hasText(bytes, 0, '%PDF'), sentence: notYet('a PDF document', 'PDF') },
  { matches: (bytes) => hasText(bytes, 0, '%!PS'), sentence: notYet('a PostScript drawing', 'PostScript') },
  { matches: (bytes) => hasText(bytes, 0, 'gimp xcf'), sentence: notYet('a GIMP file', 'XCF') },
  {
    matches: (bytes) => hasBytes(bytes, 0, 0, 0, 1, 0) || hasBytes(bytes, 0, 0, 0, 2, 0),
    sentence: notYet('a Windows icon', 'ICO'),
  },
  {
    matches: (bytes) => hasBytes(bytes, 0, 0x76, 0x2f, 0x31, 0x01) || hasText(bytes, 0, '#?RADIANCE'),
    sentence: notYet('an HDR image', 'OpenEXR and Radiance HDR'),
  },
  {
    matches: (bytes) =>
      hasBytes(bytes, 0, 0x1a, 0x45, 0xdf, 0xa3) ||
      (hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'AVI ')) ||
      hasBytes(bytes, 0, 0, 0, 1, 0xba) ||
      hasBytes(bytes, 0, 0, 0, 1, 0xb3) ||
      hasText(bytes, 0, 'FLV'),
    sentence: notAnImage('a video'),
  },
  {
    matches: (bytes) =>
      /^(ID3|OggS|fLaC)/.test(textAt(bytes, 0, 4)) ||
      (hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'WAVE')),
    sentence: notAnImage('a sound file'),
  },
  {
    matches: (bytes) =>
      hasBytes(bytes, 0, 0x50, 0x4b, 3, 4) ||
      hasBytes(bytes, 0, 0x50, 0x4b, 5, 6) ||
      hasText(bytes, 0, 'Rar!') ||
      hasBytes(bytes, 0, 0x37, 0x7a, 0xbc, 0xaf) ||
      hasBytes(bytes, 0, 0x1f, 0x8b),
    sentence: (name) => `${name} is an archive or is packed, not an image; unpack it first.`,
  },
  {
    matches: (bytes) => /^\s*<(!doctype\s+html|html)\b/i.test(unfoldText(bytes)),
    sentence: (name) => `${name} is a web page (HTML), not an image; the download may have gone wrong.`,
  },
];

function unknown(bytes: Uint8Array, name: string): string {
  if (bytes.length === 0) return `${name} could not be read.`;
  if (bytes.every((byte) => byte === 0)) {
    return `${name} holds only zeros; the copy or download went wrong.`;
  }
  const text = unfoldText(bytes);
  if (isReadable(text)) {
    const start = quote(text);
    return `${name} is text, not an image${start ? `; it starts “${start}”` : ''}.`;
  }
  const first = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `${name} is not an image that All Img Fit can read; it starts with the bytes ${first}.`;
}

/** No control characters but the usual ones, and a letter or digit, in the first 512. */
function isReadable(text: string): boolean {
  const start = text.slice(0, 512);
  const isPlain = (character: string) => character >= ' ' || '\t\n\f\r'.includes(character);
  return [...start].every(isPlain) && /[A-Za-z0-9]/.test(start);
}

function quote(text: string): string {
  const line = text
    .replaceAll(/[^ -~]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.length <= 32 ? line : `${line.slice(0, 31).trimEnd()}…`;
}
