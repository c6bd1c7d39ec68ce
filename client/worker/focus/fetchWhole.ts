/** Fetches a file of our own origin, and gives up on one that no longer comes. */

/** Milliseconds without a single byte. */
const stallMs = 20_000;

/** Rejects when the file is not there, the network is not, or nothing came for that long. */
export async function fetchWhole(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const controller = new AbortController();
  const giveUp = () => controller.abort(new Error('The server sends nothing any more.'));
  let waiting = setTimeout(giveUp, stallMs);
  try {
    const response = await fetch(url, { signal: controller.signal });
    if (!response.ok || !response.body) throw new Error(`The server answers ${response.status}.`);
    const parts: Uint8Array[] = [];
    const reader = response.body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      clearTimeout(waiting);
      waiting = setTimeout(giveUp, stallMs);
      parts.push(next.value);
    }
    return join(parts);
  } finally {
    clearTimeout(waiting);
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
