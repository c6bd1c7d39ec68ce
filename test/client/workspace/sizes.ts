/** Custom sizes and presets for the tests of the workspace. */
import { noExtras } from '../../../server/presets/exportExtras.shared.ts';
import { defaultTemplate } from '../../../server/presets/nameTemplate.shared.ts';
import type { CustomSize, Preset, WrittenSize } from '../../../server/presets/preset.shared.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';

/** A custom size called as its number says; `facts` are what is particular about it. */
export function customSize(number: number, size: WrittenSize, facts: Partial<CustomSize> = {}): CustomSize {
  return {
    id: `my-00000000-0000-4000-8000-00000000000${number}`,
    version: 1,
    name: `Size ${number}`,
    size,
    fit: null,
    formats: ['jpeg', 'png'],
    quality: null,
    minBytes: null,
    maxBytes: null,
    dpi: size.kind === 'size' && size.unit !== 'px' ? 300 : null,
    safeArea: null,
    mask: null,
    ...facts,
  };
}

export function presetOf(specIds: readonly string[], facts: Partial<Preset> = {}): Preset {
  return {
    id: '00000000-0000-4000-8000-000000000000',
    version: 1,
    name: 'Shop',
    items: specIds.map((specId) => ({ specId, version: 1, fit: null })),
    fit: defaultFit,
    settings: { format: 'auto', quality: 90, template: defaultTemplate, ...noExtras },
    ...facts,
  };
}
