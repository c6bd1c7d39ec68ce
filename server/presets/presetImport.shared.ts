/** What becomes of carried presets where some are kept already: free names, and each custom size once. Pure; nothing is kept here. */
import { nameKey, withCopyName } from './names.shared.ts';
import type { CustomSize, CustomSizeContent, PresetContent, PresetItem } from './preset.shared.ts';
import type { PresetFile } from './presetFile.shared.ts';
import { type CarriedPreset, customSizeKey } from './presetFileRules.shared.ts';

export interface ImportPlan {
  /** To be made, in the order of the file. `was`: the name in the file. */
  presets: { content: PresetContent; was: string }[];
  customSizes: { size: CustomSize; was: string }[];
  /** Those that are kept already, with the same name and the same rules. */
  reused: CustomSize[];
}

export interface Kept {
  presetNames: readonly string[];
  /** Of all, also of those that can't be read. */
  customSizeNames: readonly string[];
  customSizes: readonly CustomSize[];
}

/** @param makeId the id of the custom size that is made at that place of `customSizes`, with its prefix */
export function planImport(file: PresetFile, kept: Kept, makeId: (at: number) => string): ImportPlan {
  const plan: ImportPlan = { presets: [], customSizes: [], reused: [] };
  const known = new Map(kept.customSizes.map((size) => [customSizeKey(size), size]));
  const sizeNames = [...kept.customSizeNames];
  const presetNames = [...kept.presetNames];

  const resolveSize = (content: CustomSizeContent): CustomSize => {
    const key = customSizeKey(content);
    const same = known.get(key);
    if (same !== undefined) {
      const isNew = plan.customSizes.some(({ size }) => size === same);
      if (!isNew && !plan.reused.includes(same)) plan.reused.push(same);
      return same;
    }
    const name = freeName(content.name, sizeNames);
    const size = { ...content, name, id: makeId(plan.customSizes.length), version: 1 };
    plan.customSizes.push({ size, was: content.name });
    sizeNames.push(name);
    known.set(key, size);
    return size;
  };

  const settle = (item: CarriedPreset['items'][number]): PresetItem => {
    if (item.kind === 'spec') return { specId: item.specId, version: item.version, fit: item.fit };
    const { id, version } = resolveSize(item.customSize);
    return { specId: id, version, fit: item.fit };
  };

  for (const { name: was, fit, settings, items } of file.presets) {
    const name = freeName(was, presetNames);
    presetNames.push(name);
    plan.presets.push({ content: { name, fit, settings, items: items.map(settle) }, was });
  }
  for (const size of file.customSizes) resolveSize(size);
  return plan;
}

function freeName(name: string, taken: readonly string[]): string {
  const key = nameKey(name);
  return taken.some((other) => nameKey(other) === key) ? withCopyName(name, taken) : name;
}
