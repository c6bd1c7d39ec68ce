/** The templates of the page and their parts. The server renders them; one that is missing is a bug of the page and throws. */

/** The one element in the template with that id, anew. */
export function fromTemplate(id: string): HTMLElement {
  const template = document.getElementById(id);
  const made =
    template instanceof HTMLTemplateElement
      ? document.importNode(template.content, true).firstElementChild
      : null;
  if (made instanceof HTMLElement) return made;
  throw new Error(`The page has no template with the id "${id}".`);
}

export function part(within: ParentNode, name: string): HTMLElement {
  return partOf(within, name, HTMLElement);
}

export function partOf<Part extends HTMLElement>(
  within: ParentNode,
  name: string,
  kind: abstract new () => Part,
): Part {
  const element = within.querySelector(`[data-part="${name}"]`);
  if (element instanceof kind) return element;
  throw new Error(`The page has no part "${name}".`);
}

/** Names a control for those who don't see which row it is in. */
export function nameControl(control: HTMLElement, label: string): void {
  control.setAttribute('aria-label', label);
}

/** Shows words, or hides the element when there are none. */
export function showWords(element: HTMLElement, words: string): void {
  element.textContent = words;
  element.hidden = words === '';
}

const svg = 'http://www.w3.org/2000/svg';

export function makeSvg(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(svg, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  return element;
}
