import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256 } from '../../../client/engine/sha256.ts';

it('is that of Node for any bytes, wherever the last block ends', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
    }),
  );
  for (const length of [0, 55, 56, 63, 64, 65, 119, 120, 100_003]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) % 251);
    expect([length, sha256(bytes)]).toEqual([length, createHash('sha256').update(bytes).digest('hex')]);
  }
});
