/** What a test does to the export that the page keeps in IndexedDB. */
import type { Page } from 'playwright-core';

/** Lets that many files be kept; the transactions of the others never begin. */
export function holdFilesAfter(page: Page, count: number): Promise<void> {
  return page.evaluate((most) => {
    const { put } = IDBObjectStore.prototype;
    let files = 0;
    IDBObjectStore.prototype.put = function (...words: Parameters<IDBObjectStore['put']>) {
      if (this.name === 'files' && ++files > most) {
        Reflect.set(globalThis, 'isHeld', true);
        // An endless read keeps the transaction open, as a slow disk would.
        const goOn = (): void => {
          this.count().onsuccess = goOn;
        };
        goOn();
      }
      return put.apply(this, words);
    };
  }, count);
}

/** Presses Cancel while that file is being kept. */
export function cancelAtFile(place: number): (page: Page) => Promise<void> {
  return (page) =>
    page.evaluate((most) => {
      const { put } = IDBObjectStore.prototype;
      let files = 0;
      IDBObjectStore.prototype.put = function (...words: Parameters<IDBObjectStore['put']>) {
        if (this.name === 'files' && ++files === most) {
          IDBObjectStore.prototype.put = put;
          document.querySelector<HTMLElement>('#cancel-export')?.click();
        }
        return put.apply(this, words);
      };
    }, place);
}

/** How much the stores hold that an export can go on from. */
export function countKept(page: Page): Promise<Record<string, number>> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('allimgfit.export');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const database = request.result;
          const found: Record<string, number> = {};
          const names = ['job', 'photos'];
          for (const name of names) {
            const count = database.transaction(name).objectStore(name).count();
            count.onsuccess = () => {
              found[name] = count.result;
              if (Object.keys(found).length < names.length) return;
              database.close();
              resolve(found);
            };
          }
        };
      }),
  );
}
