/** The model of the account page: the same for the plain page and for a form on it that was refused. */

import { placeholders } from '../presets/nameTemplate.shared.ts';
import type { AccountRow, SessionRow } from './accountQueries.ts';
import { dayWords, seenWords } from './coarseTime.ts';
import type { Preferences } from './preferences.shared.ts';
import { preferenceBoxes, preferenceChoices } from './preferences.ts';

/** The parts of the page that have a form with something to mend. */
export type Section = 'email' | 'password' | 'preferences' | 'export' | 'delete';

export interface Refusal {
  section: Section;
  errors: Record<string, string>;
  /** What was typed, never a password. */
  values?: Record<string, string>;
  /** The choices of the preference form. */
  preferences?: Preferences;
}

interface Shown {
  account: AccountRow;
  sessions: readonly SessionRow[];
  refusal: Refusal | null;
  now: Date;
}

export function describeAccount({ account, sessions, refusal, now }: Shown) {
  const preferences = refusal?.preferences ?? account.preferences;
  return {
    account: {
      email: account.email,
      since: dayWords(account.createdAt),
      passwordSet: dayWords(account.passwordChangedAt),
    },
    sessions: sessions.map(({ publicId, device, isThis, createdAt, lastSeen }) => ({
      publicId,
      device,
      isThis,
      since: dayWords(createdAt),
      lastSeen: seenWords(lastSeen, now),
    })),
    preferences: {
      choices: preferenceChoices(preferences),
      boxes: preferenceBoxes(preferences),
      quality: refusal?.values?.quality ?? String(preferences.quality),
      template: refusal?.values?.template ?? preferences.template,
      placeholders: placeholders.map((name) => `{${name}}`).join(' '),
    },
    section: refusal?.section ?? null,
    errors: refusal?.errors ?? {},
    values: { email: '', ...refusal?.values },
  };
}
