/**
 * The parts of a zip that are not the files themselves (PKWARE APPNOTE 6.3.10). Files are stored as they are: pictures have their
 * own compression. Everything of a file is known before it is written, so that the zip can be put together of files that lie elsewhere.
 */
import { joinBytes, littleEndian, utf8 } from './byteWriting.ts';

export interface ZippedFile {
  /** With `/` between folders. */
  name: string;
  bytes: number;
  crc32: number;
}

/** The year 1980 is the first that a zip can name; hours are those of the clock on the wall. */
function timeOf(date: Date): number[] {
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  const day = ((date.getFullYear() - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate();
  return [...littleEndian(time, 2), ...littleEndian(day, 2)];
}

const localSignature = 0x04034b50;
const centralSignature = 0x02014b50;
const largeEndSignature = 0x06064b50;
const largeEndPlaceSignature = 0x07064b50;
const endSignature = 0x06054b50;

/** Names are UTF-8 (4.4.4, bit 11). */
const flags = 0x0800;
const plainVersion = 20;
/** With fields of eight bytes (4.4.3.2). */
const largeVersion = 45;
const largest = { two: 0xffff, four: 0xffff_ffff };

/** What stands before a file's bytes. */
export function localHeader(file: ZippedFile, at: Date): Uint8Array<ArrayBuffer> {
  const name = utf8(file.name);
  return joinBytes([
    littleEndian(localSignature, 4),
    common(file, plainVersion, at),
    sizes(name.length, 0),
    name,
  ]);
}

/** What stands after all files, which follow each other from the start, each behind its header. */
export function centralDirectory(files: readonly ZippedFile[], at: Date): Uint8Array<ArrayBuffer> {
  const entries: number[][] = [];
  let offset = 0;
  for (const file of files) {
    const name = utf8(file.name);
    const isFar = offset >= largest.four;
    const far = isFar ? [...littleEndian(1, 2), ...littleEndian(8, 2), ...littleEndian(offset, 8)] : [];
    entries.push([
      ...littleEndian(centralSignature, 4),
      ...littleEndian(plainVersion, 2),
      ...common(file, isFar ? largeVersion : plainVersion, at),
      ...sizes(name.length, far.length),
      ...new Array(10).fill(0), // comment, disk, attributes
      ...littleEndian(isFar ? largest.four : offset, 4),
      ...name,
      ...far,
    ]);
    offset += localHeaderBytes + name.length + file.bytes;
  }
  const bytes = entries.reduce((sum, { length }) => sum + length, 0);
  return joinBytes([...entries, end({ count: files.length, bytes, offset })]);
}

const localHeaderBytes = 30;

function common({ bytes, crc32 }: ZippedFile, version: number, at: Date): number[] {
  return [
    ...littleEndian(version, 2),
    ...littleEndian(flags, 2),
    ...littleEndian(0, 2), // stored
    ...timeOf(at),
    ...littleEndian(crc32, 4),
    ...littleEndian(bytes, 4),
    ...littleEndian(bytes, 4),
  ];
}

function sizes(name: number, extra: number): number[] {
  return [...littleEndian(name, 2), ...littleEndian(extra, 2)];
}

interface Directory {
  count: number;
  bytes: number;
  offset: number;
}

function end({ count, bytes, offset }: Directory): number[] {
  const isLarge = count >= largest.two || bytes >= largest.four || offset >= largest.four;
  const counted = Math.min(count, largest.two);
  return [
    ...(isLarge ? largeEnd({ count, bytes, offset }) : []),
    ...littleEndian(endSignature, 4),
    ...littleEndian(0, 4), // disks
    ...littleEndian(counted, 2),
    ...littleEndian(counted, 2),
    ...littleEndian(Math.min(bytes, largest.four), 4),
    ...littleEndian(Math.min(offset, largest.four), 4),
    ...littleEndian(0, 2), // comment
  ];
}

/** 4.3.14 and 4.3.15: the end with fields of eight bytes, and where it is. */
function largeEnd({ count, bytes, offset }: Directory): number[] {
  return [
    ...littleEndian(largeEndSignature, 4),
    ...littleEndian(44, 8), // what follows of this record
    ...littleEndian(largeVersion, 2),
    ...littleEndian(largeVersion, 2),
    ...littleEndian(0, 8), // disks
    ...littleEndian(count, 8),
    ...littleEndian(count, 8),
    ...littleEndian(bytes, 8),
    ...littleEndian(offset, 8),
    ...littleEndian(largeEndPlaceSignature, 4),
    ...littleEndian(0, 4),
    ...littleEndian(offset + bytes, 8),
    ...littleEndian(1, 4),
  ];
}
