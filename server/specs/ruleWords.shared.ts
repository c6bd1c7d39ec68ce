/** The less common rules in words: pixel limits, printed sizes, head rules, views. Sizes and bytes are in words.shared. */
import type { Band, DerivedView, HeadRule, PixelLimit, RuleName } from './spec.shared.ts';
import { joinWith, sizeWords, thin } from './words.shared.ts';

const names: Record<RuleName, string> = {
  size: 'size',
  formats: 'formats',
  bytes: 'file size',
  pixels: 'pixel limits',
  dpi: 'resolution',
  safeArea: 'safe area',
  mask: 'mask',
  derived: 'views',
  background: 'background',
  head: 'head',
};

/** `safe area`. */
export function ruleNameWords(rule: RuleName): string {
  return names[rule];
}

/** `600 × 750 px`, `640 px wide`, `longest side 10000 px`; an empty string for a limit without numbers. */
export function pixelLimitWords({ widthPx, heightPx, longestPx }: PixelLimit): string {
  const sides =
    widthPx !== null && heightPx !== null
      ? [`${sizeWords(widthPx, heightPx)}${thin}px`]
      : [
          ...(widthPx === null ? [] : [`${widthPx}${thin}px wide`]),
          ...(heightPx === null ? [] : [`${heightPx}${thin}px high`]),
        ];
  const longest = longestPx === null ? [] : [`longest side ${longestPx}${thin}px`];
  return joinWith('and', [...sides, ...longest]);
}

/** `51 × 51 mm`, `85.6 × 53.98 mm`; sizes of whole or half inches also in inches: `101.6 × 152.4 mm (4 × 6 in)`. */
export function paperSizeWords({ width, height }: { width: number; height: number }): string {
  const inMm = `${sizeWords(twoPlaces(width), twoPlaces(height))}${thin}mm`;
  const [across, down] = [width / 25.4, height / 25.4];
  const isInches = [across, down].every((inches) => Math.abs(inches * 2 - Math.round(inches * 2)) < 0.01);
  if (!isInches) return inMm;
  return `${inMm} (${sizeWords(Math.round(across * 2) / 2, Math.round(down * 2) / 2)}${thin}in)`;
}

/**
 * A band of a whole: `50 to 69 %`, `25 to 35 mm`, `at least 21 mm`, with at most one decimal. Pixels are whole numbers
 * inside the band.
 */
export function bandWords({ min, max }: Band, whole = 100, unit: '%' | 'mm' | 'px' = '%'): string {
  const [from, to] = [min * whole, max * whole].map((value) => Math.round(value * 1e6) / 1e6);
  const least = unit === 'px' ? Math.ceil(from ?? 0) : tenths(from ?? 0);
  const most = unit === 'px' ? Math.max(least, Math.floor(to ?? 0)) : tenths(to ?? 0);
  if (max >= 1 && min > 0) return `at least ${least}${thin}${unit}`;
  if (min <= 0 && max < 1) return `at most ${most}${thin}${unit}`;
  return `${least === most ? least : `${least} to ${most}`}${thin}${unit}`;
}

/** The parts of a head rule with where each is measured, in the order of the page. */
export function headBands(head: HeadRule): { name: string; of: 'height' | 'width'; band: Band }[] {
  const { height, eyes, above, width } = head;
  return [
    { name: 'chin to crown', of: 'height' as const, band: height },
    { name: 'eyes above the lower edge', of: 'height' as const, band: eyes },
    { name: 'crown below the upper edge', of: 'height' as const, band: above },
    { name: 'head across', of: 'width' as const, band: width },
  ].flatMap(({ name, of, band }) => (band === null ? [] : [{ name, of, band }]));
}

/** `Profile grid, 3:4 (1012 × 1350 px)`, in the pixels of a spec of that size. */
export function viewWords({ name, area, mask }: DerivedView, widthPx: number, heightPx: number): string {
  const size = `${sizeWords(Math.round(area.width * widthPx), Math.round(area.height * heightPx))}${thin}px`;
  return `${name} (${size}${mask === null ? '' : `, ${mask}`})`;
}

function twoPlaces(value: number): number {
  return Math.round(value * 100) / 100;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
