/** Asking an account that could not be reached, until it answers. */
import type { WhoAnswer } from './accountRequests.ts';

const firstWaitMs = 5_000;
const longestWaitMs = 60_000;

/**
 * Asks now and then, ever more seldom; at once when the network is back or somebody turns to the page.
 * @param page hears of `online` and `focus`
 * @returns the first answer; never rejects
 */
export async function askUntilAnswered(ask: () => Promise<WhoAnswer>, page: EventTarget): Promise<WhoAnswer> {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    await nextChance(waitMs, page);
    const who = await ask();
    if (who.kind !== 'unreachable') return who;
  }
}

function nextChance(waitMs: number, page: EventTarget): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      clearTimeout(timer);
      for (const name of events) page.removeEventListener(name, go);
      resolve();
    };
    const timer = setTimeout(go, waitMs);
    for (const name of events) page.addEventListener(name, go);
  });
}

const events = ['online', 'focus'] as const;
