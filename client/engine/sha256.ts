/** SHA-256 (FIPS 180-4, 6.2), for pages without `crypto.subtle`: those that came over plain HTTP. */

/** In hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  const state = Uint32Array.from(firstPrimes(8), (prime) => fractionBits(Math.sqrt(prime)));
  const whole = bytes.length - (bytes.length % blockBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < whole; at += blockBytes) addBlock(state, view, at);
  const rest = new DataView(paddedEnd(bytes.subarray(whole), bytes.length));
  for (let at = 0; at < rest.byteLength; at += blockBytes) addBlock(state, rest, at);
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

const blockBytes = 64;

/** The last bytes, a set bit, zeros, and the length of all in bits at the end of a block (5.1.1). */
function paddedEnd(last: Uint8Array, length: number): ArrayBuffer {
  const end = new Uint8Array(last.length + 9 > blockBytes ? 2 * blockBytes : blockBytes);
  end.set(last);
  end[last.length] = 0x80;
  const view = new DataView(end.buffer);
  view.setUint32(end.length - 8, Math.floor(length / 2 ** 29));
  view.setUint32(end.length - 4, (length << 3) >>> 0);
  return end.buffer;
}

/** The first bits of the fractions of the cube roots of the first 64 primes (4.2.2). */
const constants = Uint32Array.from(firstPrimes(64), (prime) => fractionBits(Math.cbrt(prime)));
const words = new Uint32Array(64);

function addBlock(state: Uint32Array, view: DataView, at: number): void {
  for (let i = 0; i < 16; i += 1) words[i] = view.getUint32(at + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const before = word(i - 15);
    const last = word(i - 2);
    const low = turn(before, 7) ^ turn(before, 18) ^ (before >>> 3);
    const high = turn(last, 17) ^ turn(last, 19) ^ (last >>> 10);
    words[i] = word(i - 16) + low + word(i - 7) + high;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i += 1) {
    const mixed = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const chosen = (e & f) ^ (~e & g);
    const first = (h + mixed + chosen + (constants[i] ?? 0) + word(i)) | 0;
    const most = (a & b) ^ (a & c) ^ (b & c);
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + most) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i] ?? 0) + value;
}

function word(index: number): number {
  return words[index] ?? 0;
}

function turn(value: number, by: number): number {
  return (value >>> by) | (value << (32 - by));
}

function fractionBits(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32);
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number += 1) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes;
}
