/** The model of the list: a row for each preset, and what was done last. */
import type { Catalogue } from '../specs/catalogue.shared.ts';
import { drawSpec } from '../specs/drawing.shared.ts';
import { dateWords } from '../specs/words.shared.ts';
import type { Kept, ListedPreset } from './keptList.ts';
import { isChanged, type KnownSpecs, knownSpecs, specName } from './knownSpecs.ts';
import type { PresetItem, PresetLimits } from './preset.shared.ts';
import { drawStrip, type Strip } from './presetStrip.shared.ts';

interface ShownPreset {
  id: string;
  name: string;
  /** `7 specs` */
  count: string;
  /** The names of the first specs. */
  names: string;
  changed: string;
  strip: Strip;
  /** Nothing can be read of it but its name. */
  isBroken: boolean;
}

const drawnSide = 30;
const dayMs = 24 * 60 * 60 * 1000;

function showPreset(known: KnownSpecs, { id, name, content }: ListedPreset): ShownPreset {
  const items = content?.items ?? [];
  const changed = items.filter((item) => isChanged(item, known.find(item.specId))).length;
  return {
    id,
    name,
    count: items.length === 1 ? '1 spec' : `${items.length} specs`,
    names: firstNames(known, items),
    changed: changed === 0 ? '' : `${changed} changed`,
    strip: drawStrip(items.map(({ specId }) => known.find(specId))),
    isBroken: content === null,
  };
}

function firstNames(known: KnownSpecs, items: readonly PresetItem[]): string {
  const names = items.slice(0, 2).flatMap(({ specId }) => {
    const spec = known.find(specId);
    return spec === null ? [] : [specName(spec)];
  });
  return names.join(', ') + (items.length > names.length ? '\u00a0…' : '');
}

interface Listed {
  kept: Kept;
  /** How long what was deleted can be brought back. */
  deletedDays: number;
  limits: PresetLimits;
}

export function describeList({ kept, deletedDays, limits }: Listed, catalogue: Catalogue) {
  const { presets, customSizes: sizes, brokenSizes, deleted } = kept;
  const known = knownSpecs(catalogue, sizes);
  return {
    presets: presets.map((row) => showPreset(known, row)),
    sizes: known.pick(sizes.map(({ id }) => id)).map((spec) => ({
      id: spec.id,
      name: spec.name,
      line: known.lineOf(spec),
      drawing: drawSpec(spec, drawnSide),
    })),
    brokenSizes,
    deletedThings: deleted.map(({ kind, id, name, deletedAt }) => ({
      name,
      kind: kind === 'size' ? 'Custom size' : 'Preset',
      action: kind === 'size' ? `/presets/sizes/${id}/restore` : `/presets/${id}/restore`,
      goes: dateWords(new Date(deletedAt.getTime() + deletedDays * dayMs).toISOString().slice(0, 10)),
    })),
    limits,
  };
}

/** What was done, said once on the list. `name` is that of the row that it was done to. */
const notices: Readonly<Record<string, (name: string) => string>> = {
  created: (name) => `“${name}” is saved.`,
  saved: (name) => `“${name}” is saved.`,
  copied: (name) => `The copy is “${name}”.`,
  restored: (name) => `“${name}” is back.`,
  renamed: (name) => `It is back as “${name}”: another preset has its old name now.`,
};

/** An empty string for what was never done, and for a row that is not there. */
export function listNotice(done: unknown, name: string | null): string {
  if (typeof done !== 'string' || name === null || !Object.hasOwn(notices, done)) return '';
  return notices[done]?.(name) ?? '';
}

/** Said where one more can't be made. */
export function fullWords({ presets }: Pick<PresetLimits, 'presets'>): string {
  return `You keep ${presets} presets, and more are not possible here. Delete one first.`;
}
