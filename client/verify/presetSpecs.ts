/** The specs of a file of presets, by which a folder is checked. */
import { customSizeSpec } from '../../server/presets/customSizes/customSize.shared.ts';
import { parsePresetFile } from '../../server/presets/file/presetFile.shared.ts';
import { presetFileSchema } from '../../server/presets/file/presetFileShape.shared.ts';
import { type CustomSizeContent, customSizePrefix } from '../../server/presets/preset.shared.ts';
import type { Spec } from '../../server/specs/spec.shared.ts';
import type { Making } from '../engine/verdict.ts';

export type PresetSpecs =
  | {
      ok: true;
      /** Those of several presets, each once. */
      specs: Spec[];
      /** Ids that the catalogue does not know. */
      unknown: string[];
      /** What the presets agree on. */
      making: Partial<Making>;
    }
  | { ok: false; reason: string };

/** Of a file of whichever account: more than a server lets one keep would still be read. */
const limits = { presets: 10_000, specsPerPreset: 10_000, customSizes: 10_000 };

/** Whether the text means to be a file of presets, whatever is wrong with it. */
export function isPresetFile(text: string): boolean {
  return text.slice(0, 2000).includes(presetFileSchema.replace(/\d+$/, ''));
}

/** Never throws. `name`: of the only preset that counts; null: all of the file. */
export function readPresetSpecs(text: string, catalogue: readonly Spec[], name: string | null): PresetSpecs {
  const file = parsePresetFile(text, limits);
  if (file.kind === 'refused') {
    const [first] = file.faults;
    return {
      ok: false,
      reason: `It is no file of presets: ${first?.path ?? ''} ${first?.message ?? ''}`.trim(),
    };
  }
  const presets = file.presets.filter((preset) => name === null || preset.name === name);
  if (presets.length === 0) {
    const names = file.presets.map((preset) => `“${preset.name}”`).join(', ');
    return {
      ok: false,
      reason: name === null ? 'It has no preset.' : `It has no preset “${name}”, but ${names}.`,
    };
  }
  const byId = new Map(catalogue.map((spec) => [spec.id, spec]));
  const specs = new Map<string, Spec>();
  const unknown = new Set<string>();
  for (const item of presets.flatMap(({ items }) => items)) {
    const spec = item.kind === 'spec' ? byId.get(item.specId) : sizeSpec(item.customSize);
    if (spec) specs.set(`${spec.id} ${spec.name}`, spec);
    else if (item.kind === 'spec') unknown.add(item.specId);
  }
  const [wish, ...others] = new Set(presets.map(({ settings }) => settings.format));
  return {
    ok: true,
    specs: [...specs.values()],
    unknown: [...unknown],
    making: wish !== undefined && others.length === 0 ? { wish } : {},
  };
}

/** Its id is that of no account: its files carry its name. */
function sizeSpec(content: CustomSizeContent): Spec {
  return customSizeSpec({ ...content, id: customSizePrefix, version: 1 });
}
