/** The note above the wall about specs that changed since the person saw them last, each to be accepted. */
import type { Change } from '../../server/specs/specChanges.shared.ts';
import { countWords } from '../../server/specs/words.shared.ts';
import { announce } from './announce.ts';
import type { Catalogue } from './catalogue.ts';
import { acceptChanges } from './changes.ts';
import { byId, setText } from './elements.ts';
import { specName } from './specWords.ts';
import type { Store } from './store.ts';
import { type ChangedSpec, changedSpecs } from './wallPreset.ts';

/** `changed: max 2 MB, was 5 MB`; nothing for no change. */
export function changeWords(changes: readonly Change[]): string {
  return changes.length === 0 ? '' : `changed: ${changes.map(({ words }) => words).join('; ')}`;
}

export function showSpecChanges(store: Store, catalogue: Catalogue): void {
  const note = byId('spec-changes', HTMLElement);
  const list = byId('spec-changes-list', HTMLElement);
  const acceptAll = byId('accept-changes', HTMLButtonElement);
  let shown: readonly ChangedSpec[] = [];

  acceptAll.addEventListener('click', () => accept(shown.map(({ spec }) => spec.id)));

  function accept(ids: readonly string[]): void {
    store.change((state) => acceptChanges(state, ids));
    announce(acceptedWords(ids.length, shown.length, store.get().preset?.name ?? null));
    if (shown.length === 0) byId('open-presets', HTMLElement).focus();
  }

  function entryFor({ spec, changes }: ChangedSpec): HTMLElement {
    const item = document.createElement('li');
    const words = document.createElement('span');
    const name = document.createElement('strong');
    name.textContent = specName(spec);
    words.append(name, ` ${changeWords(changes)}`);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button--plain';
    button.textContent = 'Accept';
    button.setAttribute('aria-label', `Accept the changes of ${specName(spec)}`);
    button.addEventListener('click', () => {
      const next = item.nextElementSibling ?? item.previousElementSibling;
      accept([spec.id]);
      next?.querySelector('button')?.focus();
    });
    item.append(words, button);
    return item;
  }

  store.listen(({ edits }, before) => {
    const isSame =
      edits.specIds === before.edits.specIds && edits.knownVersions === before.edits.knownVersions;
    if (isSame && note.dataset.ready) return;
    note.dataset.ready = 'yes';
    shown = changedSpecs(store.get(), catalogue);
    note.hidden = shown.length === 0;
    if (note.hidden) return;
    setText(byId('spec-changes-words', HTMLElement), changedWords(shown.length));
    acceptAll.hidden = shown.length === 1;
    const kept = new Map([...list.children].map((item) => [item.textContent, item]));
    // What stays is moved, not made anew: a button in it may have the focus.
    list.replaceChildren(...shown.map(entryFor).map((item) => kept.get(item.textContent) ?? item));
  });
}

function changedWords(count: number): string {
  return `${countWords(count, 'spec')} of this wall changed since the preset was saved. Files are made and checked by the new rules.`;
}

function acceptedWords(accepted: number, left: number, preset: string | null): string {
  const words = left === 0 ? 'All changes accepted.' : `Accepted, ${left} left.`;
  return accepted > 0 && preset !== null ? `${words} Update ${preset} to keep that.` : words;
}
