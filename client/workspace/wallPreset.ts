/** Between the wall and a preset: what is saved of a wall, opening a preset on it, and whether the two differ. */
import { exportExtras, pickExtras } from '../../server/presets/exportExtras.shared.ts';
import { isCustomSizeId, type Preset, type PresetContent } from '../../server/presets/preset.shared.ts';
import type { Fit } from '../../server/specs/fit.shared.ts';
import type { Spec } from '../../server/specs/spec.shared.ts';
import { type Change, changesSince } from '../../server/specs/specChanges.shared.ts';
import type { Catalogue } from './catalogue.ts';
import { exportSettingsOf, isSameFit, type State } from './state.ts';

/** What a preset keeps of the wall as it is now. Specs that are not there keep their places too. */
export function presetOfWall(state: State, catalogue: Catalogue, name: string): PresetContent {
  const { specIds, fit, fitBySpec, knownVersions } = state.edits;
  const settings = exportSettingsOf(state);
  const { format, quality, template } = settings;
  const fits = new Map(Object.entries(fitBySpec));
  const known = new Map(Object.entries(knownVersions));
  const items = specIds.map((id) => ({
    specId: id,
    version: known.get(id) ?? catalogue.find(id)?.version ?? openedVersion(state, id),
    fit: fits.get(id) ?? null,
  }));
  return { name, items, fit, settings: { format, quality, template, ...pickExtras(settings) } };
}

/** Of a spec that was deleted since the preset was opened. */
function openedVersion({ preset }: State, id: string): number {
  return preset?.items.find(({ specId }) => specId === id)?.version ?? 1;
}

/**
 * The wall as the preset has it, in place of the one before: specs, fits, format, quality and names, which leave the
 * person's preferences as they are. Focal points and
 * pinned crops stay with their photos. `preset` null: content of a link, which is nobody's preset yet.
 */
export function openPreset(
  state: State,
  catalogue: Catalogue,
  { content, preset }: { content: PresetContent; preset: Preset | null },
): State {
  const { items } = content;
  const fits = items.flatMap(({ specId, fit }): [string, Fit][] => (fit ? [[specId, fit]] : []));
  const known = items.flatMap(({ specId, version }): [string, number][] => {
    const spec = catalogue.find(specId);
    return spec === null || changesSince(spec, version).length > 0 ? [[specId, version]] : [];
  });
  return {
    ...state,
    edits: {
      ...state.edits,
      specIds: items.map(({ specId }) => specId),
      fit: content.fit,
      fitBySpec: Object.fromEntries(fits),
      knownVersions: Object.fromEntries(known),
    },
    selected: [],
    exportSettings: content.settings,
    preset,
    leftPreset: null,
  };
}

/**
 * The wall as it is, but of no preset: format, quality and names are those of the person's preferences again. A step of
 * undo, since the edits are made anew.
 */
export function closePreset(state: State): State {
  return { ...state, edits: { ...state.edits }, exportSettings: null, preset: null, leftPreset: null };
}

/** How many items of the preset are of specs that are not there. */
export function missingItems({ items }: PresetContent, catalogue: Catalogue): number {
  return items.filter(({ specId }) => catalogue.find(specId) === null).length;
}

/** Whether saving the wall would change the preset. */
export function differsFromPreset(state: State, catalogue: Catalogue, preset: PresetContent): boolean {
  const wall = presetOfWall(state, catalogue, preset.name);
  const { format, quality, template } = preset.settings;
  const isSameWhole =
    isSameFit(wall.fit, preset.fit) &&
    wall.settings.format === format &&
    wall.settings.quality === quality &&
    wall.settings.template === template &&
    exportExtras.every((extra) => wall.settings[extra] === preset.settings[extra]) &&
    wall.items.length === preset.items.length;
  return (
    !isSameWhole ||
    wall.items.some((item, index) => {
      const kept = preset.items[index];
      return kept?.specId !== item.specId || !isSameOwnFit(kept.fit, item.fit) || isAccepted(kept, item);
    })
  );

  /** A version is a difference only where something can be said of it; a custom size is always as it is now. */
  function isAccepted(kept: { specId: string; version: number }, now: { version: number }): boolean {
    if (kept.version === now.version || isCustomSizeId(kept.specId)) return false;
    const spec = catalogue.find(kept.specId);
    return spec !== null && changesSince(spec, kept.version).length > 0;
  }
}

function isSameOwnFit(a: Fit | null, b: Fit | null): boolean {
  return a === null || b === null ? a === b : isSameFit(a, b);
}

/** What is new in the specs of the wall since the person saw them last. */
export interface ChangedSpec {
  spec: Spec;
  changes: Change[];
}

export function changedSpecs(state: State, catalogue: Catalogue): ChangedSpec[] {
  return catalogue.pick(state.edits.specIds).flatMap((spec) => {
    const changes = changesOf(state, spec);
    return changes.length > 0 ? [{ spec, changes }] : [];
  });
}

/** Nothing where the person knows the spec as it is. */
export function changesOf({ edits }: State, spec: Spec): Change[] {
  const known = edits.knownVersions[spec.id];
  return known === undefined ? [] : changesSince(spec, known);
}
