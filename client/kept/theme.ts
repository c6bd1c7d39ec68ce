/** The theme that was chosen: the account's while one is signed in, else this browser's. As small as can be: it is part of every page. */

const themeKey = 'allimgfit.theme';
const accountKey = 'allimgfit.account';
const themes = ['automatic', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** `automatic` when none was chosen, and where storage is switched off. */
export function keptTheme(): Theme {
  try {
    const kept = readAccount()?.preferences.theme ?? localStorage.getItem(themeKey);
    return themes.find((theme) => theme === kept) ?? 'automatic';
  } catch {
    return 'automatic';
  }
}

/**
 * Keeps a choice; the account hears of it from the next page that asks it.
 * @returns false where storage is switched off or full: the choice lasts as long as the page
 */
export function keepTheme(theme: Theme): boolean {
  try {
    const account = readAccount();
    if (account === null) {
      if (theme === 'automatic') localStorage.removeItem(themeKey);
      else localStorage.setItem(themeKey, theme);
      return true;
    }
    const preferences = { ...account.preferences, theme };
    const changedAt = Math.max(Date.now(), (account.changedAt ?? 0) + 1); // newer than what it was made from
    localStorage.setItem(accountKey, JSON.stringify({ ...account, preferences, changedAt, isUnsent: true }));
    return true;
  } catch {
    return false;
  }
}

export function nextTheme(theme: Theme): Theme {
  return themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'automatic';
}

/** The entry as it stands: what is not for here goes back as it was. */
interface Account {
  preferences: { theme?: unknown };
  changedAt?: number | null;
}

function readAccount(): Account | null {
  const kept: unknown = JSON.parse(localStorage.getItem(accountKey) ?? 'null');
  return isAccount(kept) ? kept : null;
}

function isAccount(kept: unknown): kept is Account {
  return (
    typeof kept === 'object' && kept !== null && 'preferences' in kept && typeof kept.preferences === 'object'
  );
}
