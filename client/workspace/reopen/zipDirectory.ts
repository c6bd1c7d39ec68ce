/**
 * Finds the files in a zip by its central directory (PKWARE APPNOTE 6.3.10, 4.3), from bytes that anybody may have written: never
 * throws, and what it answers lies inside the file.
 */

export interface ZipListing {
  name: string;
  /** 0: stored as it is; 8: deflated. */
  method: number;
  packedBytes: number;
  bytes: number;
  crc32: number;
  /** Where its local header begins. */
  headerAt: number;
}

export interface DirectoryPlace {
  at: number;
  bytes: number;
}

const endSignature = 0x06054b50;
const largeEndPlaceSignature = 0x07064b50;
const largeEndSignature = 0x06064b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;

/** The end record, its longest comment, and what may stand before it in a large zip (4.3.14 to 4.3.16). */
export const tailLength = 22 + 0xffff + 20 + 56;
/** Of a local header without its name and extra fields. */
export const localHeaderLength = 30;

/** `tail`: the last `tailLength` bytes of the file, or all of it. null where it is no zip. */
export function findDirectory(tail: Uint8Array, fileBytes: number): DirectoryPlace | null {
  const view = viewOf(tail);
  for (let end = tail.length - 22; end >= 0; end -= 1) {
    if (view.getUint32(end, true) !== endSignature) continue;
    const small = { bytes: view.getUint32(end + 12, true), at: view.getUint32(end + 16, true) };
    const place = small.at === 0xffff_ffff ? largePlace(view, end) : small;
    if (place && place.at + place.bytes <= fileBytes) return place;
  }
  return null;
}

/** In a zip of more than 4 GB the place stands in a record of its own, right before its locator. */
function largePlace(view: DataView, end: number): DirectoryPlace | null {
  const [locator, record] = [end - 20, end - 20 - 56];
  if (record < 0 || view.getUint32(locator, true) !== largeEndPlaceSignature) return null;
  if (view.getUint32(record, true) !== largeEndSignature) return null;
  return { bytes: bigAt(view, record + 40), at: bigAt(view, record + 48) };
}

/** As far as the directory can be read; what is damaged ends it. */
export function readDirectory(directory: Uint8Array): ZipListing[] {
  const view = viewOf(directory);
  const found: ZipListing[] = [];
  let at = 0;
  while (at + 46 <= directory.length && view.getUint32(at, true) === centralSignature) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) =>
      view.getUint16(at + place, true),
    );
    const nameAt = at + 46;
    const extraAt = nameAt + (nameLength ?? 0);
    const next = extraAt + (extraLength ?? 0) + (commentLength ?? 0);
    if (next > directory.length) break;
    const numbers = [24, 20, 42].map((place) => view.getUint32(at + place, true));
    const [bytes = 0, packedBytes = 0, headerAt = 0] = widened(numbers, view, {
      at: extraAt,
      end: extraAt + (extraLength ?? 0),
    });
    found.push({
      name: new TextDecoder().decode(directory.subarray(nameAt, extraAt)),
      method: view.getUint16(at + 10, true),
      packedBytes,
      bytes,
      crc32: view.getUint32(at + 16, true),
      headerAt,
    });
    at = next;
  }
  return found;
}

/** Numbers that have no room in four bytes stand in an extra field, in this order (4.5.3). */
function widened(numbers: readonly number[], view: DataView, extra: { at: number; end: number }): number[] {
  let at = extra.at;
  while (at + 4 <= extra.end && view.getUint16(at, true) !== 1) at += 4 + view.getUint16(at + 2, true);
  const end = Math.min(extra.end, at + 4 < extra.end ? at + 4 + view.getUint16(at + 2, true) : extra.end);
  let value = at + 4;
  return numbers.map((number) => {
    if (number !== 0xffff_ffff || value + 8 > end) return number;
    value += 8;
    return bigAt(view, value - 8);
  });
}

/** Where the file's bytes begin, from its local header; null where there is none. */
export function dataStart(header: Uint8Array, headerAt: number): number | null {
  if (header.length < localHeaderLength) return null;
  const view = viewOf(header);
  if (view.getUint32(0, true) !== localSignature) return null;
  return headerAt + localHeaderLength + view.getUint16(26, true) + view.getUint16(28, true);
}

/** Beyond what a number can hold exactly no file reaches. */
function bigAt(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
