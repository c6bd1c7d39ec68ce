/** Loads and keeps what the workspace is set to: with the account that is signed in, else in this browser for whoever uses it. */
import { parsePreferences } from '../../server/account/preferences.shared.ts';
import { checkTemplate } from '../../server/presets/nameTemplate.shared.ts';
import { parseObject } from './looseJson.ts';
import { changeMirror, type Mirror, readMirror, writeMirror } from './mirror.ts';
import { type BrowserStorage, storageKeys } from './storage.ts';
import {
  applyDifference,
  hasOtherPreferences,
  isOtherWall,
  readWallSettings,
  type WallSettings,
  workPreferences,
} from './wallSettings.ts';

/** This browser's own, for whoever is signed out. */
export interface OwnSettings {
  wall: WallSettings;
  /** When a preference was last changed; null: never. Milliseconds since 1970. */
  changedAt: number | null;
}

export function readOwnSettings(storage: BrowserStorage): OwnSettings {
  const kept = parseObject(storage.read(storageKeys.settings));
  return {
    wall: readWallSettings(kept),
    changedAt: typeof kept.changedAt === 'number' ? kept.changedAt : null,
  };
}

export interface KeptSettings {
  /** What the page starts with. */
  readonly start: WallSettings;
  /** What the page shows now, without a change by its person: what differs from it later is a change. */
  shown(now: WallSettings): void;
  /** Keeps what differs from the last time; what another tab changed beside it stays. */
  keep(now: WallSettings): void;
  /**
   * Somebody is signed in. False when the page was made for somebody else: it has to be loaded anew, and until then nothing of
   * it is kept. An account that is met for the first time takes over the browser's own, as the page shows it.
   */
  join(mirror: Mirror): boolean;
  /** Nobody is signed in. False when the page was made for somebody who was. */
  leave(): boolean;
}

/** @param onUnsent called when a preference of the account was changed here */
export function openSettings(storage: BrowserStorage, now: () => number, onUnsent: () => void): KeptSettings {
  const mirror = readMirror(storage);
  const start = mirror?.wall ?? readOwnSettings(storage).wall;
  let last = start;
  let where: { kind: 'own' } | { kind: 'account'; tag: string } | { kind: 'nowhere' } =
    mirror === null ? { kind: 'own' } : { kind: 'account', tag: mirror.tag };

  function keepOwn(wall: WallSettings): void {
    const kept = readOwnSettings(storage);
    const changedAt = hasOtherPreferences(last, wall) ? now() : kept.changedAt;
    const merged = applyDifference(kept.wall, last, wall);
    storage.write(storageKeys.settings, JSON.stringify({ ...merged, changedAt }));
  }

  function keepWithAccount(wall: WallSettings, tag: string): void {
    const kept = readMirror(storage);
    if (kept?.tag !== tag) return; // signed out in another tab
    const merged = applyDifference(kept.wall, last, wall);
    const wanted = workPreferences(merged);
    const template = checkTemplate(wanted.template).ok ? wanted.template : kept.preferences.template;
    const preferences = parsePreferences({ ...kept.preferences, ...wanted, template });
    const changed = changeMirror({ ...kept, wall: merged }, preferences, now());
    writeMirror(storage, changed);
    if (changed.isUnsent) onUnsent();
  }

  return {
    start,
    shown(wall) {
      last = wall;
    },
    keep(wall) {
      const isChanged = isOtherWall(last, wall);
      if (isChanged && where.kind === 'own') keepOwn(wall);
      if (isChanged && where.kind === 'account') keepWithAccount(wall, where.tag);
      last = wall;
    },
    join({ tag }) {
      if (where.kind === 'own') where = { kind: 'account', tag };
      if (where.kind === 'account' && where.tag !== tag) where = { kind: 'nowhere' };
      return where.kind === 'account';
    },
    leave() {
      if (where.kind === 'account') where = { kind: 'nowhere' };
      return where.kind === 'own';
    },
  };
}
