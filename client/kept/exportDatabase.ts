/** The browser's database of an export that is not done yet. */

/** The privacy page names it. */
export const exportDatabase = 'allimgfit.export';

/** Nothing of it stays. Resolves when it is gone; never rejects. */
export function forgetExport(): Promise<void> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.deleteDatabase(exportDatabase);
      request.onsuccess = () => resolve();
      request.onerror = () => resolve();
    } catch {
      resolve(); // storage is switched off: there is nothing
    }
  });
}
