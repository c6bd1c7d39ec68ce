/** A field before a long list that finds rows by their words. Without script the browser's own search does that. */

/** Rows that are seen at a glance need no search. */
const mostWithout = 12;

/** What was typed into the field of each list, by its label: htmx makes the list anew with each change. */
const typed = new Map<string, string>();

/** Every list with `data-find` gets its field, which is called what the attribute says. */
export function filterLongLists(page: ParentNode): void {
  for (const list of page.querySelectorAll<HTMLElement>('[data-find]')) addFilter(list);
}

function addFilter(list: HTMLElement): void {
  const label = list.dataset.find ?? '';
  delete list.dataset.find; // so that it gets no second one
  const bar = document.createElement('div');
  bar.className = 'row-filter';
  const input = document.createElement('input');
  input.className = 'input';
  input.type = 'search';
  input.autocomplete = 'off';
  input.spellcheck = false;
  input.placeholder = label;
  input.setAttribute('aria-label', label);
  input.value = typed.get(label) ?? '';
  const found = document.createElement('span');
  found.setAttribute('role', 'status');
  bar.append(input, found);
  list.before(bar);

  const show = (): void => {
    const rows = [...list.children].filter((row) => row instanceof HTMLElement);
    bar.hidden = rows.length <= mostWithout;
    const query = bar.hidden ? '' : input.value;
    typed.set(label, query);
    for (const row of rows) {
      row.hidden = !hasWords(row, query);
      if (row.hidden && row.contains(document.activeElement)) input.focus();
    }
    const isFiltered = query.trim() !== '';
    list.classList.toggle('is-filtered', isFiltered);
    const count = rows.filter(({ hidden }) => !hidden).length;
    found.textContent = isFiltered ? `${count} of ${rows.length}` : '';
  };
  input.addEventListener('input', show);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault(); // it is no field of the form around it
  });
  new MutationObserver(show).observe(list, { childList: true });
  show();
}

/** Whether the row says all the words of the query, whatever their case. One that is being edited always stays. */
function hasWords(row: HTMLElement, query: string): boolean {
  const said = row.querySelector('.kept-row__name, .preset-item__words')?.textContent?.toLowerCase();
  const words = query.toLowerCase().split(/\s+/);
  return said === undefined || words.every((word) => said.includes(word));
}
