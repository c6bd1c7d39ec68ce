/** Unpacks the beginning of zlib data (RFC 1950, 1951): the profile of a PNG is packed, and only its first bytes are wanted. */

interface Code {
  /** How many codes there are of each length. */
  counts: Uint16Array;
  /** The symbols in the order of their codes. */
  symbols: Uint16Array;
}

/** At most `limit` bytes. What cannot be unpacked ends the answer; it never throws. */
export function inflateStart(zlib: Uint8Array, limit: number): Uint8Array {
  const out = new Uint8Array(limit);
  const bits = bitsOf(zlib.subarray(2)); // behind zlib's own header
  let length = 0;
  let isLast = false;
  for (let block = 0; block < mostBlocks && !isLast && length < limit && !bits.isOver(); block += 1) {
    isLast = bits.take(1) === 1;
    const kind = bits.take(2);
    const end = kind === 0 ? copyStored() : kind === 3 ? null : unpack(kind === 1 ? fixed() : readCodes());
    if (end === null) break;
    length = end;
  }
  return out.subarray(0, length);

  function copyStored(): number {
    const stored = bits.takeBytes(limit - length);
    out.set(stored, length);
    return length + stored.length;
  }

  function unpack(codes: { literals: Code; distances: Code } | null): number | null {
    if (!codes) return null;
    let at = length;
    while (at < limit && !bits.isOver()) {
      const symbol = bits.decode(codes.literals);
      if (symbol < 256) {
        out[at++] = symbol;
        continue;
      }
      if (symbol === 256) return at;
      const count = (lengthBases[symbol - 257] ?? 0) + bits.take(lengthExtra[symbol - 257] ?? 0);
      const far = bits.decode(codes.distances);
      const distance = (distanceBases[far] ?? limit) + bits.take(distanceExtra[far] ?? 0);
      if (distance > at || count === 0) return at;
      for (let copied = 0; copied < count && at < limit; copied += 1, at += 1)
        out[at] = out[at - distance] ?? 0;
    }
    return at;
  }

  /** The codes of a block that brings its own (RFC 1951, 3.2.7). */
  function readCodes(): { literals: Code; distances: Code } {
    const literalCount = 257 + bits.take(5);
    const distanceCount = 1 + bits.take(5);
    const lengthCount = 4 + bits.take(4);
    const lengths = new Uint8Array(320);
    for (const place of codeLengthOrder.slice(0, lengthCount)) lengths[place] = bits.take(3);
    const lengthCode = makeCode(lengths.subarray(0, 19));
    lengths.fill(0);
    let at = 0;
    while (at < literalCount + distanceCount && !bits.isOver()) {
      const symbol = bits.decode(lengthCode);
      if (symbol < 16) {
        lengths[at++] = symbol;
        continue;
      }
      const [repeated, count] =
        symbol === 16
          ? [lengths[at - 1] ?? 0, 3 + bits.take(2)]
          : [0, symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7)];
      lengths.fill(repeated, at, at + count);
      at += count;
    }
    return {
      literals: makeCode(lengths.subarray(0, literalCount)),
      distances: makeCode(lengths.subarray(literalCount, literalCount + distanceCount)),
    };
  }
}

/** A profile has one or two; a forged file could have thousands of empty ones, each with tables to build. */
const mostBlocks = 64;

/** The tables of RFC 1951, 3.2.5 and 3.2.7. */
const lengthBases = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBases = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12_289, 16_385, 24_577,
];
const distanceExtra = distanceBases.map((_, index) => Math.max(0, (index >> 1) - 1));
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function fixed(): { literals: Code; distances: Code } {
  const lengths = Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
  return { literals: makeCode(lengths), distances: makeCode(new Uint8Array(30).fill(5)) };
}

function makeCode(lengths: Uint8Array): Code {
  const counts = new Uint16Array(16);
  for (const length of lengths) if (length > 0) counts[length] = (counts[length] ?? 0) + 1;
  const inOrder = Array.from(lengths, (length, symbol) => ({ length, symbol }))
    .filter(({ length }) => length > 0)
    .sort((a, b) => a.length - b.length || a.symbol - b.symbol);
  return { counts, symbols: Uint16Array.from(inOrder, ({ symbol }) => symbol) };
}

function bitsOf(bytes: Uint8Array) {
  let at = 0;
  const take = (count: number): number => {
    let value = 0;
    for (let bit = 0; bit < count; bit += 1, at += 1)
      value |= (((bytes[at >> 3] ?? 0) >> (at & 7)) & 1) << bit;
    return value;
  };
  return {
    take,
    isOver: () => at >= 8 * bytes.length,
    /** A block that is not packed: from the next whole byte its length, the length's complement, and the bytes. */
    takeBytes(most: number): Uint8Array {
      const start = (at + 7) >> 3;
      const length = (bytes[start] ?? 0) + 256 * (bytes[start + 1] ?? 0);
      at = 8 * (start + 4 + length);
      return bytes.subarray(start + 4, start + 4 + Math.min(length, most));
    },
    /** The symbol of the next code; 256, the end of a block, where no code fits. */
    decode({ counts, symbols }: Code): number {
      let code = 0;
      let first = 0;
      let index = 0;
      for (let length = 1; length <= 15; length += 1) {
        code |= take(1);
        const count = counts[length] ?? 0;
        if (code - count < first) return symbols[index + code - first] ?? 256;
        index += count;
        first = (first + count) << 1;
        code <<= 1;
      }
      return 256;
    },
  };
}
