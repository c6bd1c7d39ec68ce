/** XMP's way of writing structures and lists in RDF (XMP part 1, 7): the same thing can be written in several ways. */
import type { XmlElement } from './xml.ts';

const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

/** All elements of that name, wherever they are. */
export function findAll(element: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  const waiting = [...element.children];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.name === name) found.push(next);
    waiting.push(...next.children);
  }
  return found.reverse();
}

/** The fields of a structure: its elements, also those inside an rdf:Description. */
function fieldsOf(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child) =>
    child.name === `${rdf} Description` || child.name === `${rdf} value` ? fieldsOf(child) : [child],
  );
}

export function fieldOf(element: XmlElement, name: string): XmlElement | null {
  return fieldsOf(element).find((field) => field.name === name) ?? null;
}

/** A simple field, written as an attribute or as an element; of a list its first item. */
export function readValue(element: XmlElement, name: string): string | null {
  const described = element.children.filter((child) => child.name === `${rdf} Description`);
  for (const holder of [element, ...described]) {
    const value = holder.attributes.get(name);
    if (value !== undefined) return value;
  }
  const field = fieldOf(element, name);
  if (!field) return null;
  return field.text || itemsOf(field)[0]?.text || null;
}

/** The items of a bag, a sequence or alternatives. */
export function itemsOf(element: XmlElement): readonly XmlElement[] {
  return element.children
    .filter(({ name }) => name === `${rdf} Bag` || name === `${rdf} Seq` || name === `${rdf} Alt`)
    .flatMap(({ children }) => children.filter(({ name }) => name === `${rdf} li`));
}
