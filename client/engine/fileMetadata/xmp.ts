/** The XMP packet of a photo, as text. */
import { decodeUtf8 } from '../headers/exif.ts';
import { xmpOfJpeg } from '../headers/jpegHeader.ts';
import { xmpOfPng } from '../headers/pngHeader.ts';
import { xmpOfWebp } from '../headers/webpHeader.ts';
import { unfoldText } from '../magicBytes.ts';

/** Longer packets are not read: they hold pictures, not words. */
const longest = 1024 * 1024;

/** Of a JPEG, PNG or WebP; null for other files and where there is none. Total. */
export function readXmp(bytes: Uint8Array): string | null {
  const packet = xmpOfJpeg(bytes) ?? xmpOfPng(bytes) ?? xmpOfWebp(bytes);
  return packet && packet.length <= longest ? decodeUtf8(unfoldText(packet)) : null;
}
