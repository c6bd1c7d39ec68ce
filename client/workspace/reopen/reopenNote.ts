/** The note above the wall about a job that was opened again. */
import { byId, setText } from '../elements.ts';
import { make, makeButton } from '../results/make.ts';

export interface ReopenNote {
  /** `canUse`: a photo of the same name is there that is another file. `isDone`: no photo is waited for. */
  show(words: string, state: { canUse: boolean; isDone: boolean }): void;
}

export function createReopenNote({ onUse, onClose }: { onUse(): void; onClose(): void }): ReopenNote {
  const words = make('p', 'wall-note__words');
  words.id = 'reopen-words';
  const use = makeButton('Use its focus and crops all the same', 'button', onUse);
  const close = makeButton('Not now', 'button button--plain', () => {
    note.hidden = true;
    onClose();
    byId('open-specs', HTMLElement).focus();
  });
  const note = make('div', 'wall-note', words, make('div', 'wall-note__actions', use, close));
  note.setAttribute('role', 'group');
  note.setAttribute('aria-labelledby', words.id);
  note.hidden = true;
  byId('wall-notes', HTMLElement).prepend(note);
  return {
    show(text, { canUse, isDone }) {
      note.hidden = false;
      setText(words, text);
      use.hidden = !canUse;
      setText(close, isDone ? 'Close' : 'Not now');
    },
  };
}
