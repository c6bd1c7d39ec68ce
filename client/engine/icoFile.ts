/** An icon for `favicon.ico`: PNGs of several sizes behind one directory (as Windows has read them since Vista, and browsers always). */
import { joinBytes, littleEndian } from './byteWriting.ts';
import { readPng } from './headers/pngHeader.ts';

/** The directory has one byte for a side, where 0 stands for 256. */
export const largestIconSide = 256;

/** The sizes that browsers and Windows ask a favicon for. */
export const faviconSides = [16, 32, 48] as const;

const directoryBytes = 6;
const entryBytes = 16;

/**
 * The icon with its smallest picture first. null where one of them is no PNG, or has a side over 256 pixels, or where there
 * is none.
 */
export function writeIco(pngs: readonly Uint8Array[]): Uint8Array | null {
  const pictures = pngs.flatMap((png) => {
    const size = readPng(png)?.stored;
    return size && size.width <= largestIconSide && size.height <= largestIconSide ? [{ png, ...size }] : [];
  });
  if (pictures.length < pngs.length || pictures.length === 0) return null;
  pictures.sort((a, b) => a.width * a.height - b.width * b.height);
  let at = directoryBytes + entryBytes * pictures.length;
  const entries = pictures.map(({ png, width, height }) => {
    const colours = [0, 0];
    const planesAndBits = [...littleEndian(1, 2), ...littleEndian(32, 2)];
    const place = [...littleEndian(png.length, 4), ...littleEndian(at, 4)];
    at += png.length;
    return [width % 256, height % 256, ...colours, ...planesAndBits, ...place];
  });
  return joinBytes([
    [0, 0, 1, 0, ...littleEndian(pictures.length, 2)],
    ...entries,
    ...pictures.map(({ png }) => png),
  ]);
}
