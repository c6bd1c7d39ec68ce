/** The offer to take the presets of this browser into the account, as an element of the page. */
import type { ImportOffer } from './importOffer.ts';

/** @param onAdded called when all of them are in the account */
export function showImportOffer(place: Element, offer: ImportOffer, onAdded: () => void): void {
  const section = make('section', 'notice offer');
  section.setAttribute('aria-label', 'Presets of this browser');
  const words = make('p', '', offer.words);
  words.setAttribute('role', 'status');
  const acts = make('p', 'offer__acts');
  const add = make('button', 'button button--go', 'Add them to your account');
  const keep = make('button', 'button', 'Keep them here');
  add.type = 'button';
  keep.type = 'button';
  acts.append(add, keep);
  section.append(words, acts);
  place.prepend(section);

  keep.addEventListener('click', () => {
    offer.keepHere();
    words.textContent = 'They stay in this browser. Signed out, you find them on the presets page.';
    acts.remove();
  });
  add.addEventListener('click', () => {
    add.disabled = true;
    void offer.add().then((outcome) => {
      add.disabled = false;
      words.textContent = outcome.kind === 'added' ? outcome.words : outcome.reason;
      if (outcome.kind === 'failed') return;
      acts.remove();
      onAdded();
    });
  });
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  text = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}
