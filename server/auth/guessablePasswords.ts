/** Which passwords everybody's dictionary has. The only file that knows @zxcvbn-ts/language-common, and it works offline. */
import { dictionary } from '@zxcvbn-ts/language-common';

const common = new Set<string>(dictionary['passwords-common']);

/** Digits and signs put around a listed word do not make it another password: at most this many are looked through. */
const longestPadding = 8;

/** A unit of at most this many code points that only repeats is as good as the unit. */
const longestUnit = 8;

/**
 * Whether an attacker's first guesses hold the password: it is on the list, it is a listed word with digits or signs around
 * it, one short piece again and again, or a run through the alphabet or the digits.
 * @param password in normal form C; letter case does not matter
 */
export function isGuessable(password: string): boolean {
  const folded = password.toLowerCase();
  return common.has(folded) || isPaddedWord(folded) || isRepeated(folded) || isRun(folded);
}

function isPaddedWord(folded: string): boolean {
  const word = folded.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '');
  return word.length >= 4 && folded.length - word.length <= longestPadding && common.has(word);
}

function isRepeated(folded: string): boolean {
  const points = [...folded];
  for (let size = 1; size <= points.length / 2; size += 1) {
    const unit = points.slice(0, size).join('');
    if (size > longestUnit && !common.has(unit)) continue;
    if (points.every((point, at) => point === points[at % size])) return true;
  }
  return false;
}

/** Each code point follows the one before it by the same step of one, up or down; 9 is followed by 0. */
function isRun(folded: string): boolean {
  const codes = [...folded].map((point) => point.codePointAt(0) ?? 0);
  return [1, -1].some((step) =>
    codes.every((code, at) => at === 0 || follows(codes[at - 1] ?? 0, code, step)),
  );
}

function follows(before: number, code: number, step: number): boolean {
  const [nine, zero] = [57, 48];
  return (
    code - before === step || (step > 0 ? before === nine && code === zero : before === zero && code === nine)
  );
}
