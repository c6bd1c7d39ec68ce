/** What a new password must be. No rule asks for kinds of characters. */
import { isGuessable } from './guessablePasswords.ts';

/** In code points after normal form C; docs/decisions.md says why 12. */
export const passwordLength = { min: 12, max: 200 };

/** What people around this site would try first, longest first. */
const siteWords = ['allimgfit', 'imgfit'];

/** Shorter words are not looked for, in letters and digits. */
const shortestWord = 3;

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
 * @param email the person's address: neither it nor a part of it must carry the password
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
  if (leansOn(folded, siteWords)) return 'This is too close to the name of this site. Choose another one.';
  if (leansOn(folded, [...wordsOfAddress(email), ...siteWords])) {
    return 'This is too close to your e-mail address. Choose another one.';
  }
  if (isGuessable(password)) {
    return 'This is on a list of common passwords, or follows a common pattern. Choose another one.';
  }
  return null;
}

/** The whole address, the parts before and after the @, and the name in the domain. */
function wordsOfAddress(email: string): string[] {
  const whole = email.toLowerCase().normalize('NFC');
  const [localPart = '', domain = ''] = whole.split('@');
  const name = domain.split('.').at(-2) ?? '';
  return [whole, localPart, domain, name];
}

/** Whether what is left of the password without the words is little, or guessable by itself. */
function leansOn(folded: string, words: readonly string[]): boolean {
  const rest = words.reduce(leaveOut, folded);
  return rest !== folded && ([...rest].length < shortestRest || isGuessable(rest));
}

/** Without every occurrence of the word, also one with signs (or, in a word of letters alone, digits) between its letters. */
function leaveOut(text: string, word: string): string {
  const sought = word.replace(/[^\p{L}\p{N}]/gu, '');
  if ([...sought].length < shortestWord) return text;
  const { plain, places } = dropSigns(text, /^\p{L}+$/u.test(sought) ? /\p{L}/u : /[\p{L}\p{N}]/u);
  let rest = '';
  let from = 0;
  for (let at = plain.indexOf(sought); at >= 0; at = plain.indexOf(sought, at + sought.length)) {
    rest += text.slice(from, places[at]);
    from = (places[at + sought.length - 1] ?? 0) + 1;
  }
  return rest + text.slice(from);
}

/** Only what counts, and where in the text each code unit of it stands. */
function dropSigns(text: string, counts: RegExp): { plain: string; places: number[] } {
  const places: number[] = [];
  let plain = '';
  let at = 0;
  for (const point of text) {
    if (counts.test(point)) {
      plain += point;
      for (let unit = 0; unit < point.length; unit += 1) places.push(at + unit);
    }
    at += point.length;
  }
  return { plain, places };
}
