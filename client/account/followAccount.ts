/** What the account's pages do with what the browser keeps of it: fetch and send it while signed in, remove it at signing out. */
import { type Preferences, writePreferences } from '../../server/account/preferences.shared.ts';
import { createAccountRequests } from '../kept/accountRequests.ts';
import { startAccountSync } from '../kept/accountSync.ts';
import { forgetExport } from '../kept/exportDatabase.ts';
import { keptChanged, listenToKept } from '../kept/keptChanged.ts';
import { readMirror } from '../kept/mirror.ts';
import { createBrowserStorage, storageKeys } from '../kept/storage.ts';

const storage = createBrowserStorage(() => localStorage, window);

/** Call it once for each page. */
export function followAccount(): void {
  if (document.querySelector('form[action="/sign-in"], form[action="/register"]')) {
    forget(); // only who is signed out is asked to sign in
    return;
  }
  const requests = createAccountRequests(
    (...words) => fetch(...words),
    () => {},
  );
  const sync = startAccountSync({
    storage,
    requests,
    now: Date.now,
    show: (mirror) => mirror && fillIn(mirror.preferences),
  });
  listenToKept(() => {
    const mirror = readMirror(storage);
    if (mirror?.isUnsent) sync.sendSoon(); // the switch of the theme
    if (mirror) fillIn(mirror.preferences);
  });
  addEventListener('pagehide', () => sync.sendNow());
  // Before the next page is there, so that it is not painted in the theme of the account.
  document.addEventListener('submit', ({ target }) => {
    if (target instanceof HTMLFormElement && target.matches('form[action="/sign-out"]')) {
      forget();
      void forgetExport();
    }
  });
}

function forget(): void {
  storage.remove(storageKeys.account);
  keptChanged();
}

/** Shows what counts now in each field that nobody has touched since the page came. */
function fillIn(preferences: Preferences): void {
  const form = document.querySelector<HTMLFormElement>('form[action="/account/preferences"]');
  if (form === null || form.querySelector('[aria-invalid]')) return;
  for (const [name, value] of Object.entries(writePreferences(preferences))) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLSelectElement && !isTouched(field)) choose(field, value);
    if (field instanceof HTMLInputElement && field.type === 'checkbox') {
      if (field.checked !== field.defaultChecked) continue;
      field.defaultChecked = value === 'yes';
      field.checked = value === 'yes';
    } else if (field instanceof HTMLInputElement && field.value === field.defaultValue) {
      field.defaultValue = value;
      field.value = value;
    }
  }
}

function isTouched(select: HTMLSelectElement): boolean {
  return [...select.options].some((option) => option.selected !== option.defaultSelected);
}

function choose(select: HTMLSelectElement, value: string): void {
  for (const option of select.options) option.defaultSelected = option.value === value;
  select.value = value;
}
