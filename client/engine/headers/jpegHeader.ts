/** JPEG, from marker to marker (ITU-T T.81, annex B; JFIF 1.02; EXIF 2.32, 4.7; ICC.1:2022, B.4; XMP part 3). */
import { joinBytes } from '../byteWriting.ts';
import type { Size } from '../geometry.ts';
import { hasBytes, hasText, textAt } from '../magicBytes.ts';
import { viewOf } from './byteView.ts';
import { readExif, readText, roundDpi } from './exif.ts';
import { type HeaderFacts, type MetadataLeft, noMetadata } from './fileFacts.ts';
import { nameProfile } from './iccProfile.ts';
import { hasIptc, saysWhere } from './otherMetadata.ts';

export interface JpegSegment {
  /** The byte after 0xff. */
  marker: number;
  /** Where the 0xff stands. */
  at: number;
  /** What stands behind the length. */
  body: Uint8Array;
}

const startOfScan = 0xda;
const endOfImage = 0xd9;

/** The segments before and between the scans, as far as they are sound. */
export function jpegSegments(bytes: Uint8Array): { segments: JpegSegment[]; end: number | null } {
  const view = viewOf(bytes);
  const segments: JpegSegment[] = [];
  let at = 2;
  while (at + 2 <= bytes.length && view.u8(at) === 0xff) {
    const marker = view.u8(at + 1);
    if (marker === endOfImage) return { segments, end: at + 2 };
    if (marker === 0xff) {
      at += 1;
    } else if (standsAlone(marker)) {
      at += 2;
    } else {
      const length = view.u16(at + 2);
      if (length < 2 || !view.has(at + 2, length)) break;
      segments.push({ marker, at, body: view.part(at + 4, length - 2) });
      at += 2 + length;
      if (marker === startOfScan) at = skipScan(bytes, at);
    }
  }
  return { segments, end: null };
}

/** TEM and the restart markers have no length (T.81, table B.1). */
function standsAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

/** The next marker behind compressed data, in which 0xff is followed by 0 or by a restart marker. */
function skipScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0) {
    const next = bytes[at + 1] ?? 0xd9;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
    at = bytes.indexOf(0xff, at + 1);
  }
  return bytes.length;
}

export function readJpeg(bytes: Uint8Array): HeaderFacts | null {
  if (!hasBytes(bytes, 0, 0xff, 0xd8, 0xff)) return null;
  const { segments, end } = jpegSegments(bytes);
  const frame = segments.map(frameOf).find((found) => found !== null);
  if (!frame) return null;

  const exifBytes = exifIn(segments);
  const exif = readExif(exifBytes ?? new Uint8Array());
  const xmp = segments.filter(isXmp);
  const metadata: MetadataLeft = {
    ...noMetadata,
    exif: exifBytes !== null,
    moreExif: exif.hasMore,
    gps: exif.gps !== null || xmp.some(({ body }) => saysWhere(body)),
    xmp: xmp.length > 0,
    iptc: segments.some(({ marker, body }) => marker === 0xed && hasIptc(body)),
    comment: segments.some(({ marker, body }) => marker === 0xfe && readText(body) !== null),
    copyright: exif.copyright,
    artist: exif.artist,
    date: exif.date,
    trailing: end !== null && end < bytes.length,
  };
  return {
    stored: frame.size,
    orientation: exif.orientation,
    dpi: jfifDpi(segments) ?? exif.dpi,
    hasAlpha: false,
    profile: profileOf(segments) ?? (frame.channels === 4 ? 'CMYK without a profile' : null),
    metadata,
    isWhole: end !== null,
  };
}

/** The start of frame: SOF0 to SOF15, less the three markers among them that are something else (DHT, JPG, DAC). */
function frameOf({ marker, body }: JpegSegment): { size: Size; channels: number } | null {
  const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
  const view = viewOf(body);
  if (!isFrame || !view.has(0, 6)) return null;
  return { size: { width: view.u16(3), height: view.u16(1) }, channels: view.u8(5) };
}

/** EXIF from its TIFF header on; null where there is none. */
function exifIn(segments: readonly JpegSegment[]): Uint8Array | null {
  const segment = segments.find(({ marker, body }) => marker === 0xe1 && hasText(body, 0, 'Exif\0'));
  return segment ? segment.body.subarray(6) : null;
}

/** As `exifIn`, of a whole file or its beginning. */
export function exifOfJpeg(bytes: Uint8Array): Uint8Array | null {
  return hasBytes(bytes, 0, 0xff, 0xd8) ? exifIn(jpegSegments(bytes).segments) : null;
}

function isXmp({ marker, body }: JpegSegment): boolean {
  return marker === 0xe1 && hasText(body, 0, 'http://ns.adobe.com/x');
}

/** The XMP packet of a whole file or its beginning; null where there is none. What was too long for one segment is left out. */
export function xmpOfJpeg(bytes: Uint8Array): Uint8Array | null {
  if (!hasBytes(bytes, 0, 0xff, 0xd8)) return null;
  const isPacket = ({ marker, body }: JpegSegment) => marker === 0xe1 && hasText(body, 0, xmpName);
  return jpegSegments(bytes).segments.find(isPacket)?.body.subarray(xmpName.length) ?? null;
}

/** XMP part 3, 1.1.3. */
const xmpName = 'http://ns.adobe.com/xap/1.0/\0';

/** Unit 1 is dots per inch, 2 per centimetre, 0 only the shape of a pixel. */
function jfifDpi(segments: readonly JpegSegment[]): number | null {
  const jfif = segments.find(({ marker, body }) => marker === 0xe0 && hasText(body, 0, 'JFIF\0'));
  if (!jfif) return null;
  const view = viewOf(jfif.body);
  const [unit, x, y] = [view.u8(7), view.u16(8), view.u16(10)];
  if (x !== y || (unit !== 1 && unit !== 2)) return null;
  return roundDpi(unit === 1 ? x : x * 2.54);
}

/** A profile may lie in several segments, each with its place and how many there are. */
function profileOf(segments: readonly JpegSegment[]): string | null {
  const parts = segments
    .filter(({ marker, body }) => marker === 0xe2 && textAt(body, 0, 12) === 'ICC_PROFILE\0')
    .sort((a, b) => (a.body[12] ?? 0) - (b.body[12] ?? 0))
    .map(({ body }) => body.subarray(14));
  return parts.length > 0 ? nameProfile(joinBytes(parts)) : null;
}
