/** Tells the other scripts of the page that what is kept has changed: the theme of every page is another script's. */

const name = 'keptchange';

export function keptChanged(): void {
  document.dispatchEvent(new Event(name));
}

export function listenToKept(listener: () => void): void {
  document.addEventListener(name, listener);
}
