/** How sharp a face is: background faces are often out of focus, and the photo is not about them. */
import type { Pixels } from '../blur.ts';

/** Side in pixels of the square to measure in. */
export const sharpnessSide = 64;

/** Keeps an even patch from dividing by almost nothing; in byte values. */
const leastSpread = 5;

/** The mean strength of edges for the contrast that is there; 0.12 is blurred, 0.42 and more is sharp. */
export function sharpnessOf({ data, width, height }: Pixels): number {
  const light = Float32Array.from(
    { length: width * height },
    (_, i) => 0.3 * (data[i * 4] ?? 0) + 0.59 * (data[i * 4 + 1] ?? 0) + 0.11 * (data[i * 4 + 2] ?? 0),
  );
  const mean = light.reduce((sum, value) => sum + value, 0) / light.length;
  const spread = Math.sqrt(light.reduce((sum, value) => sum + (value - mean) ** 2, 0) / light.length);
  let edges = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const around =
        (light[at - 1] ?? 0) + (light[at + 1] ?? 0) + (light[at - width] ?? 0) + (light[at + width] ?? 0);
      edges += (4 * (light[at] ?? 0) - around) ** 2;
    }
  }
  return Math.sqrt(edges / ((width - 2) * (height - 2))) / (spread + leastSpread);
}
