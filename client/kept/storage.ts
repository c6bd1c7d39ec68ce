/** Local storage, which may be off or full: nothing here throws. The only file that touches it, but for the theme of every page. */

/** Every key that we use; the privacy page names each. */
export const storageKeys = {
  /** The settings and the wall of this browser, for whoever is signed out. */
  settings: 'allimgfit.settings',
  /** The presets and custom sizes of this browser. */
  presets: 'allimgfit.presets',
  /** The theme of this browser. */
  theme: 'allimgfit.theme',
  /** All that there is of an account; removed when it signs out. */
  account: 'allimgfit.account',
} as const;

type Key = (typeof storageKeys)[keyof typeof storageKeys];

export type Written = 'written' | 'full' | 'off';

export interface BrowserStorage {
  read(key: Key): string | null;
  write(key: Key, text: string): Written;
  remove(key: Key): void;
  /** Calls the listener when another tab changed the entry; returns the way to stop it. */
  listen(key: Key, listener: () => void): () => void;
}

/** @param open `() => localStorage`, which by itself throws where storage is switched off */
export function createBrowserStorage(
  open: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  page: Pick<Window, 'addEventListener' | 'removeEventListener'>,
): BrowserStorage {
  return {
    read(key) {
      try {
        return open().getItem(key);
      } catch {
        return null;
      }
    },
    write(key, text) {
      try {
        open().setItem(key, text);
        return 'written';
      } catch (error) {
        return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'off';
      }
    },
    remove(key) {
      try {
        open().removeItem(key);
      } catch {
        // Storage is switched off: there is nothing to remove.
      }
    },
    listen(key, listener) {
      const hear = (event: StorageEvent): void => {
        if (event.key === key || event.key === null) listener(); // null: everything was deleted
      };
      page.addEventListener('storage', hear);
      return () => page.removeEventListener('storage', hear);
    },
  };
}
