/** Speaks changes through the page's live region; quick repeats (a held arrow key) speak only their last words. */
import { byId } from './elements.ts';

const pauseMs = 350;
let timer: ReturnType<typeof setTimeout> | undefined;

export function announce(words: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const region = byId('announcer', HTMLElement);
    region.textContent = '';
    region.textContent = words;
  }, pauseMs);
}
