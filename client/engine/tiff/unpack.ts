/** The two packings of TIFF that browsers cannot undo: LZW (TIFF 6.0, section 13) and PackBits (section 9). */

/** Exactly `length` bytes; what is missing or unsound at the end stays 0, and `isWhole` tells. */
export interface Unpacked {
  bytes: Uint8Array<ArrayBuffer>;
  isWhole: boolean;
}

const clearCode = 256;
const endCode = 257;

/** Codes of 9 to 12 bits, the highest bit first, and one bit more one code early, as all writers do it. */
export function unpackLzw(packed: Uint8Array, length: number): Unpacked {
  const bytes = new Uint8Array(length);
  // Each code stands for what another stands for, and one byte more: where that was written, and how long it is.
  const starts = new Uint32Array(4096);
  const lengths = new Uint32Array(4096);
  let next = endCode + 1;
  let width = 9;
  let [bits, held] = [0, 0];
  let before: { start: number; length: number } | null = null;
  let at = 0;
  let out = 0;
  while (out < length) {
    while (held < width && at < packed.length) {
      bits = ((bits << 8) | (packed[at] ?? 0)) & 0xff_ffff;
      held += 8;
      at += 1;
    }
    if (held < width) break;
    held -= width;
    const code = (bits >> held) & ((1 << width) - 1);
    if (code === endCode) break;
    if (code === clearCode) {
      next = endCode + 1;
      width = 9;
      before = null;
      continue;
    }
    const start = out;
    if (code < clearCode) {
      bytes[out++] = code;
    } else {
      if (!before || code > next || (code === next && next > 4095)) break;
      const from = code === next ? before.start : (starts[code] ?? 0);
      const count = code === next ? before.length + 1 : (lengths[code] ?? 0);
      // The last byte may be the one that is being written.
      for (let i = 0; i < count && out < length; i += 1) bytes[out++] = bytes[from + i] ?? 0;
    }
    if (before && next < 4096) {
      starts[next] = before.start;
      lengths[next] = before.length + 1;
      next += 1;
      if (next + 1 >= 1 << width && width < 12) width += 1;
    }
    before = { start, length: out - start };
  }
  return { bytes, isWhole: out === length };
}

/** A count and that many bytes as they are, or a negative count and the byte to repeat. */
export function unpackBits(packed: Uint8Array, length: number): Unpacked {
  const bytes = new Uint8Array(length);
  let at = 0;
  let out = 0;
  while (out < length && at + 1 < packed.length) {
    const count = ((packed[at] ?? 0) << 24) >> 24;
    at += 1;
    if (count >= 0) {
      const copied = packed.subarray(at, at + Math.min(count + 1, length - out));
      bytes.set(copied, out);
      out += copied.length;
      at += count + 1;
    } else if (count > -128) {
      const repeats = Math.min(1 - count, length - out);
      bytes.fill(packed[at] ?? 0, out, out + repeats);
      out += repeats;
      at += 1;
    }
  }
  return { bytes, isWhole: out === length };
}
