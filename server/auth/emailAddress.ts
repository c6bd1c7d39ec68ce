/** Reading an e-mail address from a form. */
import { readText } from '../http/form.ts';

export interface EmailAddress {
  /** As typed, in normal form C, without space around it. */
  email: string;
  /** What tells two accounts apart: compatibility forms and letter case are folded. */
  emailKey: string;
  /** A sentence for the visitor, or null. */
  fault: string | null;
}

/** RFC 5321, 4.5.3.1.3: a path of 256 octets with its brackets. */
const longest = 254;

/** Something, one @, a name with a dot or a bare host; whether it exists only a mail could tell. */
export function readEmail(body: unknown, name = 'email'): EmailAddress {
  const { text, fault } = readText(body, name, { label: 'The e-mail address', min: 1, max: longest });
  const emailKey = foldEmail(text);
  const isOne = looksLikeEmail(text) && looksLikeEmail(emailKey) && [...emailKey].length <= longest;
  return {
    email: text,
    emailKey,
    fault: fault ?? (isOne ? null : 'This is not an e-mail address. It looks like name@example.org.'),
  };
}

function looksLikeEmail(text: string): boolean {
  return /^[^\s@,;<>()[\]\\"]+@[^\s@,;<>()[\]\\"]+$/u.test(text) && !/@\.|\.\.|\.$/.test(text);
}

/** Folding may lengthen a text eighteenfold (U+FDFA), or make a space or an @ of something else. */

function foldEmail(email: string): string {
  return email.normalize('NFKC').toLowerCase().normalize('NFKC');
}
