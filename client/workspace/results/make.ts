/** Elements of what is built only when it is opened; what the page begins with is rendered by the server. */

type Child = Node | string;

/** An element with a class (may be empty) and what is in it. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

export function makeButton(words: string, className: string, act: () => void): HTMLButtonElement {
  const button = make('button', className, words);
  button.type = 'button';
  button.addEventListener('click', act);
  return button;
}

/** What `announce` speaks through while the dialog is open. */
export function makeAnnouncer(): HTMLElement {
  const announcer = make('p', 'spoken');
  announcer.dataset.announcer = '';
  announcer.setAttribute('role', 'status');
  announcer.setAttribute('aria-live', 'polite');
  return announcer;
}
