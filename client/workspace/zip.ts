/** The zip of an export, and handing a file to the person. */
import { crc32 } from '../engine/crc32.ts';
import { centralDirectory, localHeader, type ZippedFile } from '../engine/zipFile.ts';

export interface ZipEntry {
  name: string;
  blob: Blob;
  /** Counted here where it is not known yet. */
  crc32?: number;
}

/**
 * Takes entries as they come, and answers with the whole zip. It is put together of the entries' Blobs: where these lie on the
 * disk, so does the zip, and none of its bytes are in the page's memory.
 */
export async function makeZip(entries: AsyncIterable<ZipEntry>): Promise<Blob> {
  const at = new Date();
  const parts: BlobPart[] = [];
  const files: ZippedFile[] = [];
  for await (const { name, blob, crc32: known } of entries) {
    const sum = known ?? crc32(new Uint8Array(await blob.arrayBuffer()));
    const file = { name, bytes: blob.size, crc32: sum };
    files.push(file);
    parts.push(localHeader(file, at), blob);
  }
  return new Blob([...parts, centralDirectory(files, at)], { type: 'application/zip' });
}

/** Lets the browser save `blob` where it saves downloads. */
export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the blob after the click; a minute is long enough for it to have started.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
