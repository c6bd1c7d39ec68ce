/** GIF, block by block (GIF89a, appendix A): how many pictures there are, and whether the first is all there. */
import { hasText } from '../magicBytes.ts';
import { viewOf } from './byteView.ts';

export interface GifFacts {
  /** Pictures that begin in these bytes, counted up to two. */
  pictures: number;
  /** The data of the first picture ends where it says. */
  isFirstWhole: boolean;
}

/** `bytes`: the file or its beginning. null where it is no GIF. */
export function readGif(bytes: Uint8Array): GifFacts | null {
  if (!hasText(bytes, 0, 'GIF8')) return null;
  const view = viewOf(bytes, 'little');
  let at = 13 + tableLength(view.u8(10));
  let pictures = 0;
  let isFirstWhole = false;
  while (at < bytes.length && pictures < 2) {
    const kind = view.u8(at);
    if (kind === 0x21) {
      at = skipBlocks(bytes, at + 2);
    } else if (kind === 0x2c) {
      pictures += 1;
      // Its place and size, its own colours, the size of its codes, then the data.
      at = skipBlocks(bytes, at + 10 + tableLength(view.u8(at + 9)) + 1);
      if (pictures === 1) isFirstWhole = at <= bytes.length;
    } else break;
  }
  return { pictures, isFirstWhole };
}

function tableLength(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** Behind the empty block that ends a row of them; beyond the end where it is missing. */
function skipBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const length = bytes[at] ?? 0;
    at += 1 + length;
    if (length === 0) return at;
  }
  return bytes.length + 1;
}
