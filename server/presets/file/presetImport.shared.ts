/** What becomes of carried presets where some are kept already: free names, and each custom size once. Pure; nothing is kept here. */
import { freeNames } from '../names.shared.ts';
import type { CustomSize, CustomSizeContent, PresetContent, PresetItem } from '../preset.shared.ts';
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
  const nameSize = freeNames(kept.customSizeNames);
  const namePreset = freeNames(kept.presetNames);
  const met = new Set<CustomSize>();
  /** A file's custom size is one object in all the presets that have it. */
  const resolved = new Map<CustomSizeContent, CustomSize>();

  const make = (content: CustomSizeContent): CustomSize => {
    const size = {
      ...content,
      name: nameSize(content.name),
      id: makeId(plan.customSizes.length),
      version: 1,
    };
    plan.customSizes.push({ size, was: content.name });
    met.add(size);
    return size;
  };

  const resolveSize = (content: CustomSizeContent): CustomSize => {
    const before = resolved.get(content);
    if (before !== undefined) return before;
    const key = customSizeKey(content);
    const size = known.get(key) ?? make(content);
    if (!met.has(size)) plan.reused.push(size);
    met.add(size);
    known.set(key, size);
    resolved.set(content, size);
    return size;
  };

  const settle = (item: CarriedPreset['items'][number]): PresetItem => {
    if (item.kind === 'spec') return { specId: item.specId, version: item.version, fit: item.fit };
    const { id, version } = resolveSize(item.customSize);
    return { specId: id, version, fit: item.fit };
  };

  for (const size of file.customSizes) resolveSize(size);
  for (const { name: was, fit, settings, items } of file.presets) {
    const content = { name: namePreset(was), fit, settings, items: items.map(settle) };
    plan.presets.push({ content, was });
  }
  return plan;
}
