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
  /** For how many milliseconds they had been what they are at `now`; null: never saved. */
  preferencesAge: number | null;
}

/** The browser's own, and the theme that it has by itself. */
export interface OwnPreferences extends OwnSettings {
  /** null: never chosen. */
  theme: string | null;
}

/**
 * Of two changes the newest counts. In a browser that meets the account for the first time the account's count, whenever the
 * browser's own were changed: it may be anybody's. Only an account that has none yet takes those.
 * @param now when the account was asked, by the clock of this browser: never later than it answered, so that a change made here
 * meanwhile is the newer one. Preferences of which it is not known when they were changed were changed then
 */
export function mergePreferences(
  mirror: Mirror | null,
  account: AccountPreferences,
  { own, now }: { own: OwnPreferences; now: number },
): Mirror {
  if (mirror?.tag !== account.tag) return meet(account, own, now);
  const changedAt = timeOf(account.preferencesAge, now);
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
    account.preferencesAge !== null || !isSamePreferences(account.preferences, defaultPreferences);
  const takesOwn = !hasTheirs && hasOwn;
  const preferences = takesOwn
    ? parsePreferences({ ...workPreferences(own.wall), theme })
    : account.preferences;
  return {
    tag: account.tag,
    preferences,
    changedAt: takesOwn ? (own.changedAt ?? now) : timeOf(account.preferencesAge, now),
    isUnsent: takesOwn,
    wall: withPreferences(own.wall, preferences),
  };
}

/** By the clock by which it was `now`; null: never. */
export function timeOf(age: number | null, now: number): number | null {
  return age === null ? null : now - age;
}
