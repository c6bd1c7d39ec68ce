/** Which passwords everybody's dictionary has. The only file that knows @zxcvbn-ts/language-common, and it works offline. */
import { dictionary } from '@zxcvbn-ts/language-common';

const common = new Set<string>(dictionary['passwords-common']);

/** Digits and signs put around or into a listed word do not make it another password: at most this many are looked through. */
const longestPadding = 8;

/** A unit of at most this many code points that only repeats is as good as the unit. */
const longestUnit = 8;

/** Keys that lie in a line, on the keyboards of most people, and the alphabet; both directions count. */
const keyLines = [
  ...['abcdefghijklmnopqrstuvwxyz', '1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  ...['qwertzuiopü', 'asdfghjklöä', 'yxcvbnm', 'azertyuiop', 'qsdfghjklm', 'wxcvbn'],
  ...['1qaz', '2wsx', '3edc', '4rfv', '5tgb', '6yhn', '7ujm', '8ik', '9ol', '0p'],
].flatMap((line) => [line, [...line].reverse().join('')]);

/** A password is a walk over the keyboard when its pieces that lie in a line have so many keys on average. */
const shortestWalk = 4;

/**
 * Whether an attacker's first guesses hold the password: it is on the list, it is a listed word with digits or signs around or
 * in it, one short piece again and again, a run through the alphabet or the digits, or a walk over the keyboard.
 * @param password in normal form C; letter case does not matter
 */
export function isGuessable(password: string): boolean {
  const folded = password.toLowerCase();
  if (isPaddedWord(folded)) return true;
  const plain = folded.replace(/[^\p{L}\p{N}]/gu, '');
  const letters = folded.replace(/[^\p{L}]/gu, '');
  const left = [
    folded,
    ...(folded.length - plain.length <= plain.length ? [plain] : []),
    ...(letters.length >= 4 && folded.length - letters.length <= longestPadding ? [letters] : []),
  ];
  return left.some(isPattern);
}

function isPattern(folded: string): boolean {
  return folded !== '' && (common.has(folded) || isRepeated(folded) || isRun(folded) || isWalk(folded));
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

function isWalk(folded: string): boolean {
  const points = [...folded];
  let pieces = 0;
  let piece = '';
  for (const point of points) {
    const longer = piece + point;
    const goesOn = piece !== '' && (isOneKey(longer) || keyLines.some((line) => line.includes(longer)));
    if (!goesOn) pieces += 1;
    piece = goesOn ? longer : point;
  }
  return pieces * shortestWalk <= points.length;
}

function isOneKey(text: string): boolean {
  const [first = ''] = text;
  return [...text].every((point) => point === first);
}
