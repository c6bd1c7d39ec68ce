/**
 * Whether a file ends before its picture does. Browsers do not agree on such files: one shows the rest in grey, another
 * refuses them. A grey half is a harm when it is noticed in print, so all are refused, by what the file itself says.
 */
import { viewOf } from './headers/byteView.ts';
import { readGif } from './headers/gifBlocks.ts';
import { jpegSegments } from './headers/jpegHeader.ts';
import { readBoxes } from './headers/mediaBoxes.ts';
import { pngChunks } from './headers/pngHeader.ts';
import { readWebp } from './headers/webpHeader.ts';
import type { ImageFormat } from './sniff.ts';
import { isTiffCut } from './tiff/tiffDirectory.ts';

/** `bytes`: the whole file. A file that is damaged in other ways, or of a kind that tells no length, is for the decoder to judge. */
export function breaksOff(bytes: Uint8Array, format: ImageFormat): boolean {
  return judges[format]?.(bytes) ?? false;
}

const judges: Partial<Record<ImageFormat, (bytes: Uint8Array) => boolean>> = {
  jpeg(bytes) {
    const { segments, end } = jpegSegments(bytes);
    if (end !== null) return false;
    // Rubbish between segments stops the reader, not browsers: there may be an end behind it.
    const scan = segments.find(({ marker }) => marker === 0xda);
    return !hasEndOfImage(bytes, scan ? scan.at : (segments.at(-1)?.at ?? 0));
  },
  png: (bytes) => pngChunks(bytes).end === null,
  webp: (bytes) => {
    const facts = readWebp(bytes);
    return facts !== null && !facts.isWhole;
  },
  gif: (bytes) => readGif(bytes)?.isFirstWhole === false,
  bmp(bytes) {
    const view = viewOf(bytes, 'little');
    // Only of pixels that are not packed the length is known; the oldest header has short fields.
    const isOld = view.u32(14) === 12;
    if (!isOld && view.u32(30) !== 0 && view.u32(30) !== 3) return false;
    const width = isOld ? view.u16(18) : view.u32(18);
    const height = isOld ? view.u16(20) : Math.abs(view.u32(22) | 0);
    const bits = isOld ? view.u16(24) : view.u16(28);
    return bytes.length < view.u32(10) + Math.ceil((width * bits) / 32) * 4 * height;
  },
  avif: isMediaCut,
  heic: isMediaCut,
  tiff: isTiffCut,
};

function hasEndOfImage(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xd9) return true;
  }
  return false;
}

/** The picture's data lies in the box `mdat`, or beside its description; what stands behind is for others. */
function isMediaCut(bytes: Uint8Array): boolean {
  const boxes = readBoxes(bytes);
  const meta = boxes.find(({ kind }) => kind === 'meta');
  const data = boxes.filter(({ kind }) => kind === 'mdat');
  if (!meta || meta.isCut || data.some(({ isCut }) => isCut)) return true;
  return data.length === 0 && !readBoxes(meta.body.subarray(4)).some(({ kind }) => kind === 'idat');
}
