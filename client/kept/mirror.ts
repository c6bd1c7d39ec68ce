/** The one entry of an account in this browser: a copy of its preferences, and its wall. Signing out removes it. */
import {
  isSamePreferences,
  type Preferences,
  parsePreferences,
} from '../../server/account/preferences.shared.ts';
import { pickExtras } from '../../server/presets/exportExtras.shared.ts';
import { asObject, parseObject } from './looseJson.ts';
import { type BrowserStorage, storageKeys } from './storage.ts';
import { readWallSettings, type WallSettings, type WorkPreferences } from './wallSettings.ts';

export interface Mirror {
  /** Stands for the account. */
  tag: string;
  preferences: Preferences;
  /** Milliseconds since 1970, by the clock of this browser whoever changed them; null: never changed. */
  changedAt: number | null;
  /** Changed here, and the account has not heard of it yet. */
  isUnsent: boolean;
  /** Its preferences are those above. */
  wall: WallSettings;
}

export function readMirror(storage: BrowserStorage): Mirror | null {
  const kept = parseObject(storage.read(storageKeys.account));
  if (typeof kept.tag !== 'string' || kept.tag === '') return null;
  const preferences = parsePreferences(kept.preferences);
  return {
    tag: kept.tag,
    preferences,
    changedAt: typeof kept.changedAt === 'number' ? kept.changedAt : null,
    isUnsent: kept.isUnsent === true,
    wall: withPreferences(readWallSettings(asObject(kept.wall)), preferences),
  };
}

export function writeMirror(storage: BrowserStorage, { wall, ...mirror }: Mirror): void {
  const { showSafeAreas, zoom } = wall.settings;
  const kept = { ...mirror, wall: { ...wall, settings: { showSafeAreas, zoom } } };
  storage.write(storageKeys.account, JSON.stringify(kept));
}

export function withPreferences(wall: WallSettings, preferences: WorkPreferences): WallSettings {
  const { format, quality, template, detection, units } = preferences;
  const theirs = { format, quality, template, detection, units, ...pickExtras(preferences) };
  return { ...wall, settings: { ...wall.settings, ...theirs } };
}

/** The mirror with other preferences, changed at `now`; a change is newer than what it was made from, whatever the clock says. */
export function changeMirror(mirror: Mirror, preferences: Preferences, now: number): Mirror {
  if (isSamePreferences(mirror.preferences, preferences)) return mirror;
  const changedAt = Math.max(now, (mirror.changedAt ?? 0) + 1);
  return { ...mirror, preferences, changedAt, isUnsent: true };
}
