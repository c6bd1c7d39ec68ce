/** Numbers, letters and pieces into bytes. */

/** A whole number, the highest byte first. */
export function bigEndian(value: number, bytes: number): number[] {
  return Array.from(
    { length: bytes },
    (_, index) => Math.floor(value / 2 ** (8 * (bytes - 1 - index))) & 0xff,
  );
}

/** A whole number, the lowest byte first. */
export function littleEndian(value: number, bytes: number): number[] {
  return bigEndian(value, bytes).reverse();
}

/** Each character as the byte of its code; for the signatures of file formats. */
export function latin(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}

/** Halves of characters become the sign for what was no character. */
export function utf8(text: string): number[] {
  const escaped = encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '\ufffd'));
  return Array.from(escaped.matchAll(/%(..)|(.)/gs), ([, hex, letter = '']) =>
    hex === undefined ? letter.charCodeAt(0) : Number.parseInt(hex, 16),
  );
}

export function joinBytes(parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
