/** What a line of text from a person may hold: the same on the server and in the page. */

export interface TextRule {
  /** What the field is called in a sentence, with a capital: `E-mail address`. */
  label: string;
  /** Code points; 1 makes the field required. Default 0. */
  min?: number;
  /** Code points. */
  max: number;
}

export interface ReadText {
  /** As typed, in normal form C, without space around it; cut, and with � for what can't be seen, when it has a fault. */
  text: string;
  /** A sentence for the visitor, or null. */
  fault: string | null;
}

/** Said of a list, whatever came in its place. */
export const unknownChoice = 'Choose one of the list.';

/** A line of text that somebody typed, checked. */
export function checkText(raw: string, { label, min = 0, max }: TextRule): ReadText {
  const typed = raw.normalize('NFC').trim();
  const points = [...typed];
  const text = points.slice(0, max).join('').replace(hiddenCharacters, '\ufffd');
  const fault = (sentence: string): ReadText => ({ text, fault: `${label} ${sentence}` });
  if (points.length === 0 && min > 0) return fault('is missing.');
  if (points.length < min) return fault(`needs at least ${min} characters.`);
  if (points.length > max) return fault(`may have at most ${max} characters. This has ${points.length}.`);
  if (text.includes('\ufffd')) return fault('holds a character that can’t be used. Type it anew.');
  if (emptyText.test(text)) return fault('holds nothing that can be seen.');
  if (stackedMarks.test(text)) return fault('holds too many accents on one letter.');
  return { text, fault: null };
}

/**
 * Control characters (NUL too, which Postgres can't store), halves of characters, text direction overrides that make a name
 * look like another (https://www.unicode.org/reports/tr36/), the sign for what was no UTF-8, and everything that is shown as
 * nothing: what Unicode says is to be ignored (soft hyphen, zero-width space, Hangul fillers), line separators, the empty Braille
 * pattern. The joiners U+200C and U+200D and the variation selectors stay: Persian and emoji need them.
 */
const hiddenCharacters =
  /[\p{Cc}\p{Cs}\u2028-\u202e\u2800\ufff9-\ufffd]|(?!\u200c|\u200d|\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/gu;

/** Nothing but joiners, selectors and accents: there is nothing to see. */
const emptyText = /^(?:\s|\u200c|\u200d|\p{M})+$/u;

/** No script stacks this many; text that climbs out of its line does. */
const stackedMarks = /\p{M}{9}/u;
