/** On the presets page of an account: the presets of this browser can be added to it. */
import { createAccountRequests } from '../kept/accountRequests.ts';
import { showImportOffer } from '../kept/showImportOffer.ts';
import { createBrowserStorage, storageKeys } from '../kept/storage.ts';

export async function offerImport(): Promise<void> {
  const place = document.querySelector('[data-part="offer"]');
  const storage = createBrowserStorage(() => localStorage, window);
  if (!place || storage.read(storageKeys.presets) === null) return;
  const requests = createAccountRequests(
    (...words) => fetch(...words),
    () => {},
  );
  const who = await requests.ask();
  if (who.kind !== 'signedIn') return;
  const { findImportOffer } = await import('../kept/importOffer.ts');
  const offer = findImportOffer(storage, requests, who.account.csrfToken);
  if (offer) showImportOffer(place, offer, () => location.assign('/presets'));
}
