/** The files of a folder, and what they are checked by, from the disk. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Spec } from '../../server/specs/spec.shared.ts';
import { readFileFacts } from '../engine/headers/readFile.ts';
import type { FoundFile } from '../engine/receipt/checkFiles.ts';

/** null where it cannot be read. */
export function readText(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}

/** The specs as they were when the program was built, which wrote them beside it. */
export async function loadCatalogue(): Promise<Spec[]> {
  const text = await readFile(new URL('catalogue.json', import.meta.url), 'utf8');
  return JSON.parse(text) as Spec[]; // our own, already checked data
}

/** All files below the folder, by names with forward slashes; hidden ones and those of `besides` are left out. */
export async function findFiles(folder: string, besides: readonly string[]): Promise<FoundFile[]> {
  const left = new Set(besides.map((file) => path.resolve(file)));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ file, name: path.relative(folder, file).split(path.sep).join('/') }))
    .filter(({ file, name }) => !left.has(path.resolve(file)) && !/(^|\/)\./.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: FoundFile[] = [];
  // One after the other: a folder may hold thousands.
  for (const { file, name } of files) {
    const bytes = await readFile(file);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    found.push({ name, facts: readFileFacts(bytes), sha256 });
  }
  return found;
}
