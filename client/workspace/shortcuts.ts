/** Keys that work anywhere on the page: undo and redo. */
import { announce } from './announce.ts';
import type { Store } from './store.ts';

export function listenToShortcuts(store: Store): void {
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isText(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === 'z' && !event.shiftKey) undo(store);
    else if ((key === 'z' && event.shiftKey) || key === 'y') redo(store);
    else return;
    event.preventDefault();
  });
}

export function undo(store: Store): void {
  announce(store.canUndo() ? 'Undone' : 'Nothing to undo');
  store.undo();
}

export function redo(store: Store): void {
  announce(store.canRedo() ? 'Redone' : 'Nothing to redo');
  store.redo();
}

/** Text fields have an undo of their own. */
function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && ['text', 'search'].includes(target.type);
}
