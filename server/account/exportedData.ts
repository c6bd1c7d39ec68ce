/** Everything that is kept about a person, as a file of their own. */
import type { AccountRow, KeptThing, SessionRow } from './accountQueries.ts';

interface ExportedFile {
  name: string;
  /** JSON, indented. */
  content: string;
}

interface Exported {
  account: AccountRow;
  sessions: readonly SessionRow[];
  presets: readonly KeptThing[];
  customSizes: readonly KeptThing[];
}

/** The password is left out: only a keyed hash of it is kept, and a hash in a file is of use to a thief alone. */
export function makeExport({ account, sessions, presets, customSizes }: Exported, now: Date): ExportedFile {
  const data = {
    exportedAt: now,
    account: {
      email: account.email,
      createdAt: account.createdAt,
      passwordChangedAt: account.passwordChangedAt,
    },
    preferences: account.preferences,
    preferencesChangedAt: account.preferencesChangedAt,
    presets,
    customSizes,
    sessions: sessions.map(({ device, createdAt, lastSeen, expires, isThis }) => ({
      device,
      createdAt,
      lastSeen,
      expires,
      isThis,
    })),
  };
  return {
    name: `all-img-fit-account-${now.toISOString().slice(0, 10)}.json`,
    content: `${JSON.stringify(data, null, 2)}\n`,
  };
}
