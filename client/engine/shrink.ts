/** How a large picture is made small without aliasing, whatever scaler the browser has. */
import type { Size } from './geometry.ts';

/** Safari's largest canvas on a phone has 4096 x 4096 pixels; a larger step is left out. */
const largestArea = 4096 * 4096;

/** The size of the same shape whose longest side is at most `side`; never larger than `size`, at least 1 x 1. */
export function sizeWithin(size: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(size.width, size.height));
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}

/**
 * The sizes between `from` and `to`, largest first: `to` doubled again and again while it is smaller than `from`. So
 * each drawing reads at most about 2 x 2 pixels for one, which bilinear scalers do without aliasing.
 */
export function shrinkSteps(from: Size, to: Size): Size[] {
  const steps: Size[] = [];
  for (let step = double(to); step.width < from.width && step.height < from.height; step = double(step)) {
    if (step.width * step.height <= largestArea) steps.unshift(step);
  }
  return steps;
}

function double({ width, height }: Size): Size {
  return { width: width * 2, height: height * 2 };
}
