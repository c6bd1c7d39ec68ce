/**
 * Keeps the copy of the account's preferences and the account alike: asks once whose browser this is, sends what was changed
 * here, and of two changes the newest counts. Without the server all goes on, and what was changed is sent another time.
 */
import { parsePreferences, writePreferences } from '../../server/account/preferences.shared.ts';
import type { AccountRequests, SignedIn, WhoAnswer } from './accountRequests.ts';
import { keptChanged } from './keptChanged.ts';
import { mergePreferences, timeOf } from './mergePreferences.ts';
import { type Mirror, readMirror, withPreferences, writeMirror } from './mirror.ts';
import { readOwnSettings } from './settings.ts';
import { type BrowserStorage, storageKeys } from './storage.ts';

export interface AccountSync {
  /** Who the account said it was at the first time; never rejects. */
  readonly answered: Promise<WhoAnswer>;
  /** Asks again: for when it could not be reached. Never rejects. */
  ask(): Promise<WhoAnswer>;
  /** A preference was changed here: it is sent when nothing more comes for a moment. */
  sendSoon(): void;
  /** The page is being left: what waits is sent at once. */
  sendNow(): void;
}

export interface AccountSyncParts {
  storage: BrowserStorage;
  requests: AccountRequests;
  now: () => number;
  /** Called when the account's preferences or wall have to be shown; null: nobody is signed in (any more). */
  show: (mirror: Mirror | null) => void;
  /** Called before what the account says is put beside what is kept here: the page may have more to keep. */
  keepFirst?: () => void;
}

const pauseMs = 1000;

export function startAccountSync(parts: AccountSyncParts): AccountSync {
  const { storage, requests, now, show, keepFirst = () => {} } = parts;
  let account: SignedIn | null = null;
  let waiting: ReturnType<typeof setTimeout> | null = null;
  let isSending = false;
  let isAsking = false;

  async function ask(): Promise<WhoAnswer> {
    isAsking = true;
    const askedAt = now();
    const answer = await requests.ask();
    isAsking = false;
    if (answer.kind === 'signedOut') leave();
    if (answer.kind === 'signedIn') join(answer.account, askedAt);
    return answer;
  }

  function join(found: SignedIn, askedAt: number): void {
    account = found;
    keepFirst();
    const theme = storage.read(storageKeys.theme);
    const own = { ...readOwnSettings(storage), theme };
    const mirror = mergePreferences(readMirror(storage), found, { own, now: askedAt });
    put(mirror);
    if (mirror.isUnsent) sendSoon();
  }

  function leave(): void {
    account = null;
    storage.remove(storageKeys.account);
    show(null);
    keptChanged();
  }

  function put(mirror: Mirror): void {
    writeMirror(storage, mirror);
    show(mirror);
    keptChanged();
  }

  function sendSoon(): void {
    if (waiting !== null) clearTimeout(waiting);
    waiting = setTimeout(() => void send(true), pauseMs);
  }

  async function send(mayAskAgain: boolean): Promise<void> {
    if (waiting !== null) clearTimeout(waiting);
    waiting = null;
    const mirror = readMirror(storage);
    if (!mirror?.isUnsent || isSending) return;
    if (account === null) return void (isAsking || (await ask())); // what it was told then is sent after that
    if (mirror.tag !== account.tag) return;
    isSending = true;
    const sentAt = now();
    const fields = {
      ...writePreferences(mirror.preferences),
      age: String(ageOf(mirror, sentAt)),
      _csrf: account.csrfToken,
    };
    const answer = await requests.send(
      '/account/preferences',
      new URLSearchParams(fields),
      'your preferences',
    );
    isSending = false;
    if (answer.kind === 'refused' && mayAskAgain) {
      const who = await ask();
      if (who.kind === 'signedIn') await send(false);
    }
    if (answer.kind === 'answered' && answer.status === 200) hear(mirror, answer.body, sentAt);
  }

  /** What counts now, by the account; unless more was changed here while it was asked. */
  function hear(sent: Mirror, body: Record<string, unknown>, sentAt: number): void {
    keepFirst();
    const mirror = readMirror(storage);
    if (mirror?.tag !== sent.tag) return;
    if (mirror.changedAt !== sent.changedAt) {
      sendSoon();
      return;
    }
    const preferences = parsePreferences(body.preferences);
    const age = typeof body.preferencesAge === 'number' ? body.preferencesAge : null;
    put({
      ...mirror,
      preferences,
      changedAt: timeOf(age, sentAt),
      isUnsent: false,
      wall: withPreferences(mirror.wall, preferences),
    });
  }

  const answered = ask();
  storage.listen(storageKeys.account, () => {
    if (readMirror(storage) === null && account !== null) leave(); // signed out in another tab
  });
  return { answered, ask, sendSoon, sendNow: () => void send(false) };
}

/** Milliseconds since the change; none for a time that is still to come, as a clock that was set back makes it. */
function ageOf({ changedAt }: Mirror, now: number): number {
  return Math.max(0, Math.round(now - (changedAt ?? now)));
}
