/** Reads a zip the way an unpacker does: by its central directory (PKWARE APPNOTE 6.3, zip64 not needed here). */
import { crc32, inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  name: string;
  bytes: Buffer;
}

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;

/** The files of the zip in its order. Throws when a size or checksum is wrong or two entries share a name. */
export function unzip(zip: Buffer): ZipEntry[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end === -1 || zip.readUInt32LE(end) !== endSignature) throw new Error('This is no zip');
  const count = zip.readUInt16LE(end + 10);
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (zip.readUInt32LE(at) !== centralSignature)
      throw new Error(`Entry ${index} is not where it should be`);
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    if (entries.some((entry) => entry.name === name)) throw new Error(`${name} is in the zip twice`);
    entries.push({ name, bytes: contentOf(zip, at, name) });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function contentOf(zip: Buffer, central: number, name: string): Buffer {
  const method = zip.readUInt16LE(central + 10);
  const packedBytes = zip.readUInt32LE(central + 20);
  const local = zip.readUInt32LE(central + 42);
  if (zip.readUInt32LE(local) !== localSignature) throw new Error(`${name} is not where it should be`);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + packedBytes);
  const bytes = method === 0 ? packed : inflateRawSync(packed);
  if (bytes.length !== zip.readUInt32LE(central + 24)) throw new Error(`${name} has the wrong length`);
  if (crc32(bytes) !== zip.readUInt32LE(central + 16)) throw new Error(`${name} has the wrong checksum`);
  return bytes;
}
