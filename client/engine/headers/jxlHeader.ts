/** JPEG XL: the size, the turn and whether it moves, out of the first bits (ISO/IEC 18181-1, D.2 and D.3). */
import type { Size } from '../geometry.ts';
import { hasBytes } from '../magicBytes.ts';
import { readBoxes } from './mediaBoxes.ts';

export interface JxlFacts {
  /** As it is seen: the decoder obeys the orientation. */
  size: Size;
  isAnimated: boolean;
}

/** `bytes`: the beginning of the file. null where it is no JPEG XL, or its first bits are not there. */
export function readJxl(bytes: Uint8Array): JxlFacts | null {
  const stream = codestreamOf(bytes);
  if (!stream || stream.length < 12) return null;
  const bits = bitsOf(stream.subarray(2));
  const stored = readSize(bits);
  // All default: upright, and a single picture.
  if (bits.take(1) === 1 || bits.take(1) === 0) return { size: stored, isAnimated: false };
  const orientation = bits.take(3) + 1;
  const size = orientation >= 5 ? { width: stored.height, height: stored.width } : stored;
  if (bits.take(1) === 1) readSize(bits);
  const hasPreview = bits.take(1) === 1;
  return { size, isAnimated: !hasPreview && bits.take(1) === 1 };
}

/** The picture's data lies bare in the file, or in one or several boxes; the first holds what is asked for here. */
function codestreamOf(bytes: Uint8Array): Uint8Array | null {
  if (hasBytes(bytes, 0, 0xff, 0x0a)) return bytes;
  if (!hasBytes(bytes, 0, 0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20)) return null;
  const box = readBoxes(bytes).find(({ kind }) => kind === 'jxlc' || kind === 'jxlp');
  const stream = box && (box.kind === 'jxlp' ? box.body.subarray(4) : box.body);
  return stream && hasBytes(stream, 0, 0xff, 0x0a) ? stream : null;
}

/** Width to height. */
const ratios = [0, 1, 12 / 10, 4 / 3, 3 / 2, 16 / 9, 5 / 4, 2];

function readSize(bits: Bits): Size {
  const isSmall = bits.take(1) === 1;
  const side = () => (isSmall ? (bits.take(5) + 1) * 8 : 1 + bits.take([9, 13, 18, 30][bits.take(2)] ?? 9));
  const height = side();
  const ratio = bits.take(3);
  return { width: ratio === 0 ? side() : Math.floor(height * (ratios[ratio] ?? 1)), height };
}

interface Bits {
  take(count: number): number;
}

/** The lowest bit of each byte first; behind the end come zeros. */
function bitsOf(bytes: Uint8Array): Bits {
  let at = 0;
  return {
    take(count) {
      let value = 0;
      for (let i = 0; i < count; i++, at++) {
        value += (((bytes[at >> 3] ?? 0) >> (at & 7)) & 1) * 2 ** i;
      }
      return value;
    },
  };
}
