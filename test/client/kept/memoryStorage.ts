/** One browser's local storage with two tabs or more: what one writes the others hear of. */
import { type BrowserStorage, createBrowserStorage } from '../../../client/kept/storage.ts';

export interface MemoryBrowser {
  entries: Map<string, string>;
  openTab(): BrowserStorage;
  /** From now on each write fails like this. */
  refuse(how: 'full' | 'off' | null): void;
  /** From now on an entry that would be longer than this does not fit. */
  limit(characters: number): void;
}

export function createMemoryBrowser(): MemoryBrowser {
  const entries = new Map<string, string>();
  const tabs: EventTarget[] = [];
  let refusal: 'full' | 'off' | null = null;
  let room = Number.POSITIVE_INFINITY;

  function tell(from: EventTarget, key: string): void {
    for (const tab of tabs) {
      if (tab !== from) tab.dispatchEvent(Object.assign(new Event('storage'), { key }));
    }
  }

  return {
    entries,
    refuse(how) {
      refusal = how;
    },
    limit(characters) {
      room = characters;
    },
    openTab() {
      const tab = new EventTarget();
      tabs.push(tab);
      const storage = {
        getItem: (key: string) => entries.get(key) ?? null,
        setItem(key: string, text: string) {
          if (refusal === 'full' || text.length > room) throw new DOMException('Full', 'QuotaExceededError');
          if (refusal === 'off') throw new DOMException('Off', 'SecurityError');
          entries.set(key, text);
          tell(tab, key);
        },
        removeItem(key: string) {
          entries.delete(key);
          tell(tab, key);
        },
      };
      const page = {
        addEventListener: tab.addEventListener.bind(tab),
        removeEventListener: tab.removeEventListener.bind(tab),
      };
      return createBrowserStorage(
        () => storage,
        page as Pick<Window, 'addEventListener' | 'removeEventListener'>,
      );
    },
  };
}
