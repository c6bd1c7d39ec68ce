/** The zip of an export (client-zip), filled while files are still being made, and handing a file to the person. */
import { downloadZip } from 'client-zip';

export interface ZipEntry {
  name: string;
  blob: Blob;
}

/** Reads entries as they come; the answer is the whole zip, stored without compression (photos have theirs already). */
export async function makeZip(entries: AsyncIterable<ZipEntry>): Promise<Blob> {
  const lastModified = new Date();
  async function* files() {
    for await (const { name, blob } of entries) yield { name, input: blob, lastModified };
  }
  const zip = await downloadZip(files()).blob();
  return new Blob([zip], { type: 'application/zip' });
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
