/** In how few bytes per pixel a PNG can hold exactly these pixels: a palette, grey, RGB, with or without transparency. */
import type { RgbaPixels } from './pngWriter.ts';

export interface PngLayout {
  /** PNG, table 11.1: 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
  colourType: 0 | 2 | 3 | 4 | 6;
  bitDepth: 1 | 2 | 4 | 8;
  /** All rows one after the other, unfiltered. */
  rows: Uint8Array;
  rowBytes: number;
  /** Bytes of a whole pixel, at least 1: how far back the filters look. */
  bytesPerPixel: number;
  /** RGB for each colour; null without a palette. */
  palette: Uint8Array | null;
  /** Alpha for the first colours of the palette; null where all are opaque. */
  transparency: Uint8Array | null;
}

const mostColours = 256;

export function layOutPixels(pixels: RgbaPixels): PngLayout {
  const words = wordsOf(pixels);
  const colours = countColours(words);
  const { isGrey, isOpaque } = surveyColours(words);
  if (colours) {
    const layout = layOutPalette(pixels, words, colours);
    // Grey in eight bits has no palette to carry.
    if (!(isGrey && isOpaque && layout.bitDepth === 8)) return layout;
  }
  const colourType = isGrey ? (isOpaque ? 0 : 4) : isOpaque ? 2 : 6;
  return layOutChannels(pixels, colourType);
}

/** Each pixel as one number, red in the lowest byte (every browser runs on little-endian machines), so that colours can be compared. */
function wordsOf({ data }: RgbaPixels): Uint32Array {
  const isAligned = data.byteOffset % 4 === 0;
  const bytes = isAligned ? data : data.slice();
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
}

/** The place of each colour in a palette, those that are not opaque first; null where there are too many. */
function countColours(words: Uint32Array): Map<number, number> | null {
  const found = new Set<number>();
  let last = -1;
  for (const word of words) {
    if (word === last) continue;
    last = word;
    found.add(word);
    if (found.size > mostColours) return null;
  }
  const alphaOf = (word: number) => word >>> 24;
  const inOrder = [...found].sort((a, b) => alphaOf(a) - alphaOf(b));
  return new Map(inOrder.map((word, index) => [word, index]));
}

function surveyColours(words: Uint32Array): { isGrey: boolean; isOpaque: boolean } {
  let isGrey = true;
  let isOpaque = true;
  for (const word of words) {
    const red = word & 0xff;
    if (isGrey && (red !== ((word >>> 8) & 0xff) || red !== ((word >>> 16) & 0xff))) isGrey = false;
    if (isOpaque && word >>> 24 !== 0xff) isOpaque = false;
    if (!isGrey && !isOpaque) break;
  }
  return { isGrey, isOpaque };
}

function layOutPalette(
  { width, height }: RgbaPixels,
  words: Uint32Array,
  colours: ReadonlyMap<number, number>,
): PngLayout {
  const bitDepth = colours.size <= 2 ? 1 : colours.size <= 4 ? 2 : colours.size <= 16 ? 4 : 8;
  const perByte = 8 / bitDepth;
  const rowBytes = Math.ceil(width / perByte);
  const rows = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = colours.get(words[y * width + x] ?? 0) ?? 0;
      const at = y * rowBytes + Math.floor(x / perByte);
      // The leftmost pixel stands in the high bits (PNG, 7.2).
      rows[at] = (rows[at] ?? 0) | (colour << (8 - bitDepth * (1 + (x % perByte))));
    }
  }
  const inOrder = [...colours.keys()];
  const clear = inOrder.filter((word) => word >>> 24 !== 0xff);
  return {
    colourType: 3,
    bitDepth,
    rows,
    rowBytes,
    bytesPerPixel: 1,
    palette: Uint8Array.from(
      inOrder.flatMap((word) => [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff]),
    ),
    transparency: clear.length > 0 ? Uint8Array.from(clear, (word) => word >>> 24) : null,
  };
}

/** Which of red, green, blue and alpha are kept. */
const keptChannels = { 0: [0], 2: [0, 1, 2], 4: [0, 3], 6: [0, 1, 2, 3] } as const;

function layOutChannels({ data, width, height }: RgbaPixels, colourType: 0 | 2 | 4 | 6): PngLayout {
  const kept = keptChannels[colourType];
  const channels = kept.length;
  const rows = new Uint8Array(width * height * channels);
  for (const [place, channel] of kept.entries()) {
    for (let from = channel, to = place; to < rows.length; from += 4, to += channels)
      rows[to] = data[from] ?? 0;
  }
  return {
    colourType,
    bitDepth: 8,
    rows,
    rowBytes: width * channels,
    bytesPerPixel: channels,
    palette: null,
    transparency: null,
  };
}
