/** When an account that could not be reached is asked again. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WhoAnswer } from '../../../client/kept/accountRequests.ts';
import { askUntilAnswered } from '../../../client/kept/askAgain.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An account that is away for the first `misses` questions. */
function askFrom(page: EventTarget, misses: number) {
  const askedAt: number[] = [];
  const start = Date.now();
  const answer = askUntilAnswered(async (): Promise<WhoAnswer> => {
    askedAt.push((Date.now() - start) / 1000);
    return { kind: askedAt.length > misses ? 'signedOut' : 'unreachable' };
  }, page);
  return { askedAt, answer };
}

test('ever more seldom, at least once a minute, until it answers', async () => {
  const { askedAt, answer } = askFrom(new EventTarget(), 5);
  await vi.advanceTimersByTimeAsync(1_000_000);
  expect(await answer).toEqual({ kind: 'signedOut' });
  expect(askedAt).toEqual([5, 15, 35, 75, 135, 195]);
});

test('at once when the network is back, or somebody turns to the page', async () => {
  const page = new EventTarget();
  const { askedAt, answer } = askFrom(page, 1);
  for (const name of ['online', 'focus']) {
    page.dispatchEvent(new Event(name));
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(await answer).toEqual({ kind: 'signedOut' });
  expect(askedAt).toEqual([0, 0]);
  expect(vi.getTimerCount()).toBe(0);
});
