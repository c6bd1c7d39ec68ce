/** The bar while an export runs and after it: progress, result, and where the focus goes meanwhile. */
import { announce } from './announce.ts';
import { byId, setText } from './elements.ts';

export interface ExportProgress {
  /** Shows progress in place of the buttons. */
  showBusy(words: string, done: number, total: number): void;
  /** Beside the progress: something to know while it runs. */
  showNote(words: string): void;
  /** Brings the buttons back. */
  showIdle(): void;
  /** Shows and speaks how an export ended, with one item for each thing that a person should know of. */
  showResult(words: string, items: readonly string[]): void;
}

/** `fallback` gets the focus when the button that started the export is gone. */
export function createExportProgress(fallback: HTMLElement): ExportProgress {
  const ready = byId('bar-ready', HTMLElement);
  const busy = byId('bar-busy', HTMLElement);
  const result = byId('bar-result', HTMLElement);
  const cancel = byId('cancel-export', HTMLButtonElement);
  const note = document.createElement('p');
  note.className = 'bar__note';
  const progress = byId('busy-progress', HTMLProgressElement);
  let starter: Element | null = null;

  byId('close-result', HTMLButtonElement).addEventListener('click', () => {
    result.hidden = true;
    fallback.focus();
  });

  return {
    showBusy(words, done, total) {
      setText(byId('busy-words', HTMLElement), words);
      progress.max = Math.max(1, total);
      progress.value = done;
      result.hidden = true;
      if (!busy.hidden) return;
      starter = document.activeElement;
      busy.hidden = false;
      // Only a focus that the buttons take away with them moves; a person who is elsewhere is left alone.
      if (ready.contains(starter)) cancel.focus({ preventScroll: true });
      ready.hidden = true;
    },
    showNote(words) {
      setText(note, words);
      busy.append(note);
      announce(words);
    },
    showIdle() {
      note.remove();
      const focused = document.activeElement;
      const isLost = focused === cancel || focused === document.body;
      ready.hidden = false;
      if (isLost) focusFirst([starter, fallback]);
      busy.hidden = true;
    },
    showResult(words, items) {
      result.hidden = false;
      setText(byId('result-words', HTMLElement), words);
      byId('result-failures', HTMLElement).replaceChildren(
        ...items.map((text) => {
          const item = document.createElement('li');
          item.textContent = text;
          return item;
        }),
      );
      announce(words);
    },
  };
}

/** The first that is there and takes the focus. */
function focusFirst(places: readonly (Element | null)[]): void {
  for (const place of places) {
    if (!(place instanceof HTMLElement) || place === document.body) continue;
    place.focus({ preventScroll: true });
    if (document.activeElement === place) return;
  }
}
