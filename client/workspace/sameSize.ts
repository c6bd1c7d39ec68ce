/** Whether two custom sizes say the same, whoever keeps them and whatever their ids are. */
import type { CustomSizeContent } from '../../server/presets/preset.shared.ts';

export function isSameSize(one: CustomSizeContent, other: CustomSizeContent): boolean {
  return says(one) === says(other);
}

function says({
  name,
  size,
  fit,
  formats,
  quality,
  minBytes,
  maxBytes,
  dpi,
  safeArea,
  mask,
}: CustomSizeContent): string {
  return JSON.stringify(
    [name, size, fit, formats, quality, minBytes, maxBytes, dpi, safeArea, mask],
    inOrder,
  );
}

/** Objects with their fields in one order. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
