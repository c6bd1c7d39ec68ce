/** The person's presets in the panel, each a button, with a search where there are many. */
import { nameKey } from '../../server/presets/names.shared.ts';
import type { Preset } from '../../server/presets/preset.shared.ts';
import { countWords } from '../../server/specs/words.shared.ts';
import type { Keeper } from '../kept/keeper.ts';
import { announce } from './announce.ts';
import { byId, inside, setText } from './elements.ts';

/** So many are seen at a glance. */
const mostWithout = 12;

export interface PresetList {
  /** `openedId`: of the preset that is on the wall. */
  show(openedId: string | null): void;
  /** The button of the preset on the wall; null when there is none in sight. */
  current(): HTMLElement | null;
  forgetSearch(): void;
}

/** `otherwise`: has the focus after the button that had it is gone. */
export function createPresetList(
  keeper: Keeper,
  { open, otherwise }: { open(preset: Preset): void; otherwise: HTMLElement },
): PresetList {
  const list = byId('preset-list', HTMLElement);
  const search = byId('preset-find', HTMLInputElement);
  let shownId: string | null = null;

  search.addEventListener('input', () => {
    show(shownId);
    announce(`${countWords(list.childElementCount, 'preset')} found`);
  });

  function show(openedId: string | null): void {
    shownId = openedId;
    const all = keeper.presets();
    search.hidden = all.length <= mostWithout;
    const query = search.hidden ? '' : nameKey(search.value);
    const found = all.filter(({ name }) => nameKey(name).includes(query));
    const focused = list.contains(document.activeElement) ? document.activeElement?.textContent : null;
    list.replaceChildren(...found.map((preset) => entryFor(preset, preset.id === openedId)));
    list.hidden = found.length === 0;
    if (focused === null) return;
    const same = [...list.querySelectorAll('button')].find(({ textContent }) => textContent === focused);
    (same ?? otherwise).focus();
  }

  function entryFor(preset: Preset, isOpen: boolean): HTMLElement {
    const template = byId('preset-entry', HTMLTemplateElement);
    const entry = inside(template.content.cloneNode(true) as DocumentFragment, 'li', HTMLLIElement);
    const button = inside(entry, 'button', HTMLButtonElement);
    setText(inside(entry, '.preset-list__name', HTMLElement), preset.name);
    const words = countWords(preset.items.length, 'spec');
    setText(inside(entry, '.preset-list__count', HTMLElement), isOpen ? `${words}, on the wall` : words);
    if (isOpen) button.setAttribute('aria-current', 'true');
    button.addEventListener('click', () => open(preset));
    return entry;
  }

  return {
    show,
    current: () => list.querySelector<HTMLElement>('[aria-current]'),
    forgetSearch() {
      search.value = '';
    },
  };
}
