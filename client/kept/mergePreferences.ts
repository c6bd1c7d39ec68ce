/** What becomes of the copy in the browser when the account has answered. Pure. */
import {
  defaultPreferences,
  isSamePreferences,
  type Preferences,
  parsePreferences,
  themes,
} from '../../server/account/preferences.shared.ts';
import { type Mirror, withPreferences } from './mirror.ts';
import type { OwnSettings } from './settings.ts';
import { workPreferences } from './wallSettings.ts';

/** The account's preferences, as it says. */
export interface AccountPreferences {
  tag: string;
  preferences: Preferences;
  /** As in RFC 3339; null: never saved. */
  preferencesChangedAt: string | null;
}

/** The browser's own, and the theme that it has by itself. */
export interface OwnPreferences extends OwnSettings {
  /** null: never chosen. */
  theme: string | null;
}

/**
 * Of two changes the newest counts. In a browser that meets the account for the first time the account's count, whenever the
 * browser's own were changed: it may be anybody's. Only an account that has none yet takes those.
 * @param now when preferences were changed of which it is not known when
 */
export function mergePreferences(
  mirror: Mirror | null,
  account: AccountPreferences,
  { own, now }: { own: OwnPreferences; now: number },
): Mirror {
  if (mirror?.tag !== account.tag) return meet(account, own, now);
  const changedAt = parseTime(account.preferencesChangedAt);
  const isNewer = mirror.isUnsent && (mirror.changedAt ?? 0) > (changedAt ?? 0);
  if (isNewer) return mirror;
  return {
    ...mirror,
    preferences: account.preferences,
    changedAt,
    isUnsent: false,
    wall: withPreferences(mirror.wall, account.preferences),
  };
}

function meet(account: AccountPreferences, own: OwnPreferences, now: number): Mirror {
  const theme = themes.find((known) => known === own.theme);
  const hasOwn = own.changedAt !== null || theme !== undefined;
  // The server of the version before saves preferences and not when: what is no default was saved, whatever the time says.
  const hasTheirs =
    account.preferencesChangedAt !== null || !isSamePreferences(account.preferences, defaultPreferences);
  const takesOwn = !hasTheirs && hasOwn;
  const preferences = takesOwn
    ? parsePreferences({ ...workPreferences(own.wall), theme })
    : account.preferences;
  return {
    tag: account.tag,
    preferences,
    changedAt: takesOwn ? (own.changedAt ?? now) : parseTime(account.preferencesChangedAt),
    isUnsent: takesOwn,
    wall: withPreferences(own.wall, preferences),
  };
}

export function parseTime(text: string | null): number | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time;
}
