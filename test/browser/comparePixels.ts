/** Compares a file that the workspace saved with what it must show, worked out here without the workspace's code. */
import sharp from 'sharp';
import type { Pixels } from '../photos/photos.ts';

export interface Size {
  width: number;
  height: number;
}

export interface Window extends Size {
  left: number;
  top: number;
}

/**
 * What "Crop to fill" must show: the largest window of the target's shape, its middle as near to the focal point
 * (fractions) as the photo's edges allow; `zoom` shrinks the window.
 */
export function cropWindow(photo: Size, target: Size, focal: { x: number; y: number }, zoom = 1): Window {
  const isPhotoWider = photo.width * target.height > target.width * photo.height;
  const width = (isPhotoWider ? (photo.height * target.width) / target.height : photo.width) / zoom;
  const height = (isPhotoWider ? photo.height : (photo.width * target.height) / target.width) / zoom;
  return {
    width,
    height,
    left: Math.max(0, Math.min(photo.width - width, focal.x * photo.width - width / 2)),
    top: Math.max(0, Math.min(photo.height - height, focal.y * photo.height - height / 2)),
  };
}

/** The window, resized by Lanczos3 to exactly `target`. Its edges are rounded to whole pixels of the photo. */
export async function renderWindow(photo: Pixels, window: Window, target: Size): Promise<Pixels> {
  const left = Math.min(Math.round(window.left), photo.width - 1);
  const top = Math.min(Math.round(window.top), photo.height - 1);
  const width = Math.max(1, Math.min(Math.round(window.width), photo.width - left));
  const height = Math.max(1, Math.min(Math.round(window.height), photo.height - top));
  const { data, info } = await sharp(photo.data, {
    raw: { width: photo.width, height: photo.height, channels: photo.channels === 4 ? 4 : 3 },
  })
    .extract({ left, top, width, height })
    .resize(target.width, target.height, { fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/**
 * Mean absolute difference per channel, of 255, that an exported file may have to an independent Lanczos3 crop. One JPEG at
 * quality 90 makes most of the 1.2 to 2.6 that it has (as PNG it is below 1, see test/client/worker/paths.test.ts); a crop
 * that lies 8 % aside makes 28 or more.
 */
export const tolerance = 3;

/**
 * The mean absolute difference per colour channel (0..255), the largest of red, green and blue. Alpha is left out.
 * Throws when the sizes differ.
 */
export function meanDifference(one: Pixels, other: Pixels): number {
  if (one.width !== other.width || one.height !== other.height) {
    throw new Error(`${one.width} x ${one.height} is not ${other.width} x ${other.height}`);
  }
  const sums = [0, 0, 0];
  const count = one.width * one.height;
  for (let pixel = 0; pixel < count; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const a = one.data[pixel * one.channels + channel] ?? 0;
      const b = other.data[pixel * other.channels + channel] ?? 0;
      sums[channel] = (sums[channel] ?? 0) + Math.abs(a - b);
    }
  }
  return Math.max(...sums) / count;
}

/** The pixel at x, y: red, green, blue and, where there is one, alpha. */
export function pixelAt({ data, width, channels }: Pixels, x: number, y: number): number[] {
  const start = (y * width + x) * channels;
  return [...data.subarray(start, start + channels)];
}
