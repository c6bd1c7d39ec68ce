/** Reading the first bytes of a file without ever running past their end. */

export function hasBytes(bytes: Uint8Array, at: number, ...wanted: number[]): boolean {
  return wanted.every((byte, i) => bytes[at + i] === byte);
}

export function hasText(bytes: Uint8Array, at: number, wanted: string): boolean {
  return textAt(bytes, at, wanted.length) === wanted;
}

/** Up to `length` bytes from `at`, each as the character of its code (Latin-1). */
export function textAt(bytes: Uint8Array, at: number, length: number): string {
  return Array.from(bytes.subarray(at, at + length), (byte) => String.fromCharCode(byte)).join('');
}

/** Text whose ASCII characters can be trusted: byte order marks are taken off, and UTF-16 is told by its mark. */
export function unfoldText(bytes: Uint8Array): string {
  if (hasBytes(bytes, 0, 0xef, 0xbb, 0xbf)) return textAt(bytes, 3, bytes.length);
  if (hasBytes(bytes, 0, 0xff, 0xfe)) return everySecond(bytes, 2);
  if (hasBytes(bytes, 0, 0xfe, 0xff)) return everySecond(bytes, 3);
  return textAt(bytes, 0, bytes.length);
}

function everySecond(bytes: Uint8Array, from: number): string {
  return textAt(
    bytes.filter((_, i) => i >= from && (i - from) % 2 === 0),
    0,
    bytes.length,
  );
}

/** The brands of an ISO base media file (ISO/IEC 14496-12, 4.3), the main one first; empty for any other file. */
export function brandsOf(bytes: Uint8Array): string {
  if (!hasText(bytes, 4, 'ftyp')) return '';
  const boxLength = (bytes[2] ?? 0) * 256 + (bytes[3] ?? 0);
  return `${textAt(bytes, 8, 4)} ${textAt(bytes, 16, Math.max(0, Math.min(boxLength, 256) - 16))}`;
}
