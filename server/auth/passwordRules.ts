/** What a new password must be. No rule asks for kinds of characters. */
import { isGuessable } from './guessablePasswords.ts';

/** In code points after normal form C; docs/decisions.md says why 12. */
export const passwordLength = { min: 12, max: 200 };

/** What people around this site would try first. */
const contextWords = ['allimgfit', 'all img fit', 'imgfit'];

/** What has to remain of a password without the words that anyone can guess, in code points. */
const shortestRest = 8;

/**
 * Normal form C, so that é typed on any keyboard is the same. Nothing else is changed: no trimming, no change of case.
 * @returns null for text that is not Unicode (a lone surrogate) or holds control characters
 */
export function normalisePassword(typed: string): string | null {
  return /[\p{Cc}\p{Cs}\ufffd]/u.test(typed) ? null : typed.normalize('NFC');
}

/** Whether anybody can have this password, as far as its length in normal form and its characters say. For signing in. */
export function isPossiblePassword(typed: string): boolean {
  const password = normalisePassword(typed);
  return password !== null && [...password].length <= passwordLength.max;
}

/**
 * Why this can't be the new password of this person, as a sentence to show, or null when it can.
 * @param typed as it came from the form
 * @param email the person's address: its local part must not carry the password
 */
export function refusePassword(typed: string, email: string): string | null {
  const password = normalisePassword(typed);
  if (password === null) return 'Use letters, digits, signs and spaces only.';
  const length = [...password].length;
  if (length < passwordLength.min) {
    return `Use at least ${passwordLength.min} characters. This one has ${length}.`;
  }
  if (length > passwordLength.max) {
    return `Use at most ${passwordLength.max} characters. This one has ${length}.`;
  }
  const folded = password.toLowerCase();
  if (contextWords.some((word) => leansOn(folded, word))) {
    return 'This is too close to the name of this site. Choose another one.';
  }
  const localPart = email.toLowerCase().normalize('NFC').split('@')[0] ?? '';
  if (leansOn(folded, localPart)) return 'This is too close to your e-mail address. Choose another one.';
  if (isGuessable(password)) {
    return 'This is on a list of common passwords, or follows a common pattern. Choose another one.';
  }
  return null;
}

/** Whether little is left of the password without the word. */
function leansOn(folded: string, word: string): boolean {
  if (word.length < 3 || !folded.includes(word)) return false;
  return [...folded.replaceAll(word, '')].length < shortestRest;
}
