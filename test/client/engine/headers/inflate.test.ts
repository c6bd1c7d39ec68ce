import zlib from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inflateStart } from '../../../../client/engine/headers/inflate.ts';

const levels = [0, 1, 6, 9];
const strategies = [zlib.constants.Z_DEFAULT_STRATEGY, zlib.constants.Z_FIXED, zlib.constants.Z_HUFFMAN_ONLY];

it('unpacks what zlib packs, at every level and with every kind of block', () => {
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 3000 }),
    fc.array(fc.constantFrom(1, 2, 3), { maxLength: 5000 }).map((values) => Uint8Array.from(values)),
  );
  fc.assert(
    fc.property(
      content,
      fc.constantFrom(...levels),
      fc.constantFrom(...strategies),
      (bytes, level, strategy) => {
        const packed = zlib.deflateSync(bytes, { level, strategy });
        expect(Buffer.compare(inflateStart(packed, bytes.length + 10), bytes)).toBe(0);
      },
    ),
    { numRuns: 300 },
  );
});

it('gives the beginning where only that is wanted, or where the rest is missing', () => {
  const bytes = Buffer.from(Array.from({ length: 90_000 }, (_, i) => (i * i) % 251));
  const packed = zlib.deflateSync(bytes);
  expect(Buffer.compare(inflateStart(packed, 1000), bytes.subarray(0, 1000))).toBe(0);
  const start = inflateStart(packed.subarray(0, packed.length / 2), 90_000);
  expect(start.length).toBeGreaterThan(200);
  expect(Buffer.compare(start.subarray(0, 200), bytes.subarray(0, 200))).toBe(0);
});
