/** The drawer in which specs are found and put on the wall or taken off, and custom sizes are made. */
import { customSizeGroup } from '../../server/presets/customSizes/customSize.shared.ts';
import { matchesQuery } from '../../server/specs/search.shared.ts';
import type { Spec } from '../../server/specs/spec.shared.ts';
import { countWords } from '../../server/specs/words.shared.ts';
import { announce } from './announce.ts';
import type { Catalogue } from './catalogue.ts';
import { addSpecs, removeSpecs } from './changes.ts';
import { byId, setText } from './elements.ts';
import type { OwnSizes } from './ownSizes.ts';
import { buildOwnRow, buildRow, type Row } from './pickRows.ts';
import type { Store } from './store.ts';

interface Group {
  name: string;
  element: HTMLElement;
  toggle: HTMLButtonElement;
  rows: Row[];
}

export function showSpecPicker(store: Store, catalogue: Catalogue, ownSizes: OwnSizes): void {
  const drawer = byId('spec-picker', HTMLDialogElement);
  const opener = byId('open-specs', HTMLButtonElement);
  const list = byId('spec-list', HTMLElement);
  const search = byId('spec-search', HTMLInputElement);
  const groupChoice = byId('spec-group', HTMLSelectElement);
  const none = byId('spec-none', HTMLElement);
  const newSize = byId('new-size', HTMLButtonElement);
  const quickSize = byId('quick-size', HTMLButtonElement);
  let groups: Group[] | null = null;
  let found = 0;
  let isAdding = false;

  opener.addEventListener('click', () => {
    groups ??= build();
    filter();
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
  for (const [field, event] of [
    [search, 'input'],
    [groupChoice, 'change'],
  ] as const) {
    field.addEventListener(event, () => {
      filter();
      speakFound();
    });
  }
  newSize.addEventListener('click', () => void ownSizes.edit(null, newSize));
  quickSize.addEventListener('click', () => void addQuick());
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.isComposing && !quickSize.hidden) void addQuick();
  });

  async function addQuick(): Promise<void> {
    if (isAdding) return;
    isAdding = true;
    const failure = await ownSizes.addQuick(search.value).finally(() => {
      isAdding = false;
    });
    if (failure === null) search.value = '';
    filter();
    if (failure !== null) {
      setText(none, failure);
      none.hidden = false;
    }
    search.focus();
  }

  /** Made when the drawer is opened for the first time, so that the page starts without a hundred rows. */
  function build(): Group[] {
    const names = catalogue.groups;
    const chosen = groupChoice.value;
    groupChoice.replaceChildren(
      new Option('All groups', ''),
      ...names.map((name) => new Option(name, name, false, name === chosen)),
    );
    const made = names.map((name) =>
      buildGroup(
        name,
        catalogue.specs.filter(({ group }) => group === name),
      ),
    );
    list.replaceChildren(...made.map(({ element }) => element));
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
    const rows = specs.map(rowFor);
    const bar = document.createElement('div');
    bar.className = 'pick-group__head';
    bar.append(head, toggle);
    element.append(bar, ...rows.map((row) => row.element));
    const group = { name, element, toggle, rows };
    return group;
  }

  function rowFor(spec: Spec): Row {
    const onTick = (isTicked: boolean): void => {
      store.change((state) => (isTicked ? addSpecs : removeSpecs)(state, [spec.id]));
    };
    if (spec.group !== customSizeGroup) return buildRow(spec, onTick);
    return buildOwnRow(spec, onTick, {
      edit: (id, at) => void ownSizes.edit(id, at),
      remove: (id) => void ownSizes.remove(id).then(() => search.focus()),
    });
  }

  function filter(): void {
    found = 0;
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
    const offer = ownSizes.offer(search.value);
    quickSize.hidden = offer === null;
    setText(quickSize, offer ?? '');
    none.hidden = found > 0 || offer !== null;
    setText(none, noneWords(search.value, groupChoice.value));
    show();
  }

  function speakFound(): void {
    const words = found > 0 ? `${countWords(found, 'spec')} found` : (none.textContent ?? '');
    announce(quickSize.hidden ? words : `${words}. Before the list: ${quickSize.textContent}`);
  }

  function show(): void {
    const chosen = new Set(catalogue.pick(store.get().edits.specIds).map(({ id }) => id));
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
    const areOtherSizes =
      state.customSizes !== before.customSizes || state.borrowedSizes !== before.borrowedSizes;
    if (areOtherSizes && groups) {
      groups = build();
      filter();
    } else if (state.edits.specIds !== before.edits.specIds) show();
  });
}

/** `group`: the group that is looked in, or nothing for all of them. */
function noneWords(query: string, group: string): string {
  if (group !== '')
    return `No spec in ${group} matches “${query}”. Choose “All groups” to look in the others.`;
  return `No spec matches “${query}”. Try a platform, a size such as 1080, or a ratio such as 4:5.`;
}
