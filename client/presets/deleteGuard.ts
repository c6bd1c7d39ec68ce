/** After a row is deleted the next one stands under the pointer: a double click must not delete that too. */

const guardMs = 500;

/** @returns starts the time in which clicks on the rows of `page` count for nothing */
export function createDeleteGuard(page: HTMLElement): () => void {
  let until = 0;
  const ignore = (event: MouseEvent): void => {
    const isRow = event.target instanceof Element && event.target.closest('.kept__list') !== null;
    if (!isRow || performance.now() > until) return;
    event.preventDefault();
    event.stopPropagation();
  };
  page.addEventListener('click', ignore, { capture: true });
  return () => {
    until = performance.now() + guardMs;
  };
}

/** The page that follows a deletion on the server: it offers to undo it. */
export function guardAfterDelete(): void {
  const page = document.querySelector<HTMLElement>('#main');
  if (page?.querySelector('.kept__undo')) createDeleteGuard(page)();
}
