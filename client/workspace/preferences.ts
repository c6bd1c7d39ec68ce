/** Keeps what the workspace is set to: with the account that is signed in, else in this browser. Photos and crops are kept only while an export runs (resume/). */

import type { AccountKeeper } from '../kept/accountKeeper.ts';
import { createAccountRequests, type NameBody } from '../kept/accountRequests.ts';
import { startAccountSync } from '../kept/accountSync.ts';
import { askUntilAnswered } from '../kept/askAgain.ts';
import { chooseKeeper } from '../kept/chooseKeeper.ts';
import type { Keeper } from '../kept/keeper.ts';
import type { Mirror } from '../kept/mirror.ts';
import { openSettings } from '../kept/settings.ts';
import { createBrowserStorage } from '../kept/storage.ts';
import { changedPreferences, type WallSettings, workPreferences } from '../kept/wallSettings.ts';
import type { Catalogue } from './catalogue.ts';
import { changeSettings } from './changes.ts';
import { byId } from './elements.ts';
import { keptOfWall } from './keptWall.ts';
import type { Store } from './store.ts';

export interface Preferences {
  /** What the page starts with. */
  start: WallSettings;
  /**
   * Keeps what changes from now on, and asks whose browser this is.
   * @returns where presets and custom sizes are kept, when that is known; never rejects
   */
  follow(store: Store, catalogue: Catalogue, nameBody: NameBody): Promise<Keeper>;
}

/** A slider sends many changes. */
const pauseMs = 200;

export function openPreferences(): Preferences {
  const storage = createBrowserStorage(() => localStorage, window);
  let sendSoon = (): void => {};
  const settings = openSettings(storage, Date.now, () => sendSoon());

  function follow(store: Store, catalogue: Catalogue, nameBody: NameBody): Promise<Keeper> {
    const requests = createAccountRequests((...words) => fetch(...words), nameBody);
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let isAnswered = false;

    function keepNow(): void {
      clearTimeout(waiting);
      settings.keep(keptOfWall(store.get(), catalogue));
    }

    /** A page with photos is never loaded anew: it goes on, and keeps nothing of somebody who has left. */
    function startAgain(): void {
      if (store.get().photos.length === 0) location.reload();
    }

    function show(mirror: Mirror | null): void {
      const isOurs = mirror === null ? settings.leave() : settings.join(mirror);
      if (!isOurs) startAgain();
      if (!isOurs || mirror === null) return;
      const theirs = workPreferences(mirror.wall);
      const shown = keptOfWall(store.get(), catalogue);
      const byHand = isAnswered ? {} : changedPreferences(settings.start, shown); // while the account was asked
      isAnswered = true;
      store.change((state) => changeSettings(state, { ...theirs, ...byHand }));
      settings.shown({ ...shown, settings: { ...shown.settings, ...theirs } });
      keepNow();
    }

    settings.shown(keptOfWall(store.get(), catalogue));
    store.listen((state, before) => {
      const isSame = (['settings', 'edits', 'exportSettings', 'preset', 'leftPreset'] as const).every(
        (part) => state[part] === before[part],
      );
      if (isSame) return;
      clearTimeout(waiting);
      waiting = setTimeout(keepNow, pauseMs);
    });
    const sync = startAccountSync({ storage, requests, now: Date.now, show, keepFirst: keepNow });
    sendSoon = sync.sendSoon;
    addEventListener('pagehide', () => {
      keepNow();
      sync.sendNow();
    });
    return sync.answered.then((who) => {
      const keeper = chooseKeeper(who, storage, requests);
      if (who.kind === 'signedIn') void offerImport(who.account.csrfToken, keeper);
      if (!keeper.isKnown) void learnLater(keeper);
      return keeper;
    });

    /** The server was away when the page was opened: what the account has is there when the server is. */
    async function learnLater(keeper: Keeper | AccountKeeper): Promise<void> {
      const who = await askUntilAnswered(sync.ask, window);
      if ('refresh' in keeper) await keeper.refresh(who);
      if (who.kind === 'signedIn' && keeper.isKnown) void offerImport(who.account.csrfToken, keeper);
    }

    /** In the panel of the presets: nobody who works on photos is interrupted. */
    async function offerImport(csrfToken: string, keeper: Keeper | AccountKeeper): Promise<void> {
      const [{ findImportOffer }, { showImportOffer }] = await Promise.all([
        import('../kept/importOffer.ts'),
        import('../kept/showImportOffer.ts'),
      ]);
      const offer = findImportOffer(storage, requests, csrfToken);
      if (offer === null) return;
      showImportOffer(byId('preset-import', HTMLElement), offer, () => {
        if ('refresh' in keeper) void keeper.refresh();
      });
    }
  }

  return { start: settings.start, follow };
}
