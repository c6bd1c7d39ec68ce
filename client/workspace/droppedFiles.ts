/** What a drop holds: files, and those in dropped folders. What cannot be read is named, and the rest goes on. */

export interface Dropped {
  files: File[];
  /** Names of entries that the browser could not read. */
  unreadable: string[];
}

/** Must be called while the drop event is handled: later its items are gone. */
export async function readDropped(transfer: DataTransfer): Promise<Dropped> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return { files: [...transfer.files], unreadable: [] };
  return readAll(entries);
}

async function readAll(entries: readonly FileSystemEntry[]): Promise<Dropped> {
  const parts = await Promise.all(entries.map(readEntry));
  return {
    files: parts.flatMap(({ files }) => files),
    unreadable: parts.flatMap(({ unreadable }) => unreadable),
  };
}

async function readEntry(entry: FileSystemEntry): Promise<Dropped> {
  try {
    if (!entry.isFile) return await readAll(await entriesOf(entry as FileSystemDirectoryEntry));
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return { files: [file], unreadable: [] };
  } catch {
    return { files: [], unreadable: [entry.name] };
  }
}

/** Without hidden files (".DS_Store"), which nobody means to add. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  while (true) {
    // A reader hands out its entries in batches and ends with an empty one.
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) return found.filter(({ name }) => !name.startsWith('.'));
    found.push(...batch);
  }
}
