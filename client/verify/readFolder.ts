/** The receipt and the files of a folder, from the disk. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readFileFacts } from '../engine/headers/readFile.ts';
import type { FoundFile } from '../engine/receipt/checkFiles.ts';
import { type ParsedReceipt, parseReceipt } from '../engine/receipt/parseReceipt.ts';

export async function loadReceipt(file: string): Promise<ParsedReceipt> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? { ok: false, reason: 'It cannot be read.' } : parseReceipt(text);
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
