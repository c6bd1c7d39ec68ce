import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { bigEndian, joinBytes, latin } from '../../../client/engine/byteWriting.ts';
import { moves } from '../../../client/engine/moves.ts';

/** Two pictures of 8 x 8, or one of 8 x 16. */
function pictures(pageHeight: 8 | 16) {
  const noise = Buffer.from(Array.from({ length: 8 * 16 * 3 }, (_, i) => (i * 37) % 251));
  return sharp(noise, { raw: { width: 8, height: 16, channels: 3, pageHeight } });
}

describe('what moves is told from what does not', () => {
  it('GIF, also one that shall not be repeated', async () => {
    expect(
      moves(
        'gif',
        await pictures(8)
          .gif({ delay: [90, 90] })
          .toBuffer(),
      ),
    ).toBe(true);
    expect(
      moves(
        'gif',
        await pictures(8)
          .gif({ delay: [90, 90], loop: 1 })
          .toBuffer(),
      ),
    ).toBe(true);
    expect(moves('gif', await pictures(16).gif().toBuffer())).toBe(false);
  });

  it('WebP', async () => {
    expect(
      moves(
        'webp',
        await pictures(8)
          .webp({ delay: [90, 90] })
          .toBuffer(),
      ),
    ).toBe(true);
    expect(moves('webp', await pictures(16).webp().toBuffer())).toBe(false);
  });

  it('PNG by its control chunk, however far from the beginning, if there is more than one picture', async () => {
    const png = await pictures(16).png().toBuffer();
    const control = (frames: number) =>
      joinBytes([
        png.subarray(0, 33),
        chunk('tEXt', new Uint8Array(9000)),
        chunk('acTL', joinBytes([bigEndian(frames, 4), bigEndian(0, 4)])),
        png.subarray(33),
      ]);
    expect([moves('png', png), moves('png', control(1)), moves('png', control(3))]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

function chunk(kind: string, body: Uint8Array): Uint8Array {
  return joinBytes([bigEndian(body.length, 4), latin(kind), body, bigEndian(0, 4)]);
}
