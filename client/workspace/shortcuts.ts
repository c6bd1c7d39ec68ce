/** Keys that work anywhere on the page: undo and redo. */
import { announce } from './announce.ts';
import { currentPhoto } from './state.ts';
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
  if (!store.canUndo()) announce('Nothing to undo');
  else speakStep('Undone', store, store.undo);
}

export function redo(store: Store): void {
  if (!store.canRedo()) announce('Nothing to redo');
  else speakStep('Redone', store, store.redo);
}

/** Names the photo when the step was about another than the one that was shown. */
function speakStep(words: string, store: Store, step: () => void): void {
  const { currentId } = store.get();
  step();
  const shown = currentPhoto(store.get());
  announce(shown && shown.id !== currentId ? `${words}, on ${shown.name}` : words);
}

/** Text fields have an undo of their own. */
function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && ['text', 'search'].includes(target.type);
}
