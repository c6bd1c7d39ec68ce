/** The SHA-256 of a photo's file, by which a receipt knows the photo again. */
import type { Photo } from '../state.ts';

/**
 * In hexadecimal; null where it cannot be counted: the page is not on a secure address, the file is gone, or what is decoded is
 * not the file itself (a picture that was made of an SVG).
 */
export async function hashPhoto({ source, bytes }: Pick<Photo, 'source' | 'bytes'>): Promise<string | null> {
  if (source.size !== bytes) return null;
  // Only there on https and on this computer.
  const subtle: SubtleCrypto | undefined = crypto.subtle;
  if (!subtle) return null;
  try {
    const digest = await subtle.digest('SHA-256', await source.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  } catch {
    return null; // the files were made; that the photo went away since is no reason to lose them
  }
}
