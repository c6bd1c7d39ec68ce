/** Whether two custom sizes say the same, whoever keeps them and whatever their ids are. */
import type { CustomSizeContent } from '../../server/presets/preset.shared.ts';
import { isSameValue } from '../../server/specs/sameValue.shared.ts';

export function isSameSize(one: CustomSizeContent, other: CustomSizeContent): boolean {
  return isSameValue(contentOf(one), contentOf(other));
}

function contentOf(size: CustomSizeContent): CustomSizeContent {
  const { name, size: written, fit, formats, quality, minBytes, maxBytes, dpi, safeArea, mask } = size;
  return { name, size: written, fit, formats, quality, minBytes, maxBytes, dpi, safeArea, mask };
}
