/** Writes an export into a folder that the person chose. */
import type { ZipEntry } from './zip.ts';

/**
 * Writes the entries as they come into a new folder inside `parent`, so that nothing of the person's is ever written over, and
 * answers with its name. When the entries fail, the folder goes again.
 */
export async function writeFolder(
  entries: AsyncIterable<ZipEntry>,
  parent: FileSystemDirectoryHandle,
): Promise<string> {
  const folder = await makeFolder(parent);
  try {
    for await (const { name, blob } of entries) {
      const file = await folder.getFileHandle(name, { create: true });
      const writer = await file.createWritable();
      await writer.write(blob);
      await writer.close();
    }
  } catch (error) {
    await parent.removeEntry(folder.name, { recursive: true });
    throw error;
  }
  return `the folder ${folder.name}`;
}

const folderName = 'all-img-fit';

async function makeFolder(parent: FileSystemDirectoryHandle): Promise<FileSystemDirectoryHandle> {
  for (let count = 1; ; count++) {
    const name = count === 1 ? folderName : `${folderName} ${count}`;
    if (!(await isTaken(parent, name))) return parent.getDirectoryHandle(name, { create: true });
  }
}

async function isTaken(parent: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await parent.getDirectoryHandle(name);
    return true;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (error.name === 'NotFoundError') return false;
    if (error.name === 'TypeMismatchError') return true; // a file has that name
    throw error;
  }
}
