/** What a person does to the list of a preset, as pure changes: no spec is there twice, and what is not touched stays as it is. */
import type { PresetItem } from './preset.shared.ts';

interface WithItems {
  readonly items: readonly PresetItem[];
}

/** What an item keeps of a spec. */
interface Versioned {
  id: string;
  version: number;
}

/**
 * Adds specs at the end, in their order. Those that are there already stay where they are.
 * @param most so many items a preset may have; what is beyond stays out
 * @returns the new content, and how many specs stayed out
 */
export function addSpecs<Content extends WithItems>(
  content: Content,
  specs: readonly Versioned[],
  most: number,
): { content: Content; leftOut: number } {
  const chosen = new Set(content.items.map(({ specId }) => specId));
  const added = specs.filter(({ id }) => {
    const isNew = !chosen.has(id);
    chosen.add(id);
    return isNew;
  });
  const room = Math.max(0, most - content.items.length);
  const items = added.slice(0, room).map(({ id, version }) => ({ specId: id, version, fit: null }));
  return {
    content: { ...content, items: [...content.items, ...items] },
    leftOut: added.length - items.length,
  };
}

/** An index outside the list changes nothing; so it is with every edit below. */
export function removeItem<Content extends WithItems>(content: Content, index: number): Content {
  return { ...content, items: content.items.filter((_, at) => at !== index) };
}

/** Takes an item out and puts it in again so that it stands at `to`; the ends of the list are the furthest. */
export function moveItem<Content extends WithItems>(content: Content, from: number, to: number): Content {
  const item = content.items[from];
  if (item === undefined) return content;
  const items = content.items.filter((_, at) => at !== from);
  items.splice(Math.max(0, Math.min(to, items.length)), 0, item);
  return { ...content, items };
}

/** The person has seen that the spec changed, and takes it as it is now. */
export function acceptChange<Content extends WithItems>(
  content: Content,
  index: number,
  version: number,
): Content {
  return changeItem(content, index, (item) => ({ ...item, version }));
}

/** The item goes back to the fit of its preset. */
export function dropOwnFit<Content extends WithItems>(content: Content, index: number): Content {
  return changeItem(content, index, (item) => ({ ...item, fit: null }));
}

function changeItem<Content extends WithItems>(
  content: Content,
  index: number,
  change: (item: PresetItem) => PresetItem,
): Content {
  return { ...content, items: content.items.map((item, at) => (at === index ? change(item) : item)) };
}
