/**
 * Which parts of a picture stand out, without a model: how hard it is to walk there from the border ("Minimum Barrier Salient
 * Object Detection at 80 FPS", Zhang et al., ICCV 2015), and how unlike the border they look (section 3.3 there).
 */
import type { Pixels } from '../blur.ts';
import type { SaliencyMap } from './findings.ts';

/** Longest side in pixels of the copy that is searched: 4 to 10 ms. */
export const saliencySide = 160;

/** One plane each of light, red difference and blue difference. */
type Planes = readonly Float32Array[];

export function findSaliency({ data, width, height }: Pixels): SaliencyMap {
  const planes = planesOf(data, width * height);
  const barriers = new Float32Array(width * height);
  for (const plane of planes) addBarriers(plane, width, height, barriers);
  const strangeness = findStrangeness(planes, width, height);
  return { width, height, data: combine(barriers, strangeness, width, height) };
}

/** BT.601; colour differences around 128. */
function planesOf(rgba: Uint8ClampedArray, count: number): Planes {
  const [light, red, blue] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
  for (let i = 0; i < count; i++) {
    const [r = 0, g = 0, b = 0] = [rgba[i * 4], rgba[i * 4 + 1], rgba[i * 4 + 2]];
    const y = 0.299 * r + 0.587 * g + 0.114 * b;
    light[i] = y;
    red[i] = 128 + 0.713 * (r - y);
    blue[i] = 128 + 0.564 * (b - y);
  }
  return [light, red, blue];
}

/** Down, up and down again: the paper's three passes, which are close to the exact distance. */
const passes = 3;

/**
 * The barrier of a path is the difference between the highest and the lowest value on it; each place gets the lowest barrier of
 * the paths from the border that the passes try.
 */
function addBarriers(plane: Float32Array, width: number, height: number, sums: Float32Array): void {
  const barrier = new Float32Array(width * height).fill(255);
  const highest = Float32Array.from(plane);
  const lowest = Float32Array.from(plane);
  for (let x = 0; x < width; x++) barrier[x] = barrier[(height - 1) * width + x] = 0;
  for (let y = 0; y < height; y++) barrier[y * width] = barrier[y * width + width - 1] = 0;

  const walk = (from: number, to: number): void => {
    const value = plane[to] ?? 0;
    const high = Math.max(highest[from] ?? 0, value);
    const low = Math.min(lowest[from] ?? 0, value);
    if (high - low >= (barrier[to] ?? 0)) return;
    barrier[to] = high - low;
    highest[to] = high;
    lowest[to] = low;
  };
  for (let pass = 0; pass < passes; pass++) {
    const step = pass % 2 === 0 ? 1 : -1;
    for (let row = 1; row < height - 1; row++) {
      const y = step === 1 ? row : height - 1 - row;
      for (let column = 1; column < width - 1; column++) {
        const at = y * width + (step === 1 ? column : width - 1 - column);
        walk(at - step, at);
        walk(at - step * width, at);
      }
    }
  }
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + (barrier[i] ?? 0);
}

/** Share of the shorter side that counts as border. */
const borderShare = 0.1;

/** Added to each variance, so that an even border does not make everything else infinitely strange. */
const leastVariance = 20;

/** How unlike the four borders each place is; the least alike border is left out, because a subject may touch it. */
function findStrangeness(planes: Planes, width: number, height: number): Float32Array {
  const depth = Math.max(2, Math.round(borderShare * Math.min(width, height)));
  const borders = [
    { left: 0, right: width, top: 0, bottom: depth },
    { left: 0, right: width, top: height - depth, bottom: height },
    { left: 0, right: depth, top: 0, bottom: height },
    { left: width - depth, right: width, top: 0, bottom: height },
  ];
  const sum = new Float32Array(width * height);
  const most = new Float32Array(width * height);
  for (const border of borders) {
    const places: number[] = [];
    for (let y = Math.max(0, border.top); y < Math.min(height, border.bottom); y++) {
      for (let x = Math.max(0, border.left); x < Math.min(width, border.right); x++)
        places.push(y * width + x);
    }
    const unlike = findUnlike(planes, places, width * height);
    for (let i = 0; i < sum.length; i++) {
      sum[i] = (sum[i] ?? 0) + (unlike[i] ?? 0);
      most[i] = Math.max(most[i] ?? 0, unlike[i] ?? 0);
    }
  }
  return sum.map((value, i) => value - (most[i] ?? 0));
}

/** Distance of each colour from those at `places`, in their spread; the largest is 1. */
function findUnlike(planes: Planes, places: readonly number[], count: number): Float32Array {
  const squares = new Float32Array(count);
  for (const plane of planes) {
    const mean = places.reduce((sum, at) => sum + (plane[at] ?? 0), 0) / places.length;
    const variance = places.reduce((sum, at) => sum + ((plane[at] ?? 0) - mean) ** 2, 0) / places.length;
    for (let i = 0; i < count; i++) {
      squares[i] = (squares[i] ?? 0) + ((plane[i] ?? 0) - mean) ** 2 / (variance + leastVariance);
    }
  }
  return scaleToOne(squares.map(Math.sqrt));
}

/** Spread of the bell that favours the middle, in sides of the picture. */
const middleSpread = 0.42;

/** Steepness of the curve that parts what stands out from what does not. */
const contrast = 10;

function combine(barriers: Float32Array, strangeness: Float32Array, width: number, height: number) {
  const [far, strange] = [scaleToOne(barriers), scaleToOne(strangeness)];
  const sums = new Float32Array(width * height);
  for (let i = 0; i < sums.length; i++) {
    const fromMiddleX = ((i % width) + 0.5) / width - 0.5;
    const fromMiddleY = (Math.floor(i / width) + 0.5) / height - 0.5;
    const bell = Math.exp(-(fromMiddleX ** 2 + fromMiddleY ** 2) / (2 * middleSpread ** 2));
    sums[i] = ((far[i] ?? 0) + (strange[i] ?? 0)) * bell;
  }
  return Uint8Array.from(scaleToOne(sums), (value) =>
    Math.round(255 / (1 + Math.exp(-contrast * (value - 0.5)))),
  );
}

/** Divided by the largest value, in a picture of one colour by almost nothing. */
function scaleToOne(values: Float32Array): Float32Array {
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  return values.map((value) => value / (most + 1e-6));
}
