/** What a browser keeps of the workspace: settings, the chosen specs and their fits, and which preset the wall is of. Photos and crops are never stored. */
import { defaultPreferences, detections, type Preferences } from '../../server/account/preferences.shared.ts';
import { exportExtras, pickExtras, readExtras } from '../../server/presets/exportExtras.shared.ts';
import { longestTemplate } from '../../server/presets/nameTemplate.shared.ts';
import { type ExportSettings, units } from '../../server/presets/preset.shared.ts';
import { type Background, defaultFit, type Fit, fitModes } from '../../server/specs/fit.shared.ts';
import { formatWishes } from '../../server/specs/spec.shared.ts';
import { clamp } from '../engine/geometry.ts';
import { asObject } from './looseJson.ts';

/** The preferences that are set in the workspace. Only the theme is not. */
export type WorkPreferences = Omit<Preferences, 'theme'>;

export interface WallSettings {
  settings: WorkPreferences & {
    showSafeAreas: boolean;
    /** One file for all the specs that it satisfies. */
    fewestFiles: boolean;
    /** Size of the tiles, 0..100. */
    zoom: number;
  };
  /** null: never chosen, the popular ones are shown. */
  specIds: readonly string[] | null;
  fit: Fit;
  /** Exceptions from `fit`, by spec id. */
  fitBySpec: Readonly<Record<string, Fit>>;
  /** The preset that the wall was opened from or saved as; null: none. */
  preset: KeptPreset | null;
}

export interface KeptPreset {
  id: string;
  /** The version that the person has seen. */
  version: number;
  /** Of the wall: the preset's, with what was changed since. */
  settings: ExportSettings;
  /** By spec id: the version of each spec that the person has seen. */
  versions: Readonly<Record<string, number>>;
}

const { theme: _theme, ...defaults } = defaultPreferences;
const defaultZoom = 45;

/** What was kept; anything unreadable or out of range falls back to its default, field by field. */
export function readWallSettings(kept: Record<string, unknown>): WallSettings {
  const settings = asObject(kept.settings);
  const { detection, units: unit, showSafeAreas, fewestFiles, zoom } = settings;
  return {
    settings: {
      ...readExportSettings(settings),
      detection: detections.find((known) => known === detection) ?? defaults.detection,
      units: units.find((known) => known === unit) ?? defaults.units,
      showSafeAreas: showSafeAreas !== false,
      fewestFiles: fewestFiles === true,
      zoom: numberIn(zoom, 0, 100, defaultZoom),
    },
    specIds: Array.isArray(kept.specIds) ? kept.specIds.filter((id) => typeof id === 'string') : null,
    fit: readFit(asObject(kept.fit)),
    fitBySpec: Object.fromEntries(
      Object.entries(asObject(kept.fitBySpec)).map(([id, fit]) => [id, readFit(asObject(fit))]),
    ),
    preset: readPreset(asObject(kept.preset)),
  };
}

function readPreset({ id, version, settings, versions }: Record<string, unknown>): KeptPreset | null {
  if (typeof id !== 'string' || id === '' || !isVersion(version)) return null;
  const seen = Object.entries(asObject(versions)).flatMap(([specId, known]): [string, number][] =>
    isVersion(known) ? [[specId, known]] : [],
  );
  return {
    id,
    version,
    settings: readExportSettings(asObject(settings)),
    versions: Object.fromEntries(seen),
  };
}

function isVersion(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1;
}

function readExportSettings(kept: Record<string, unknown>): ExportSettings {
  const { format, quality, template } = kept;
  return {
    format: formatWishes.find((known) => known === format) ?? 'auto',
    quality: numberIn(quality, 1, 100, defaults.quality),
    // As it was typed, even where it is not right yet.
    template: typeof template === 'string' ? template.slice(0, longestTemplate) : defaults.template,
    ...readExtras((extra) => kept[extra] === true),
  };
}

const preferenceNames = ['format', 'quality', 'template', 'detection', 'units', ...exportExtras] as const;

/** The preferences among the settings. */
export function workPreferences({ settings }: WallSettings): WorkPreferences {
  const { format, quality, template, detection, units: unit } = settings;
  return { format, quality, template, detection, units: unit, ...pickExtras(settings) };
}

/** Those preferences of `now` that are others than before. */
export function changedPreferences(before: WallSettings, now: WallSettings): Partial<WorkPreferences> {
  const changed = preferenceNames.filter((name) => before.settings[name] !== now.settings[name]);
  return Object.fromEntries(changed.map((name) => [name, now.settings[name]]));
}

export function hasOtherPreferences(one: WallSettings, other: WallSettings): boolean {
  return preferenceNames.some((name) => one.settings[name] !== other.settings[name]);
}

/** Walls of one page are compared as its state is: what is the same stays the same object. */
export function isOtherWall(one: WallSettings, other: WallSettings): boolean {
  const { settings, specIds, fit, fitBySpec, preset } = applyDifference(one, one, other);
  return (
    specIds !== one.specIds ||
    fit !== one.fit ||
    fitBySpec !== one.fitBySpec ||
    preset !== one.preset ||
    !isSame(settings, one.settings)
  );
}

/** `kept` with what differs between `before` and `now`: another tab's changes of other fields stay. */
export function applyDifference(kept: WallSettings, before: WallSettings, now: WallSettings): WallSettings {
  const changed = Object.entries(now.settings).filter(
    ([name, value]) => Object.entries(before.settings).find(([key]) => key === name)?.[1] !== value,
  );
  return {
    settings: { ...kept.settings, ...Object.fromEntries(changed) },
    specIds: now.specIds === before.specIds ? kept.specIds : now.specIds,
    fit: now.fit === before.fit ? kept.fit : now.fit,
    fitBySpec: isSame(now.fitBySpec, before.fitBySpec) ? kept.fitBySpec : now.fitBySpec,
    preset: isSame(now.preset, before.preset) ? kept.preset : now.preset,
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function readFit(kept: Record<string, unknown>): Fit {
  return {
    mode: fitModes.find((mode) => mode === kept.mode) ?? defaultFit.mode,
    enlarge: kept.enlarge === true,
    background: readBackground(asObject(kept.background)),
  };
}

function readBackground({ kind, colour }: Record<string, unknown>): Background {
  if (kind === 'blur' || kind === 'transparent') return { kind };
  if (typeof colour === 'string' && /^#[0-9a-f]{6}$/.test(colour)) return { kind: 'colour', colour };
  return defaultFit.background;
}

function numberIn(value: unknown, low: number, high: number, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value)
    ? clamp(Math.round(value), low, high)
    : otherwise;
}
