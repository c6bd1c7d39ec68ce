/** How much a part of the photo stands out from the rest. */
import { clamp, type Rect } from '../geometry.ts';
import type { SaliencyMap } from './findings.ts';

/** The mean of the map inside the box (fractions) by the mean of the whole map: 1 is like everything else. */
export function standOut({ width, height, data }: SaliencyMap, box: Rect): number {
  const left = clamp(Math.floor(box.x * width), 0, width - 1);
  const top = clamp(Math.floor(box.y * height), 0, height - 1);
  const right = clamp(Math.ceil((box.x + box.width) * width), left + 1, width);
  const bottom = clamp(Math.ceil((box.y + box.height) * height), top + 1, height);
  let inside = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) inside += data[y * width + x] ?? 0;
  const whole = data.reduce((sum, value) => sum + value, 0);
  if (whole === 0) return 1;
  return inside / ((right - left) * (bottom - top)) / (whole / (width * height));
}
