/** Settings, chosen specs and the wall's fit, kept in local storage under one key. Photos and crops are never stored. */

import { units } from '../../server/presets/preset.shared.ts';
import { type Background, defaultFit, type Fit, fitModes } from '../../server/specs/fit.shared.ts';
import { formats } from '../../server/specs/spec.shared.ts';
import { clamp } from '../engine/geometry.ts';
import { detections } from '../worker/messages.ts';
import { defaultSettings, type Settings, type State } from './state.ts';

const settingsKey = 'allimgfit.settings';

export interface Preferences {
  settings: Settings;
  /** null: never chosen, the popular ones are shown. */
  specIds: string[] | null;
  fit: Fit;
}

/** What was kept; anything unreadable or out of range falls back to its default, field by field. */
export function parsePreferences(text: string | null): Preferences {
  const kept = parseObject(text);
  const settings = asObject(kept.settings);
  const format = settings.format;
  return {
    settings: {
      format: formats.find((known) => known === format) ?? 'auto',
      quality: numberIn(settings.quality, 1, 100, defaultSettings.quality),
      template:
        typeof settings.template === 'string' ? settings.template.slice(0, 160) : defaultSettings.template,
      detection: detections.find((known) => known === settings.detection) ?? defaultSettings.detection,
      units: units.find((known) => known === settings.units) ?? defaultSettings.units,
      showSafeAreas: settings.showSafeAreas !== false,
      zoom: numberIn(settings.zoom, 0, 100, defaultSettings.zoom),
    },
    specIds: Array.isArray(kept.specIds) ? kept.specIds.filter((id) => typeof id === 'string') : null,
    fit: parseFit(asObject(kept.fit)),
  };
}

export function loadPreferences(): Preferences {
  try {
    return parsePreferences(localStorage.getItem(settingsKey));
  } catch {
    return parsePreferences(null); // Storage is switched off: defaults, and nothing is kept.
  }
}

export function keepPreferences(state: State): void {
  const { settings, edits } = state;
  try {
    localStorage.setItem(settingsKey, JSON.stringify({ settings, specIds: edits.specIds, fit: edits.fit }));
  } catch {
    // Storage is off or full: the settings last as long as the page.
  }
}

function parseFit(kept: Record<string, unknown>): Fit {
  return {
    mode: fitModes.find((mode) => mode === kept.mode) ?? defaultFit.mode,
    enlarge: kept.enlarge === true,
    background: parseBackground(asObject(kept.background)),
  };
}

function parseBackground({ kind, colour }: Record<string, unknown>): Background {
  if (kind === 'blur' || kind === 'transparent') return { kind };
  if (typeof colour === 'string' && /^#[0-9a-f]{6}$/.test(colour)) return { kind: 'colour', colour };
  return defaultFit.background;
}

function numberIn(value: unknown, low: number, high: number, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value)
    ? clamp(Math.round(value), low, high)
    : otherwise;
}

function parseObject(text: string | null): Record<string, unknown> {
  try {
    return asObject(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
