/** Reads the facts of a file from its bytes, whatever of the five formats it is. */
import { readAvif } from './avifHeader.ts';
import { type FileFacts, type HeaderFacts, type ReadableFormat, readableFormats } from './fileFacts.ts';
import { readIco } from './icoHeader.ts';
import { readJpeg } from './jpegHeader.ts';
import { readPng } from './pngHeader.ts';
import { readWebp } from './webpHeader.ts';

const readers: Record<ReadableFormat, (bytes: Uint8Array) => HeaderFacts | null> = {
  jpeg: readJpeg,
  png: readPng,
  webp: readWebp,
  avif: readAvif,
  ico: readIco,
};

/**
 * Total for any bytes, in time that grows with their number and no faster. The beginning of a file will do: then what
 * stands behind it is missing and `isWhole` is false. null when it is none of these formats, or when its size is not
 * where it should be.
 */
export function readFileFacts(bytes: Uint8Array): FileFacts | null {
  for (const format of readableFormats) {
    const facts = readers[format](bytes);
    if (facts && facts.stored.width > 0 && facts.stored.height > 0) {
      const { stored, orientation, sizes = [stored] } = facts;
      return {
        ...facts,
        format,
        sizes,
        bytes: bytes.length,
        oriented: orientation >= 5 ? { width: stored.height, height: stored.width } : stored,
      };
    }
  }
  return null;
}
