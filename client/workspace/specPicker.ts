/** The drawer in which specs are found and put on the wall or taken off. */
import { matchesQuery } from '../../server/specs/search.shared.ts';
import type { Spec } from '../../server/specs/spec.shared.ts';
import { bytesWords, formatWords, sizeWords } from '../../server/specs/words.shared.ts';
import { announce } from './announce.ts';
import type { Catalogue } from './catalogue.ts';
import { addSpecs, removeSpecs } from './changes.ts';
import { byId, setText } from './elements.ts';
import { countWords } from './exportWords.ts';
import type { Store } from './store.ts';

interface Row {
  spec: Spec;
  element: HTMLElement;
  tick: HTMLInputElement;
}

interface Group {
  name: string;
  element: HTMLElement;
  toggle: HTMLButtonElement;
  rows: Row[];
}

export function showSpecPicker(store: Store, catalogue: Catalogue): void {
  const drawer = byId('spec-picker', HTMLDialogElement);
  const opener = byId('open-specs', HTMLButtonElement);
  const list = byId('spec-list', HTMLElement);
  const search = byId('spec-search', HTMLInputElement);
  const groupChoice = byId('spec-group', HTMLSelectElement);
  const none = byId('spec-none', HTMLElement);
  let groups: Group[] | null = null;

  opener.addEventListener('click', () => {
    groups ??= build();
    filter();
    show();
    drawer.showModal();
    search.focus();
    search.select();
  });
  byId('close-specs', HTMLButtonElement).addEventListener('click', () => drawer.close());
  drawer.addEventListener('click', (event) => event.target === drawer && drawer.close());
  drawer.addEventListener('close', () => {
    // Closing gives the focus back to the opener, unless a browser had not focused it when it was clicked.
    if (document.activeElement === document.body) opener.focus();
  });
  search.addEventListener('input', filter);
  groupChoice.addEventListener('change', filter);

  /** Made when the drawer is opened for the first time, so that the page starts without a hundred rows. */
  function build(): Group[] {
    const names = [...new Set(catalogue.specs.map(({ group }) => group))];
    groupChoice.append(...names.map((name) => new Option(name, name)));
    const made = names.map((name) =>
      buildGroup(
        name,
        catalogue.specs.filter(({ group }) => group === name),
      ),
    );
    list.append(...made.map(({ element }) => element));
    return made;
  }

  function buildGroup(name: string, specs: Spec[]): Group {
    const element = document.createElement('section');
    element.className = 'pick-group';
    const head = document.createElement('h3');
    head.textContent = name;
    const toggle = document.createElement('button');
    toggle.type = 'button';
    toggle.className = 'button button--plain';
    toggle.addEventListener('click', () => {
      const ids = group.rows.filter((row) => !row.element.hidden).map(({ spec }) => spec.id);
      const isFull = ids.every((id) => store.get().edits.specIds.includes(id));
      store.change((state) => (isFull ? removeSpecs(state, ids) : addSpecs(state, ids)));
    });
    const rows = specs.map(buildRow);
    const bar = document.createElement('div');
    bar.className = 'pick-group__head';
    bar.append(head, toggle);
    element.append(bar, ...rows.map((row) => row.element));
    const group = { name, element, toggle, rows };
    return group;
  }

  function buildRow(spec: Spec): Row {
    const element = document.createElement('label');
    element.className = 'pick-row';
    const tick = document.createElement('input');
    tick.type = 'checkbox';
    tick.addEventListener('change', () => {
      store.change((state) => (tick.checked ? addSpecs : removeSpecs)(state, [spec.id]));
    });
    element.append(
      tick,
      shapeOf(spec),
      words('pick-row__name', spec.name),
      words('pick-row__size', sizeWords(spec.widthPx, spec.heightPx)),
    );
    const limit = spec.maxBytes === null ? '' : ` · up to ${bytesWords(spec.maxBytes)}`;
    element.append(words('pick-row__rules', formatWords(spec.formats) + limit));
    return { spec, element, tick };
  }

  function filter(): void {
    let found = 0;
    for (const group of groups ?? []) {
      const isChosen = groupChoice.value === '' || groupChoice.value === group.name;
      let inGroup = 0;
      for (const row of group.rows) {
        row.element.hidden = !isChosen || !matchesQuery(row.spec, search.value);
        if (!row.element.hidden) inGroup += 1;
      }
      group.element.hidden = inGroup === 0;
      found += inGroup;
    }
    none.hidden = found > 0;
    setText(none, noneWords(search.value, groupChoice.value));
    // Not when the drawer opens: its title is being read then.
    if (drawer.open) announce(found > 0 ? `${countWords(found, 'spec')} found` : (none.textContent ?? ''));
    show();
  }

  function show(): void {
    const chosen = new Set(store.get().edits.specIds);
    setText(
      byId('spec-picker-count', HTMLElement),
      `${chosen.size} of ${catalogue.specs.length} on the wall`,
    );
    for (const { name, toggle, rows } of groups ?? []) {
      for (const { spec, tick } of rows) tick.checked = chosen.has(spec.id);
      const shown = rows.filter(({ element }) => !element.hidden);
      const isFull = shown.every(({ spec }) => chosen.has(spec.id));
      setText(toggle, isFull ? 'Remove all' : 'Add all');
      toggle.setAttribute('aria-label', `${isFull ? 'Remove' : 'Add'} all of ${name}`);
    }
  }

  store.listen((state, before) => {
    if (state.edits.specIds !== before.edits.specIds) show();
  });
}

/** `group`: the group that is looked in, or nothing for all of them. */
function noneWords(query: string, group: string): string {
  if (group !== '')
    return `No spec in ${group} matches “${query}”. Choose “All groups” to look in the others.`;
  return `No spec matches “${query}”. Try a platform, a size such as 1080, or a ratio such as 4:5.`;
}

function words(className: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}

/** The spec's shape, small, at true aspect. */
function shapeOf({ widthPx, heightPx, mask }: Spec): HTMLElement {
  const frame = document.createElement('span');
  frame.className = 'pick-row__shape';
  frame.setAttribute('aria-hidden', 'true');
  const shape = document.createElement('span');
  const scale = 22 / Math.max(widthPx, heightPx);
  shape.style.width = `${Math.max(3, widthPx * scale)}px`;
  shape.style.height = `${Math.max(3, heightPx * scale)}px`;
  if (mask) shape.dataset.mask = mask;
  frame.append(shape);
  return frame;
}
