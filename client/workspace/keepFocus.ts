/** Where the focus is after the wall was laid out anew. */
import { byId } from './elements.ts';

/** Moving an element in the document drops its focus; this gives it back, or to the tile in the place of one that went. */
export function keepFocus(list: HTMLElement, move: () => void): void {
  const focused = document.activeElement;
  const place = framesIn(list).findIndex((frame) => frame.closest('.tile')?.contains(focused));
  move();
  if (!(focused instanceof HTMLElement) || focused === document.activeElement) return;
  const left = framesIn(list);
  const next = left[Math.min(place, left.length - 1)] ?? byId('open-specs', HTMLElement);
  if (focused.isConnected) focused.focus({ preventScroll: true });
  else next.focus();
}

function framesIn(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('.tile__frame')];
}
