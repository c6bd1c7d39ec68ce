/** The blurred ground: pixel arithmetic of our own, because Safari's canvas has no filter. */

/** RGBA bytes, row by row, as ImageData holds them (alpha not multiplied in). */
export interface Pixels {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/**
 * Fills `to` with the averages of `from`: each pixel of `to` is the mean of the pixels that it covers, weighted by
 * their alpha so that transparent pixels lend no colour. `to` must not be larger than `from` in either direction.
 */
export function averageInto(from: Pixels, to: Pixels): void {
  for (let y = 0; y < to.height; y++) {
    const top = Math.floor((y * from.height) / to.height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * from.height) / to.height));
    for (let x = 0; x < to.width; x++) {
      const left = Math.floor((x * from.width) / to.width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * from.width) / to.width));
      writeMean(from, { left, top, right, bottom }, to.data, (y * to.width + x) * 4);
    }
  }
}

interface Block {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function writeMean(from: Pixels, block: Block, to: Uint8ClampedArray, at: number): void {
  let red = 0;
  let green = 0;
  let blue = 0;
  let alphas = 0;
  for (let y = block.top; y < block.bottom; y++) {
    for (let x = block.left; x < block.right; x++) {
      const i = (y * from.width + x) * 4;
      const alpha = from.data[i + 3] ?? 0;
      red += (from.data[i] ?? 0) * alpha;
      green += (from.data[i + 1] ?? 0) * alpha;
      blue += (from.data[i + 2] ?? 0) * alpha;
      alphas += alpha;
    }
  }
  const count = (block.right - block.left) * (block.bottom - block.top);
  to[at] = alphas ? red / alphas : 0;
  to[at + 1] = alphas ? green / alphas : 0;
  to[at + 2] = alphas ? blue / alphas : 0;
  to[at + 3] = alphas / count;
}

/**
 * Blurs in place: three box blurs in each direction, which is close to a Gaussian of standard deviation
 * sqrt(radius * (radius + 1)) pixels. Beyond an edge the edge's own pixel goes on, so edges do not darken.
 */
export function blurPixels(pixels: Pixels, radius: number): void {
  if (radius < 1) return;
  const { width, height } = pixels;
  let now = multiplyAlpha(pixels.data);
  let next = new Float32Array(now.length);
  for (let pass = 0; pass < 3; pass++) {
    for (let y = 0; y < height; y++)
      blurLine(now, next, { start: y * width * 4, step: 4, length: width, radius });
    [now, next] = [next, now];
    for (let x = 0; x < width; x++)
      blurLine(now, next, { start: x * 4, step: width * 4, length: height, radius });
    [now, next] = [next, now];
  }
  divideAlpha(now, pixels.data);
}

interface Line {
  start: number;
  step: number;
  length: number;
  radius: number;
}

/** A running mean over 2 * radius + 1 pixels along one row or column. */
function blurLine(from: Float32Array, to: Float32Array, { start, step, length, radius }: Line): void {
  const share = 1 / (2 * radius + 1);
  for (let channel = 0; channel < 4; channel++) {
    const at = (i: number) => from[start + Math.min(Math.max(i, 0), length - 1) * step + channel] ?? 0;
    let sum = 0;
    for (let i = -radius; i <= radius; i++) sum += at(i);
    for (let i = 0; i < length; i++) {
      to[start + i * step + channel] = sum * share;
      sum += at(i + radius + 1) - at(i - radius);
    }
  }
}

function multiplyAlpha(data: Uint8ClampedArray): Float32Array<ArrayBuffer> {
  const out = new Float32Array(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] ?? 0;
    for (let channel = 0; channel < 3; channel++) out[i + channel] = ((data[i + channel] ?? 0) * alpha) / 255;
    out[i + 3] = alpha;
  }
  return out;
}

function divideAlpha(from: Float32Array, to: Uint8ClampedArray): void {
  for (let i = 0; i < to.length; i += 4) {
    const alpha = from[i + 3] ?? 0;
    const share = alpha > 0 ? 255 / alpha : 0;
    for (let channel = 0; channel < 3; channel++) to[i + channel] = (from[i + channel] ?? 0) * share;
    to[i + 3] = alpha;
  }
}
