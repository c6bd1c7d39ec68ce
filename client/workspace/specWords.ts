/** A spec's size in words: where no photo has decided its pixels yet, and on paper. */
import { isCustomSizeId, type Unit } from '../../server/presets/preset.shared.ts';
import type { Spec } from '../../server/specs/spec.shared.ts';
import { ratioWords, sizeWords, thin } from '../../server/specs/words.shared.ts';
import type { PlannedFile } from './state.ts';

/** `Instagram Story 9:16`; a custom size has its name alone. */
export function specName({ id, group, name }: Pick<Spec, 'id' | 'group' | 'name'>, between = ' '): string {
  return isCustomSizeId(id) ? name : `${group}${between}${name}`;
}

type SizedSpec = Pick<Spec, 'widthPx' | 'heightPx' | 'sizing'>;

/** `1080 × 1350`, `4:5 of the photo`, `longest side 2048`, `50 % of the photo`. */
export function specSizeWords({ widthPx, heightPx, sizing }: SizedSpec): string {
  switch (sizing.kind) {
    case 'fixed':
      return sizeWords(widthPx, heightPx);
    case 'ratio':
      return `${ratioWords(widthPx, heightPx)} of the photo`;
    case 'longest':
      return `longest side ${widthPx}`;
    case 'percent':
      return `${sizing.percent}${thin}% of the photo`;
  }
}

/** `413 × 531 px, printed 35 × 45 mm at 300 dpi`; a spec for the screen has no printed size. */
export function fileSizeWords(spec: Spec, file: Pick<PlannedFile, 'plan'> | null, unit: Unit): string {
  const { width, height } = file?.plan.output ?? { width: spec.widthPx, height: spec.heightPx };
  const isKnown = file !== null || spec.sizing.kind === 'fixed';
  const size = isKnown ? `${sizeWords(width, height)}${thin}px` : specSizeWords(spec);
  if (spec.dpi === null) return size;
  return `${size}, printed ${paperWords(spec, { width, height }, unit)} at ${spec.dpi}${thin}dpi`;
}

const perInch: Record<Exclude<Unit, 'px'>, number> = { mm: 25.4, cm: 2.54, in: 1 };

/** In the unit that a person types sizes in; who types pixels gets millimetres. */
function paperWords(
  { dpi, printedMm, widthPx, heightPx }: Spec,
  file: { width: number; height: number },
  unit: Unit,
): string {
  const paper = unit === 'px' ? 'mm' : unit;
  const isWhole = file.width === widthPx && file.height === heightPx;
  const inches = (mm: number | undefined, px: number): number =>
    isWhole && mm !== undefined ? mm / 25.4 : px / (dpi ?? 1);
  const places = paper === 'mm' ? 1 : 2;
  const write = (length: number): string => String(Number((length * perInch[paper]).toFixed(places)));
  const width = write(inches(printedMm?.width, file.width));
  const height = write(inches(printedMm?.height, file.height));
  return `${width}${thin}×${thin}${height}${thin}${paper}`;
}
