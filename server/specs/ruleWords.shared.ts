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

/** `50 to 69 %`, or `50 %` for a band without breadth. */
export function bandWords(band: Band): string {
  return `${rangeWords({ min: band.min * 100, max: band.max * 100 })}${thin}%`;
}

/** `25 to 35`, each with at most one decimal. */
export function rangeWords({ min, max }: Band): string {
  const [least, most] = [min, max].map((value) => Math.round(value * 10) / 10);
  return least === most ? `${least}` : `${least} to ${most}`;
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
