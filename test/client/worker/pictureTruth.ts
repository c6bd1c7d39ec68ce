/** What a file should show once it is resized, and how far a picture is from that. */
import { expect } from 'vitest';
import type { Size } from '../../../client/engine/geometry.ts';
import { type Pixels, pixelsOf } from '../../photos/photos.ts';
import { resizeByLanczos } from './lanczos.ts';

/** What libvips decodes, in sRGB by lcms and upright, resized in floating point; opaque pictures only. */
export async function truthFor(file: Buffer, target: Size): Promise<Pixels> {
  const { data, width, height, channels } = await pixelsOf(file);
  const out = Buffer.alloc(target.width * target.height * 3);
  for (const channel of [0, 1, 2]) {
    const place = channels < 3 ? 0 : channel;
    const values = Uint8Array.from({ length: width * height }, (_, i) => data[i * channels + place] ?? 0);
    const resized = resizeByLanczos({ width, height, values }, { x: 0, y: 0, width, height }, target);
    for (const [i, value] of resized.entries())
      out[i * 3 + channel] = Math.min(255, Math.max(0, Math.round(value)));
  }
  return { ...target, data: out, channels: 3 };
}

/** Mean difference of the colour channels, in byte values; pictures of two sizes are refused. */
export function differenceOf(one: Pixels, other: Pixels): number {
  expect([one.width, one.height]).toEqual([other.width, other.height]);
  let sum = 0;
  const count = one.width * one.height;
  for (let i = 0; i < count; i++) {
    for (const channel of [0, 1, 2]) {
      const here = one.data[i * one.channels + channel] ?? 0;
      const there = other.data[i * other.channels + (other.channels < 3 ? 0 : channel)] ?? 0;
      sum += Math.abs(here - there);
    }
  }
  return sum / count / 3;
}
