/** Rows that can be dragged into another order, beside the buttons that do the same by key. */

/** Adds a handle to each item of the editor's list. The form's fields are in the order of the rows, so nothing else has to know. */
export function startDragging(): void {
  const items = document.querySelector<HTMLElement>('.editor__items');
  if (!items || items.dataset.drags === 'yes') return;
  items.dataset.drags = 'yes';
  makeDraggable(items, () => {
    renumber(items);
    sayUnsaved();
  });
}

/**
 * @param list its children are the rows
 * @param onDrop called when the order is another than before; `from` and `to` count from 0
 */
export function makeDraggable(list: HTMLElement, onDrop: (from: number, to: number) => void): void {
  for (const row of list.children) {
    if (row instanceof HTMLElement) row.prepend(makeHandle(list, row, onDrop));
  }
}

function makeHandle(
  list: HTMLElement,
  row: HTMLElement,
  onDrop: (from: number, to: number) => void,
): HTMLElement {
  const handle = document.createElement('span');
  handle.className = 'drag-handle';
  handle.setAttribute('aria-hidden', 'true'); // the buttons beside it do the same by key
  handle.title = 'Drag to another place';
  let from = -1;

  handle.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    from = indexOf(list, row);
    row.classList.add('is-dragged');
  });
  handle.addEventListener('pointermove', (event) => {
    if (from < 0) return;
    const others = [...list.children].filter((other) => other !== row);
    const next = others.find((other) => {
      const { top, height } = other.getBoundingClientRect();
      return event.clientY < top + height / 2;
    });
    moveBefore(row, next ?? null);
    event.preventDefault();
  });
  const end = (): void => {
    if (from < 0) return;
    const to = indexOf(list, row);
    row.classList.remove('is-dragged');
    if (to !== from) onDrop(from, to);
    from = -1;
  };
  handle.addEventListener('pointerup', end);
  handle.addEventListener('lostpointercapture', end);
  return handle;
}

/** The others are moved around the row: an element that is taken out of the page loses the pointer. */
function moveBefore(row: HTMLElement, next: Element | null): void {
  const rows = [...(row.parentElement?.children ?? [])];
  const from = rows.indexOf(row);
  const to = next === null ? rows.length : rows.indexOf(next);
  if (to < from) row.after(...rows.slice(to, from));
  else row.before(...rows.slice(from + 1, to));
}

function indexOf(list: HTMLElement, row: HTMLElement): number {
  return [...list.children].indexOf(row);
}

/** The buttons of a row say its place: `up:3`. */
function renumber(list: HTMLElement): void {
  const rows = [...list.children];
  for (const [index, row] of rows.entries()) {
    for (const button of row.querySelectorAll<HTMLButtonElement>('button[name="do"]')) {
      const [act = ''] = button.value.split(':');
      button.value = `${act}:${index}`;
      const isAtEnd = (act === 'up' && index === 0) || (act === 'down' && index === rows.length - 1);
      if (isAtEnd) button.setAttribute('aria-disabled', 'true');
      else if (act === 'up' || act === 'down') button.removeAttribute('aria-disabled');
    }
  }
}

function sayUnsaved(): void {
  const bar = document.querySelector('.editor__bar');
  if (!bar || bar.querySelector('.editor__state')) return;
  const state = document.createElement('span');
  state.className = 'editor__state';
  state.textContent = 'Not saved yet';
  bar.append(state);
}
