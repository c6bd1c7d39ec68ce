/** The door to kept exports: loads what is needed when an export is large enough, or one was kept. */
import { readMirror } from '../../kept/mirror.ts';
import { createBrowserStorage } from '../../kept/storage.ts';
import { announce } from '../announce.ts';
import { byId } from '../elements.ts';
import type { KeptRun, RunParts } from './exportKeeper.ts';
import type { OfferParts } from './stoppedExport.ts';

/** Fewer files are made again as quickly as a person decides whether to go on. */
const fewestKept = 20;

/** Of databases there is only that one; its name lies with what is loaded later. Where a browser can't tell, there may be one. */
async function mayHaveExport(): Promise<boolean> {
  try {
    return (await indexedDB.databases()).length > 0;
  } catch {
    return typeof indexedDB !== 'undefined';
  }
}

/** Stands for the account that is signed in; null: none. */
function currentAccount(): string | null {
  return readMirror(createBrowserStorage(() => localStorage, window))?.tag ?? null;
}

/** Workers that keep what they make, where that is worth it and can be. Never rejects. */
export async function keepWhereWorth(parts: Omit<RunParts, 'account'>): Promise<KeptRun> {
  const unkept = { workers: parts.workers, end: async () => {} };
  if (parts.files < fewestKept && !parts.places) return unkept;
  try {
    const { keepRun } = await import('./keptExports.ts');
    return await keepRun({ ...parts, account: currentAccount() });
  } catch {
    parts.onNotKept('Stay on this page until it is done: it could not go on later.');
    return unkept;
  }
}

/** Call it when it is known whose browser this is. Never rejects. */
export async function offerWhereStopped(
  parts: Omit<OfferParts, 'account' | 'place' | 'announce'>,
): Promise<void> {
  if (!(await mayHaveExport())) return;
  const place = byId('bar-result', HTMLElement);
  // Without the script, or without storage, there is nothing to offer; the next visit asks again.
  await import('./keptExports.ts')
    .then(({ offerStopped }) => offerStopped({ ...parts, account: currentAccount(), place, announce }))
    .catch(() => null);
}
