/** Photos that are too large are refused by what their header claims, before decoding them can end the tab. */
import type { Size } from './geometry.ts';
import { formatNames, type ImageFormat, showName } from './sniff.ts';

/** The longest side that the decoders of browsers take (libjpeg's JPEG_MAX_DIMENSION), where the format itself allows more. */
const longestSides: Partial<Record<ImageFormat, number>> = { jpeg: 65_500 };

/** Megapixels that were opened and exported in 64-bit Chromium; twice as many fail in its decoders. */
const mostMegapixels = 320;

/**
 * Of formats that are decoded in WebAssembly, which has 4 GB at most: libjxl works in floating-point numbers, 12 bytes a pixel
 * and more.
 */
const mostDecodedHere: Partial<Record<ImageFormat, number>> = { heic: 160, tiff: 160, jxl: 110 };

/**
 * The sentence for a photo that is too large for this browser on this device; null where it may be tried. `memoryGb`: what
 * `navigator.deviceMemory` says, at most 8 (or 32, in new versions); undefined where it says nothing. `isDecodedHere`: not by
 * the browser.
 */
export function tooLarge(
  name: string,
  format: ImageFormat,
  size: Size,
  { memoryGb, isDecodedHere }: { memoryGb: number | undefined; isDecodedHere: boolean },
): string | null {
  const shown = showName(name);
  const sides = `${size.width} × ${size.height}`;
  const side = longestSides[format];
  if (side !== undefined && Math.max(size.width, size.height) > side) {
    return `${shown} measures ${sides} pixels; no browser reads ${formatNames[format]} files with more than ${side} a side.`;
  }
  // Ten bytes a pixel while it is decoded, copied and read, of a quarter of the memory.
  const byMemory = memoryGb === undefined ? 200 : Math.max(50, memoryGb * 40);
  const most = Math.min(byMemory, (isDecodedHere && mostDecodedHere[format]) || mostMegapixels);
  const megapixels = (size.width * size.height) / 1_000_000;
  if (megapixels <= most) return null;
  return `${shown} has ${Math.round(megapixels)} megapixels (${sides}), more than the ${most} that are safe in this browser; make it smaller first.`;
}
