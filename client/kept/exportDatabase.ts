/** The browser's database of an export that is not done yet. */

/** The privacy page names it. */
export const exportDatabase = 'allimgfit.export';

/** Whether there may be one; where a browser can't tell, there may. */
export async function mayHaveExport(): Promise<boolean> {
  try {
    const all = await indexedDB.databases();
    return all.some(({ name }) => name === exportDatabase);
  } catch {
    return typeof indexedDB !== 'undefined';
  }
}

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
