/** The boxes of an ISO base media file (ISO/IEC 14496-12) and its table of items (ISO/IEC 23008-12), as AVIF has them. */
import { textAt } from '../magicBytes.ts';
import { type ByteView, viewOf } from './byteView.ts';

export interface Box {
  /** Four letters. */
  kind: string;
  body: Uint8Array;
  /** The box ends behind the bytes that are there. */
  isCut: boolean;
}

/** No sound file has as many in one place; random bytes could be read as thousands of empty ones. */
const mostBoxes = 1000;

/** The boxes that follow each other in `bytes`. */
export function readBoxes(bytes: Uint8Array): Box[] {
  const view = viewOf(bytes);
  const boxes: Box[] = [];
  for (let at = 0; view.has(at, 8) && boxes.length < mostBoxes; ) {
    // A length of 1 says that it stands behind the kind in eight bytes, 0 that the box goes to the end.
    const short = view.u32(at);
    const header = short === 1 ? 16 : 8;
    const length = short === 1 ? view.u32(at + 8) * 2 ** 32 + view.u32(at + 12) : short || bytes.length - at;
    if (length < header) break;
    const kind = textAt(bytes, at + 4, 4);
    boxes.push({ kind, body: view.part(at + header, length - header), isCut: at + length > bytes.length });
    at += length;
  }
  return boxes;
}

export interface Item {
  id: number;
  /** `av01`, `grid`, `Exif`, `mime`. */
  kind: string;
  /** Of a `mime` item. */
  contentType: string;
}

/** The item information box (23008-12 relies on 14496-12, 8.11.6). */
export function readItems(body: Uint8Array): Item[] {
  const isLong = (body[0] ?? 0) > 0;
  return readBoxes(body.subarray(isLong ? 8 : 6))
    .filter(({ kind }) => kind === 'infe')
    .map((entry) => {
      const view = viewOf(entry.body);
      const idBytes = view.u8(0) >= 3 ? 4 : 2;
      const kindAt = 4 + idBytes + 2;
      const rest = textAt(entry.body, kindAt + 4, 200).split('\0');
      return {
        id: idBytes === 4 ? view.u32(4) : view.u16(4),
        kind: textAt(entry.body, kindAt, 4),
        contentType: rest[1] ?? '',
      };
    });
}

/** Where an item's first extent lies in the file, for items that lie in the file itself (14496-12, 8.11.3). */
export function placeOfItem(body: Uint8Array, wanted: number): { at: number; length: number } | null {
  const view = viewOf(body);
  const version = view.u8(0);
  const [offsetSize, lengthSize] = [view.u8(4) >> 4, view.u8(4) & 15];
  const [baseSize, indexSize] = [view.u8(5) >> 4, version > 0 ? view.u8(5) & 15 : 0];
  const idSize = version < 2 ? 2 : 4;
  const count = Math.min(readNumber(view, 6, idSize), mostBoxes);
  let at = 6 + idSize;
  for (let index = 0; index < count && at < body.length; index += 1) {
    const id = readNumber(view, at, idSize);
    const method = version > 0 ? view.u16(at + idSize) & 15 : 0;
    at += idSize + (version > 0 ? 2 : 0) + 2;
    const base = readNumber(view, at, baseSize);
    const extents = view.u16(at + baseSize);
    at += baseSize + 2;
    if (id === wanted && method === 0) {
      const offset = readNumber(view, at + indexSize, offsetSize);
      return { at: base + offset, length: readNumber(view, at + indexSize + offsetSize, lengthSize) };
    }
    at += extents * (indexSize + offsetSize + lengthSize);
  }
  return null;
}

/** The places of an item's properties among all, from 1 (23008-12, 9.3). */
export function propertiesOfItem(body: Uint8Array, wanted: number): number[] {
  const view = viewOf(body);
  const idSize = view.u8(0) > 0 ? 4 : 2;
  const isWide = (view.u8(3) & 1) !== 0;
  const count = Math.min(view.u32(4), mostBoxes);
  let at = 8;
  for (let index = 0; index < count && at < body.length; index += 1) {
    const id = readNumber(view, at, idSize);
    const places = view.u8(at + idSize);
    at += idSize + 1;
    if (id === wanted) {
      return Array.from({ length: places }, (_, place) =>
        isWide ? view.u16(at + 2 * place) & 0x7fff : view.u8(at + place) & 0x7f,
      );
    }
    at += places * (isWide ? 2 : 1);
  }
  return [];
}

/** Whether one item points at another, like the transparency at its picture (14496-12, 8.11.12). */
export function refersTo(body: Uint8Array, kind: string, to: number): number[] {
  const idSize = (body[0] ?? 0) > 0 ? 4 : 2;
  return readBoxes(body.subarray(4))
    .filter((box) => box.kind === kind)
    .flatMap((box) => {
      const view = viewOf(box.body);
      const count = Math.min(view.u16(idSize), mostBoxes);
      const targets = Array.from({ length: count }, (_, index) =>
        readNumber(view, idSize + 2 + index * idSize, idSize),
      );
      return targets.includes(to) ? [readNumber(view, 0, idSize)] : [];
    });
}

/** Big-endian numbers of 0, 2, 4 or 8 bytes. */
function readNumber(view: ByteView, at: number, bytes: number): number {
  if (bytes === 8) return view.u32(at) * 2 ** 32 + view.u32(at + 4);
  if (bytes === 4) return view.u32(at);
  return bytes === 2 ? view.u16(at) : 0;
}
