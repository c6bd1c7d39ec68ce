/** Reads the plain tar archives that the packaged Chromium comes with. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';

const blockBytes = 512;

/**
 * Writes the files and folders of `tar` (ustar: 512-byte blocks, numbers in octal; POSIX.1-1988) into `folder`.
 * Throws when an entry is neither file nor folder or would land outside of `folder`.
 */
export async function untar(tar: Buffer, folder: string): Promise<void> {
  for (let at = 0; at + blockBytes <= tar.length && tar[at] !== 0; ) {
    const header = tar.subarray(at, at + blockBytes);
    const name = textAt(header, 345, 155) + textAt(header, 0, 100);
    const size = Number.parseInt(textAt(header, 124, 12), 8);
    const kind = textAt(header, 156, 1);
    const path = resolve(folder, name);
    if (!`${path}${sep}`.startsWith(`${resolve(folder)}${sep}`)) throw new Error(`${name} leaves ${folder}`);
    if (kind === '5') {
      await mkdir(path, { recursive: true });
    } else if (kind === '0' || kind === '') {
      await mkdir(dirname(path), { recursive: true });
      const bytes = tar.subarray(at + blockBytes, at + blockBytes + size);
      await writeFile(path, bytes, { mode: Number.parseInt(textAt(header, 100, 8), 8) });
    } else {
      throw new Error(`${name} is an entry of kind ${kind}, which is not read here`);
    }
    at += blockBytes * (1 + Math.ceil(size / blockBytes));
  }
}

function textAt(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('latin1', 0, end === -1 ? length : end).trim();
}
