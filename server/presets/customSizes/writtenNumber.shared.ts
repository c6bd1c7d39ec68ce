/** Numbers as people type them into a form: a decimal comma is as good as a point, and digits may stand in groups of three. */

/** `empty`: nothing typed. `wrong`: no number, or one with more decimals than asked for. */
export type ReadNumber = { kind: 'empty' } | { kind: 'wrong' } | { kind: 'number'; value: number };

/** No number of a form is longer, with spaces; more digits would not be kept exactly. */
const longestNumber = 18;

/**
 * A number without a sign. `1 080` and `16 384,5` are read, `1,080.5` is not.
 * @param decimals how many digits may follow the point
 */
export function readNumber(text: string, decimals: number): ReadNumber {
  const typed = text.trim();
  if (typed === '') return { kind: 'empty' };
  if (typed.length > longestNumber) return { kind: 'wrong' };
  const joined = /^\d{1,3}(\s\d{3})+([.,]|$)/u.test(typed) ? typed.replaceAll(/\s/gu, '') : typed;
  const [, whole = '', part = ''] = /^(\d+)(?:[.,](\d*))?$/.exec(joined) ?? [];
  const digits = part.replace(/0+$/, '');
  const isNumber = whole !== '' && digits.length <= decimals;
  return isNumber ? { kind: 'number', value: Number(`${whole}.${digits || 0}`) } : { kind: 'wrong' };
}

export const byteUnits = ['KB', 'MB'] as const;
export type ByteUnit = (typeof byteUnits)[number];

/** Decimal units as storage and upload pages mean them; the binary ones only when they are written out. */
const bytesPer: Record<string, number> = {
  b: 1,
  byte: 1,
  bytes: 1,
  kb: 1e3,
  mb: 1e6,
  kib: 1024,
  mib: 1024 ** 2,
};

/** Whole bytes of `240`, `1,5` in the unit beside the field, or of `240 KB`, whose own unit counts. */
export function readBytes(text: string, unit: string): ReadNumber {
  const typed = text.trim().slice(0, 2 * longestNumber); // what is cut off is no number anyway
  const [, number = '', suffix = ''] = /^(.*?)\s*([a-z]*)$/is.exec(typed) ?? [];
  const word = (suffix || unit).toLowerCase();
  const per = Object.hasOwn(bytesPer, word) ? bytesPer[word] : undefined;
  if (per === undefined) return typed === '' ? { kind: 'empty' } : { kind: 'wrong' };
  const read = readNumber(number, 6);
  if (read.kind !== 'number') return suffix === '' ? read : { kind: 'wrong' };
  return { kind: 'number', value: Math.round(read.value * per) };
}

/** What `readBytes` reads as exactly so many whole bytes. */
export function writeBytes(bytes: number): { text: string; unit: ByteUnit } {
  const unit = bytes >= 1e6 && bytes % 1e4 === 0 ? 'MB' : 'KB';
  return { text: String(bytes / (unit === 'MB' ? 1e6 : 1e3)), unit };
}
