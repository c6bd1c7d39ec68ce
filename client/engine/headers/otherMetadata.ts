/** Signs of IPTC and of a place, where the kind of the metadata is known but not the whole of it is read. */
import { textAt } from '../magicBytes.ts';
import { viewOf } from './byteView.ts';

const photoshop = 'Photoshop 3.0\0';

/** Whether Photoshop's image resources (JPEG's APP13) hold an IPTC record, resource 0x0404. */
export function hasIptc(body: Uint8Array): boolean {
  if (textAt(body, 0, photoshop.length) !== photoshop) return false;
  const view = viewOf(body);
  let at = photoshop.length;
  while (textAt(body, at, 4) === '8BIM') {
    const nameLength = view.u8(at + 6);
    const sizeAt = at + 6 + evenly(1 + nameLength);
    const size = view.u32(sizeAt);
    if (view.u16(at + 4) === 0x0404) return size > 0;
    at = sizeAt + 4 + evenly(size);
  }
  return false;
}

function evenly(length: number): number {
  return length + (length % 2);
}

/** Whether XMP names a place by its coordinates (XMP part 2, the exif and the older tiff name spaces). */
export function saysWhere(xmp: Uint8Array): boolean {
  // In parts, so that a text of megabytes is not built at once; they overlap by the length of the sought word.
  for (let at = 0; at < xmp.length; at += 4096) {
    if (/GPSL(?:at|ong)itude/.test(textAt(xmp, at, 4096 + 16))) return true;
  }
  return false;
}
