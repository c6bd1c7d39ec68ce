/** Why nothing was saved, in a sentence for the person. */
import type { Outcome } from '../kept/keeper.ts';

/** For outcomes that no field of a form is to blame for. */
export function failureWords(
  outcome: Extract<Outcome<unknown>, { kind: 'gone' | 'signedOut' | 'failed' }>,
): string {
  switch (outcome.kind) {
    case 'gone':
      return 'It was deleted meanwhile, in another tab or on another device. Save it as a new one to have it back.';
    case 'signedOut':
      return 'You are signed out now, so nothing was saved. Sign in again in another tab, then save once more.';
    case 'failed':
      return outcome.reason;
  }
}
