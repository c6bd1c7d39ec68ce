/** Windows icons: a directory of pictures, each a PNG or a bitmap without its file header. */
import type { Size } from '../geometry.ts';
import { hasBytes } from '../magicBytes.ts';
import { viewOf } from './byteView.ts';
import { type HeaderFacts, type MetadataLeft, noMetadata } from './fileFacts.ts';
import { readPng } from './pngHeader.ts';

export function readIco(bytes: Uint8Array): HeaderFacts | null {
  const view = viewOf(bytes, 'little');
  const count = view.u16(4);
  if (!hasBytes(bytes, 0, 0, 0, 1, 0) || count === 0 || count > mostPictures) return null;
  const pictures = Array.from({ length: count }, (_, index) => readEntry(6 + 16 * index));
  const sizes = pictures.map(({ size }) => size);
  const largest = sizes.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));
  const metadata: MetadataLeft = {
    ...noMetadata,
    trailing: Math.max(...pictures.map(({ end }) => end)) < bytes.length,
  };
  for (const picture of pictures) Object.assign(metadata, picture.said);
  return {
    stored: largest,
    sizes,
    orientation: 1,
    dpi: null,
    hasAlpha: pictures.some(({ hasAlpha }) => hasAlpha),
    profile: null,
    metadata,
    isWhole: pictures.every(({ end }) => end <= bytes.length),
  };

  function readEntry(at: number) {
    const [length, start] = [view.u32(at + 8), view.u32(at + 12)];
    const body = view.part(start, length);
    const png = readPng(body);
    const listed: Size = { width: view.u8(at) || 256, height: view.u8(at + 1) || 256 };
    return {
      size: png?.stored ?? listed,
      // Bitmaps with 32 bits a pixel have a channel, and all others a mask.
      hasAlpha: png?.hasAlpha ?? true,
      said: onlyWhatIsThere(png?.metadata ?? noMetadata),
      end: Math.max(start + length, at + 16),
    };
  }
}

/** No icon has as many pictures; random bytes may say 65 535. */
const mostPictures = 64;

/** The entries that say something, so that a picture without metadata does not hide another's. */
function onlyWhatIsThere(metadata: MetadataLeft): Partial<MetadataLeft> {
  return Object.fromEntries(
    Object.entries(metadata).filter(([, value]) => value !== false && value !== null),
  );
}
