/** Sizes, bytes and rules in the words of the product; the same on the pages and in the workspace. */
import type { Confidence, Format, Mask, SafeArea } from './spec.shared.ts';

/** No-break space between a number and its unit and in `1080 × 1350`; our typeface draws it as a thin one. */
export const thin = '\u00a0';

/** `1080 × 1350`. */
export function sizeWords(width: number, height: number): string {
  return `${width}${thin}×${thin}${height}`;
}

/** Ratios that have a customary name which is not made of small whole numbers. */
const namedRatios = [1.91, 2.35];

/**
 * The shape as a ratio: `1.91:1` within 0.5 % of a customary one, `4:5` where whole numbers up to 16 name it within
 * 0.2 %, else with the smaller side as 1: `1:2.17`.
 */
export function ratioWords(width: number, height: number): string {
  const ratio = width / height;
  const named = namedRatios.find((name) => Math.abs(name / ratio - 1) <= 0.005);
  if (named !== undefined) return `${named}:1`;
  for (let under = 1; under <= 16; under += 1) {
    const over = Math.round(ratio * under);
    if (over >= 1 && over <= 16 && Math.abs(over / under / ratio - 1) <= 0.002) return `${over}:${under}`;
  }
  return ratio >= 1 ? `${twoPlaces(ratio)}:1` : `1:${twoPlaces(1 / ratio)}`;
}

/** `1 spec`, `2 specs`: nouns that take an s. */
export function countWords(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A whole number with its digits in groups of three: `8 000 000`; four digits stay together. */
export function groupDigits(count: number): string {
  return count < 10_000 ? String(count) : String(count).replace(/\B(?=(\d{3})+$)/g, thin);
}

/** Bytes in decimal units with at most three digits that count: `412 KB`, `8 MB`, `10.5 MB`, `640 bytes`. */
export function bytesWords(bytes: number): string {
  return inUnit(bytes, Math.round);
}

/** `up to 8 MB`, `40 KB to 120 KB`; a limit is never rounded to a number outside the window. */
export function bytesWindowWords(minBytes: number | null, maxBytes: number | null): string {
  const least = minBytes === null ? null : leastBytesWords(minBytes);
  const most = maxBytes === null ? null : mostBytesWords(maxBytes);
  if (least !== null && most !== null) return `${least} to ${most}`;
  if (least !== null) return `at least ${least}`;
  return most === null ? 'no limit known' : `up to ${most}`;
}

/** The lower end of a byte window, never rounded to less. */
export function leastBytesWords(minBytes: number): string {
  return inUnit(minBytes, Math.ceil);
}

/** The upper end of a byte window, never rounded to more. */
export function mostBytesWords(maxBytes: number): string {
  return inUnit(maxBytes, Math.floor);
}

const formatNames: Record<Format, string> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
  ico: 'ICO',
};

/** `JPEG, PNG`, the preferred one first. */
export function formatWords(formats: readonly Format[]): string {
  return formats.map((format) => formatNames[format]).join(', ');
}

/** `JPEG or PNG`, the preferred one first. */
export function formatChoiceWords(formats: readonly Format[]): string {
  return joinWith(
    'or',
    formats.map((format) => formatNames[format]),
  );
}

/**
 * The safe area as a sentence part, `the middle 1012 × 1350 px`. Width and height are those of the whole in the unit, in
 * pixels or in millimetres of paper.
 */
export function safeAreaWords(
  area: SafeArea,
  width: number,
  height: number,
  unit: 'px' | 'mm' = 'px',
): string {
  const round = (length: number) => (unit === 'px' ? Math.round(length) : Math.round(length * 10) / 10);
  const say = (length: number) => `${round(length)}${thin}${unit}`;
  const place = (x: number, y: number) => `${say(x)} from the left and ${say(y)} from the top`;
  if (area.kind === 'circle') {
    const across = `a circle of ${say(2 * area.radius * Math.min(width, height))} across`;
    if (isNear(area.x, 0.5) && isNear(area.y, 0.5)) return across;
    return `${across}, its middle ${place(area.x * width, area.y * height)}`;
  }
  if (area.kind === 'rectangle') {
    const isMiddle = isNear(area.x, (1 - area.width) / 2) && isNear(area.y, (1 - area.height) / 2);
    const size = `${sizeWords(round(area.width * width), round(area.height * height))}${thin}${unit}`;
    return isMiddle ? `the middle ${size}` : `${size}, ${place(area.x * width, area.y * height)}`;
  }
  const [top, right, bottom, left] = [
    round(area.top * height),
    round(area.right * width),
    round(area.bottom * height),
    round(area.left * width),
  ];
  if (top === right && top === bottom && top === left) return `all but ${say(top)} at each edge`;
  const edges = [
    { name: 'at the top', length: top },
    { name: 'at the bottom', length: bottom },
    ...(left === right
      ? [{ name: 'at each side', length: left }]
      : [
          { name: 'on the left', length: left },
          { name: 'on the right', length: right },
        ]),
  ];
  const parts = edges.filter((edge) => edge.length > 0).map((edge) => `${say(edge.length)} ${edge.name}`);
  return `all but ${joinWith('and', parts)}`;
}

const maskNames: Record<Mask, string> = {
  circle: 'a circle',
  rounded: 'a square with round corners',
};

/** `a circle`. */
export function maskWords(mask: Mask): string {
  return maskNames[mask];
}

/** The printed size in millimetres, `102 × 152 mm`. */
export function printedSizeWords(width: number, height: number, dpi: number): string {
  const inMm = (px: number) => Math.round((px / dpi) * 25.4);
  return `${sizeWords(inMm(width), inMm(height))}${thin}mm`;
}

const confidenceMeanings: Record<Confidence, string> = {
  A: 'primary source read',
  B: 'secondary sources agree, or quote the official page',
  C: 'unconfirmed: one secondary source, or sources that disagree',
  K: 'unconfirmed: general knowledge, not looked up',
};

/** What a confidence letter stands for. */
export function confidenceWords(confidence: Confidence): string {
  return confidenceMeanings[confidence];
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An ISO date as `21 Nov 2026`. */
export function dateWords(isoDate: string): string {
  const [year = '', month = '', day = ''] = isoDate.split('-');
  return `${Number(day)} ${monthNames[Number(month) - 1] ?? month} ${year}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWith(word: 'and' | 'or', parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}`;
}

function inUnit(bytes: number, round: (value: number) => number): string {
  if (bytes < 1000) return `${round(bytes)}${thin}${bytes === 1 ? 'byte' : 'bytes'}`;
  for (const [unit, size] of [
    ['KB', 1e3],
    ['MB', 1e6],
    ['GB', 1e9],
  ] as const) {
    const value = roundToThree(bytes / size, round);
    if (value < 1000 || unit === 'GB') return `${value}${thin}${unit}`;
  }
  return '';
}

/** Three digits that count; the tiny addition takes away what binary fractions leave below or above a whole number. */
function roundToThree(value: number, round: (value: number) => number): number {
  const places = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const factor = 10 ** places;
  return round(Number((value * factor).toFixed(6))) / factor;
}

function twoPlaces(value: number): string {
  return String(Number(value.toFixed(2)));
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-6;
}
