/** Offers to export into a folder, where the browser can write one (https://wicg.github.io/file-system-access). */
import { announce } from './announce.ts';
import type { ZipEntry } from './zip.ts';

/** What TypeScript's library does not have yet. */
interface FolderPicker {
  showDirectoryPicker(options: { mode: 'readwrite' }): Promise<FileSystemDirectoryHandle>;
}

function canPickFolders(page: object): page is FolderPicker {
  return 'showDirectoryPicker' in page;
}

/** A button beside the export's own; null where the browser can't. */
export function offerFolder(beside: HTMLElement, act: () => void): HTMLButtonElement | null {
  if (!canPickFolders(window)) return null;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.textContent = 'Into a folder';
  button.addEventListener('click', act);
  beside.before(button);
  return button;
}

/** To be called while a click is fresh. null when the person chose none. */
export async function chooseFolder(): Promise<
  ((entries: AsyncIterable<ZipEntry>) => Promise<string>) | null
> {
  try {
    if (!canPickFolders(window)) return null;
    const folder = await window.showDirectoryPicker({ mode: 'readwrite' });
    const { writeFolder } = await import('./folder.ts');
    return (entries) => writeFolder(entries, folder);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) {
      announce('This folder can’t be written. Choose another one.');
    }
    return null;
  }
}
