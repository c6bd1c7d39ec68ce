/** Which keeper a page works with, from what the account said at the start. */
import { type AccountKeeper, createAccountKeeper } from './accountKeeper.ts';
import type { AccountRequests, WhoAnswer } from './accountRequests.ts';
import { createBrowserKeeper } from './browserKeeper.ts';
import type { Keeper } from './keeper.ts';
import { readMirror } from './mirror.ts';
import type { BrowserStorage } from './storage.ts';

/**
 * The account's for whoever is signed in, the browser's for everybody else. Where the server can't be reached it is still the
 * account's in a browser that was signed in lately: what is saved then fails in words, and is not left behind in the browser. It is that account's alone, whoever answers later.
 */
export function chooseKeeper(
  who: WhoAnswer,
  storage: BrowserStorage,
  requests: AccountRequests,
): Keeper | AccountKeeper {
  if (who.kind === 'signedIn') return createAccountKeeper(requests, who.account.tag, who.account);
  const mirror = who.kind === 'unreachable' ? readMirror(storage) : null;
  return mirror === null ? createBrowserKeeper(storage) : createAccountKeeper(requests, mirror.tag, null);
}
