/** Reads one text out of a zip that a person dropped: within limits, whatever the zip says of itself. */
import { crc32 } from '../../engine/crc32.ts';
import {
  dataStart,
  findDirectory,
  localHeaderLength,
  readDirectory,
  tailLength,
  type ZipListing,
} from './zipDirectory.ts';

export type ZipText = { ok: true; text: string } | { ok: false; reason: string };

/** A directory of some 100 000 files. */
const mostDirectoryBytes = 16_000_000;
/** A receipt of some 10 000 files. */
export const mostTextBytes = 64_000_000;

/**
 * The text of the entry with that file name that lies in the fewest folders. Never rejects: `reason` is the rest of a sentence that
 * begins with the zip's name.
 */
export async function readZipText(zip: Blob, fileName: string): Promise<ZipText> {
  try {
    const tailAt = Math.max(0, zip.size - tailLength);
    const place = findDirectory(await bytesOf(zip.slice(tailAt)), zip.size);
    if (!place) return refuse('is no zip, or its end is missing');
    if (place.bytes > mostDirectoryBytes) return refuse('lists more files than can be read');
    const listings = readDirectory(await bytesOf(zip.slice(place.at, place.at + place.bytes)));
    const entry = nearest(listings, fileName);
    if (!entry)
      return refuse(
        `has no ${fileName} in it: it is no export of All Img Fit. To add its photos, unpack it first`,
      );
    return await readEntry(zip, entry);
  } catch {
    return refuse('could not be read: it is damaged, or it was moved or deleted meanwhile');
  }
}

function nearest(listings: readonly ZipListing[], fileName: string): ZipListing | undefined {
  const depth = ({ name }: ZipListing) => name.split('/').length;
  return listings
    .filter(({ name }) => name.split('/').at(-1) === fileName)
    .sort((a, b) => depth(a) - depth(b))[0];
}

async function readEntry(zip: Blob, entry: ZipListing): Promise<ZipText> {
  const { headerAt, packedBytes, method } = entry;
  const start = dataStart(await bytesOf(zip.slice(headerAt, headerAt + localHeaderLength)), headerAt);
  if (start === null || start + packedBytes > zip.size)
    return refuse('is damaged: a file in it is not where it should be');
  if (method !== 0 && method !== 8) return refuse('is packed in a way that cannot be read here');
  const packed = zip.slice(start, start + packedBytes).stream();
  const content = method === 0 ? packed : packed.pipeThrough(new DecompressionStream('deflate-raw'));
  const bytes = await collect(content);
  if (!bytes) return refuse('holds a receipt that is too large to be one');
  if (bytes.length !== entry.bytes || crc32(bytes) !== entry.crc32)
    return refuse('is damaged: its receipt has another checksum');
  return { ok: true, text: new TextDecoder().decode(bytes) };
}

/** Counts what really comes out, not what the zip says; null where it is too much. */
async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  while (true) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > mostTextBytes) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

function refuse(reason: string): ZipText {
  return { ok: false, reason };
}
