/** Finds the number whose SHA-256 with the salt is the challenge. */

export interface Work {
  salt: string;
  /** SHA-256 in hex. */
  challenge: string;
  /** The number is below this. */
  limit: number;
}

/** Asked for together, so that the browser's own threads do the hashing and the page stays free in between. */
const batchSize = 256;

/**
 * Resolves with the number; rejects when there is none below the limit, when stopped, and where the browser has no
 * hashing (crypto.subtle exists on https and on the own machine only).
 */
export async function solve({ salt, challenge, limit }: Work, signal: AbortSignal): Promise<number> {
  const encoder = new TextEncoder();
  const wanted = parseHex(challenge);
  for (let first = 0; first < limit; first += batchSize) {
    signal.throwIfAborted();
    const numbers = Array.from({ length: Math.min(batchSize, limit - first) }, (_, at) => first + at);
    const digests = await Promise.all(
      numbers.map((number) => crypto.subtle.digest('SHA-256', encoder.encode(salt + number))),
    );
    const at = digests.findIndex((digest) => isSame(new Uint8Array(digest), wanted));
    if (at >= 0) return first + at;
    // Answers come faster than the page gets a turn: without this it was busy for half a second on a slow phone.
    await new Promise((resolve) => setTimeout(resolve));
  }
  throw new Error('No number solves this');
}

function isSame(digest: Uint8Array, wanted: Uint8Array): boolean {
  return digest.every((byte, at) => byte === wanted[at]);
}

function parseHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
