/** Whether a file holds a moving picture. */

import { viewOf } from './headers/byteView.ts';
import { readGif } from './headers/gifBlocks.ts';
import { readJxl } from './headers/jxlHeader.ts';
import { pngChunks } from './headers/pngHeader.ts';
import { brandsOf, hasText } from './magicBytes.ts';
import type { ImageFormat } from './sniff.ts';

/** `bytes`: the whole file. */
export function moves(format: ImageFormat, bytes: Uint8Array): boolean {
  switch (format) {
    case 'gif':
      return (readGif(bytes)?.pictures ?? 0) > 1;
    case 'png':
      return pngChunks(bytes).chunks.some(({ kind, body }) => kind === 'acTL' && viewOf(body).u32(0) > 1);
    case 'webp':
      // The animation bit of the VP8X header (RFC 9649, 2.7).
      return hasText(bytes, 12, 'VP8X') && ((bytes[20] ?? 0) & 0x02) !== 0;
    case 'avif':
      return brandsOf(bytes).startsWith('avis');
    case 'heic':
      return /^(hevc|hevx|msf1)/.test(brandsOf(bytes));
    case 'jxl':
      return readJxl(bytes)?.isAnimated ?? false;
    default:
      return false;
  }
}
