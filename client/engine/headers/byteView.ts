/** Numbers out of a file's bytes. What lies beyond their end reads as 0, so that no lying length can make a reader throw. */

export interface ByteView {
  readonly length: number;
  /** Whether the bytes `at` to `at + count` are all there. */
  has(at: number, count: number): boolean;
  u8(at: number): number;
  u16(at: number): number;
  u32(at: number): number;
  /** The bytes that are there of the wanted ones. */
  part(at: number, count: number): Uint8Array;
}

/** `order`: `big` for JPEG, PNG, ISO media and ICC; `little` for RIFF and ICO; EXIF says it itself. */
export function viewOf(bytes: Uint8Array, order: 'big' | 'little' = 'big'): ByteView {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittle = order === 'little';
  const has = (at: number, count: number) => at >= 0 && count >= 0 && at + count <= bytes.length;
  return {
    length: bytes.length,
    has,
    u8: (at) => bytes[at] ?? 0,
    u16: (at) => (has(at, 2) ? view.getUint16(at, isLittle) : 0),
    u32: (at) => (has(at, 4) ? view.getUint32(at, isLittle) : 0),
    part: (at, count) => bytes.subarray(Math.max(0, at), Math.max(0, at, at + count)),
  };
}
