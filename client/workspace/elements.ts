/** The page's elements by id. The server renders them all; one that is missing is a bug of the page and throws. */

type Kind<T extends Element> = abstract new (...args: never[]) => T;

export function byId<T extends Element>(id: string, kind: Kind<T>): T {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`The page has no ${kind.name} with the id "${id}".`);
}

/** The first descendant of `parent` that matches. */
export function inside<T extends Element>(parent: ParentNode, selector: string, kind: Kind<T>): T {
  const element = parent.querySelector(selector);
  if (element instanceof kind) return element;
  throw new Error(`The page has no ${kind.name} "${selector}".`);
}

/** Sets text only where it differs, so that nothing is laid out or spoken again without need. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
