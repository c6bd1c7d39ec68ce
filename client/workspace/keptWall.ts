/** Between the wall and what is kept of it: what the page starts with, and which preset the wall is of when presets are known. */
import { isCustomSizeId, type Preset } from '../../server/presets/preset.shared.ts';
import { changesSince } from '../../server/specs/specChanges.shared.ts';
import type { KeptPreset, WallSettings } from '../kept/wallSettings.ts';
import type { Catalogue } from './catalogue.ts';
import { type State, startState } from './state.ts';
import { presetOfWall } from './wallPreset.ts';

/**
 * The wall as it was left, after the specs that the address asks for. What is kept keeps its place even where it is not
 * there: the note above the wall says so. Custom sizes are not there yet.
 */
export function resumeWall(kept: WallSettings, builtIn: Catalogue, asked: readonly string[]): State {
  const known = asked.filter((id) => isCustomSizeId(id) || builtIn.find(id));
  const specIds = [...new Set([...known, ...(kept.specIds ?? builtIn.popularIds)])];
  const { edits, ...start } = startState(specIds, kept.settings, kept.fit);
  const versions = Object.entries(kept.preset?.versions ?? {}).filter(([id, version]) => {
    const spec = builtIn.find(id);
    return spec === null || changesSince(spec, version).length > 0;
  });
  return {
    ...start,
    edits: { ...edits, fitBySpec: kept.fitBySpec, knownVersions: Object.fromEntries(versions) },
    exportSettings: kept.preset?.settings ?? null,
    leftPreset: kept.preset && { id: kept.preset.id, version: kept.preset.version },
  };
}

/**
 * The wall is of the preset that it was left with, or of none where that is gone. The preset keeps the version that the person
 * has seen: what was changed elsewhere since is asked about before it is overwritten.
 */
export function rejoinPreset(state: State, presets: readonly Preset[]): State {
  const { leftPreset } = state;
  if (leftPreset === null) return state;
  const now = presets.find(({ id }) => id === leftPreset.id);
  if (!now) return { ...state, leftPreset: null, exportSettings: null };
  return { ...state, leftPreset: null, preset: { ...now, version: leftPreset.version } };
}

export function keptOfWall(state: State, catalogue: Catalogue): WallSettings {
  const { settings, edits } = state;
  const { specIds, fit } = edits;
  const fits = Object.entries(edits.fitBySpec).filter(([id]) => specIds.includes(id));
  return {
    settings,
    specIds,
    fit,
    fitBySpec: Object.fromEntries(fits),
    preset: keptPreset(state, catalogue),
  };
}

function keptPreset(state: State, catalogue: Catalogue): KeptPreset | null {
  const of = state.preset ?? state.leftPreset;
  if (of === null) return null;
  const { items, settings } = presetOfWall(state, catalogue, '');
  const versions = items.map(({ specId, version }) => [specId, version]);
  return { id: of.id, version: of.version, settings, versions: Object.fromEntries(versions) };
}
