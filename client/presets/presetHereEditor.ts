/** The form in which a preset of this browser is renamed and its specs are put into another order or taken out. */
import type { Preset, PresetItem } from '../../server/presets/preset.shared.ts';
import { acceptChange, moveItem, removeItem } from '../../server/presets/presetEdits.shared.ts';
import type { Base, Keeper } from '../kept/keeper.ts';
import { makeUuid } from '../kept/randomId.ts';
import { makeDraggable } from './dragItems.ts';
import { filterLongLists } from './filterRows.ts';
import { countChanged, type FindSpec, itemName } from './namedSpecs.ts';
import { fromTemplate, nameControl, part, partOf, showWords } from './parts.ts';

interface EditorParts {
  keeper: Keeper;
  find: FindSpec;
  /** The row of the preset, whose place the form takes. */
  row: Element;
  /** Called when it is saved or left. */
  close(): void;
}

export function editPreset(preset: Preset, { keeper, find, row, close }: EditorParts): void {
  const place = fromTemplate('preset-here-editor');
  const form = partOf(place, 'form', HTMLFormElement);
  const name = partOf(place, 'name', HTMLInputElement);
  const list = part(place, 'items');
  const said = part(place, 'said');
  place.dataset.id = preset.id;
  name.value = preset.name;
  let draft = { items: preset.items };
  let base: Base = preset;

  function change(items: readonly PresetItem[], words: string, focusOn: string | null): void {
    draft = { items };
    showItems();
    said.textContent = words;
    const target = focusOn === null ? null : list.querySelector<HTMLElement>(focusOn);
    (target ?? name).focus();
  }

  function showItems(): void {
    list.replaceChildren(...draft.items.map(makeItem));
    makeDraggable(list, (from, to) => {
      const item = draft.items[from];
      if (item) change(moveItem(draft, from, to).items, movedWords(item, to), `#up-${item.specId}`);
    });
  }

  function movedWords(item: PresetItem, to: number): string {
    return `${itemName(item, find)} moved: now ${to + 1} of ${draft.items.length}.`;
  }

  function makeItem(item: PresetItem, index: number): HTMLElement {
    const element = fromTemplate('preset-here-item');
    const title = itemName(item, find);
    part(element, 'name').textContent = title;
    const isChanged = countChanged([item], find) > 0;
    part(element, 'changed').hidden = !isChanged;
    const step = (act: 'up' | 'down', by: number): void => {
      const button = part(element, act);
      button.id = `${act}-${item.specId}`;
      nameControl(button, `Move ${title} ${act}`);
      const isAtEnd = index + by < 0 || index + by >= draft.items.length;
      if (isAtEnd) button.setAttribute('aria-disabled', 'true');
      button.addEventListener('click', () => {
        if (isAtEnd) return;
        change(
          moveItem(draft, index, index + by).items,
          movedWords(item, index + by),
          `#${act}-${item.specId}`,
        );
      });
    };
    step('up', -1);
    step('down', 1);
    const remove = part(element, 'remove');
    nameControl(remove, `Remove ${title}`);
    remove.addEventListener('click', () => {
      const { items } = removeItem(draft, index);
      const next = items[index] ?? items.at(-1);
      change(
        items,
        `${title} is removed.`,
        next ? `[data-item="${next.specId}"] [data-part="remove"]` : null,
      );
    });
    element.dataset.item = item.specId;
    const accept = part(element, 'accept');
    nameControl(accept, `Accept the change of ${title}`);
    accept.addEventListener('click', () => {
      const version = find(item.specId)?.version ?? item.version;
      change(
        acceptChange(draft, index, version).items,
        `${title} is accepted as it is now.`,
        `#up-${item.specId}`,
      );
    });
    return element;
  }

  async function save(): Promise<void> {
    showFaults({});
    const outcome = await keeper.savePreset(
      { ...preset, name: name.value, items: draft.items },
      base,
      makeUuid(),
    );
    if (outcome.kind === 'saved') close();
    if (outcome.kind === 'refused') showFaults(outcome.errors);
    if (outcome.kind === 'failed') showFaults({ items: outcome.reason });
    if (outcome.kind === 'gone')
      showFaults({ items: 'Another tab has deleted it meanwhile. Cancel shows the list.' });
    if (outcome.kind === 'changed') {
      base = outcome.now;
      const { name: other, items } = outcome.now;
      showFaults({
        items: `Another tab has changed it meanwhile: it is “${other}” with ${items.length} specs now. Save once more to put yours in its place, or cancel to keep the other.`,
      });
    }
  }

  function showFaults(errors: Record<string, string>): void {
    const { name: ofName = '', ...others } = errors;
    showWords(part(place, 'name-error'), ofName);
    showWords(part(place, 'error'), Object.values(others).join(' '));
    name.setAttribute('aria-invalid', String(ofName !== ''));
    if (ofName !== '') name.focus();
    else if (Object.keys(others).length > 0) part(place, 'error').focus();
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void save();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  part(place, 'cancel').addEventListener('click', close);
  showItems();
  row.replaceWith(place);
  filterLongLists(place);
  name.focus();
}
