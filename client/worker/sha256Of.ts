/** SHA-256 in hexadecimal; by the browser where it does so (https, and the own machine). */
import { sha256 } from '../engine/sha256.ts';

export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // TypeScript's library knows only pages with it.
  const { subtle }: { subtle?: SubtleCrypto } = crypto;
  if (!subtle) return sha256(bytes);
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
