/**
 * Speaks changes through a live region; quick repeats (a held arrow key) speak only their last words. While a dialog is
 * open the rest of the page is inert and its live region silent, so each dialog has one of its own.
 */
import { byId, inside } from './elements.ts';

const pauseMs = 350;
let timer: ReturnType<typeof setTimeout> | undefined;

export function announce(words: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    // The last one lies on top.
    const dialog = [...document.querySelectorAll('dialog[open]')].at(-1);
    const region = dialog ? inside(dialog, '[data-announcer]', HTMLElement) : byId('announcer', HTMLElement);
    region.textContent = '';
    region.textContent = words;
  }, pauseMs);
}
