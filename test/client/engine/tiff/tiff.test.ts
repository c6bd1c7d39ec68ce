import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { isTiffCut, readTiff } from '../../../../client/engine/tiff/tiffDirectory.ts';
import { addUp, finishPixels, pieceLength, writePiece } from '../../../../client/engine/tiff/tiffPixels.ts';
import { unpackBits, unpackLzw } from '../../../../client/engine/tiff/unpack.ts';

const files: Buffer[] = [];

beforeAll(async () => {
  const noise = Buffer.from(Array.from({ length: 40 * 30 * 3 }, (_, i) => (i * 37) % 251));
  const image = () => sharp(noise, { raw: { width: 40, height: 30, channels: 3 } });
  for (const compression of ['none', 'lzw', 'packbits', 'deflate', 'jpeg'] as const) {
    files.push(await image().tiff({ compression }).toBuffer());
  }
  files.push(
    await image().tiff({ compression: 'lzw', tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer(),
  );
});

/** Big-endian, each of the three colours in a strip of its own; `entry`: tag, type, count, value. */
function planarTiff(bits: 8 | 16): Buffer {
  const [width, height] = [3, 2];
  const bytes = bits / 8;
  const strip = width * height * bytes;
  const entries = [
    [256, 3, 1, width << 16],
    [257, 3, 1, height << 16],
    [258, 3, 3, 200],
    [259, 3, 1, 1 << 16],
    [262, 3, 1, 2 << 16],
    [273, 4, 3, 220],
    [277, 3, 1, 3 << 16],
    [278, 3, 1, height << 16],
    [279, 4, 3, 240],
    [284, 3, 1, 2 << 16],
  ] as const;
  const file = Buffer.alloc(300 + 3 * strip);
  file.write('MM\0*', 0, 'latin1');
  file.writeUInt32BE(8, 4);
  file.writeUInt16BE(entries.length, 8);
  for (const [i, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + i * 12;
    file.writeUInt16BE(tag, at);
    file.writeUInt16BE(type, at + 2);
    file.writeUInt32BE(count, at + 4);
    file.writeUInt32BE(value, at + 8);
  }
  for (const plane of [0, 1, 2]) {
    file.writeUInt16BE(bits, 200 + plane * 2);
    file.writeUInt32BE(300 + plane * strip, 220 + plane * 4);
    file.writeUInt32BE(strip, 240 + plane * 4);
    for (let i = 0; i < strip; i++) file[300 + plane * strip + i] = plane * 80 + Math.floor(i / bytes);
  }
  return file;
}

it.each([8, 16] as const)('colours that lie apart come together, big-endian, %i bits', (bits) => {
  const bytes = planarTiff(bits);
  const read = readTiff(bytes);
  if (read.kind === 'refused') throw new Error(read.why);
  const pixels = new Uint8ClampedArray(3 * 2 * 4);
  for (const piece of read.tiff.pieces) {
    expect(piece.length).toBe(pieceLength(read.tiff, piece));
    writePiece(bytes.subarray(piece.at, piece.at + piece.length), read.tiff, piece, pixels);
  }
  finishPixels(read.tiff, pixels);
  expect([...pixels]).toEqual([0, 1, 2, 3, 4, 5].flatMap((i) => [i, 80 + i, 160 + i, 255]));
});

describe('whatever the bytes', () => {
  /** Everything but what the browser unpacks. */
  function decode(bytes: Uint8Array): void {
    const read = readTiff(bytes);
    isTiffCut(bytes);
    if (read.kind === 'refused') {
      expect(read.why.length).toBeGreaterThan(5);
      return;
    }
    const { tiff } = read;
    const area = tiff.size.width * tiff.size.height;
    if (area > 1_000_000) return; // such photos are refused or are as large as they say
    const pixels = new Uint8ClampedArray(area * 4);
    for (const piece of tiff.pieces) {
      const length = pieceLength(tiff, piece);
      const packed = bytes.subarray(piece.at, piece.at + piece.length);
      const unpack = tiff.compression === 'packBits' ? unpackBits : unpackLzw;
      const samples = unpack(packed, length).bytes;
      if (tiff.isDifferenced) addUp(samples, tiff, piece);
      writePiece(samples, tiff, piece, pixels);
    }
    finishPixels(tiff, pixels);
  }

  it('real files with bytes changed or cut off are read or refused', () => {
    const change = fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) });
    const share = fc.double({ min: 0.5, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.nat(5), fc.array(change, { maxLength: 10 }), share, (index, changes, kept) => {
        const file = files[index] ?? Buffer.alloc(0);
        const bytes = Uint8Array.from(file.subarray(0, Math.ceil(file.length * kept)));
        // libvips writes the directory last.
        for (const { at, value } of changes)
          bytes[bytes.length - 1 - (at % Math.min(400, bytes.length))] = value;
        decode(bytes);
      }),
      { numRuns: 800 },
    );
  });

  it('random bytes behind the signature, too', () => {
    const start = fc.constantFrom('II*\0\x08\0\0\0', 'MM\0*\0\0\0\x08');
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 300 }), (signature, rest) =>
        decode(Buffer.concat([Buffer.from(signature, 'latin1'), rest])),
      ),
      { numRuns: 800 },
    );
  });

  it('unpacking gives as much as was asked for, and says when there was less', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(5000), (packed, length) => {
        for (const unpack of [unpackLzw, unpackBits])
          expect(unpack(packed, length).bytes).toHaveLength(length);
      }),
    );
    expect(unpackBits(Uint8Array.from([0, 7]), 2).isWhole).toBe(false);
  });
});
