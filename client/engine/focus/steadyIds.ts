/** Names for boxes that stay the same from one look to the next, so that what was switched off stays off. */
import type { FocusBox } from './box.ts';
import { overlapOf } from './overlap.ts';

/** Boxes of one kind that share this much are the same thing, seen again. */
const sameThing = 0.3;

/**
 * Gives each found box the id of the one before that it shows again, or the next number of its kind: `face-1`, from left to
 * right. Each id is given once.
 */
export function nameBoxes<T extends Omit<FocusBox, 'id'>>(
  found: readonly T[],
  before: readonly FocusBox[],
): (T & { id: string })[] {
  const free = new Set(before);
  const names = new Map<T, string>();
  for (const box of found) {
    const same = [...free]
      .filter(({ kind, source }) => kind === box.kind && source === box.source)
      .map((old) => ({ old, shared: overlapOf(old.box, box.box) }))
      .filter(({ shared }) => shared > sameThing)
      .sort((a, b) => b.shared - a.shared)[0]?.old;
    if (!same) continue;
    free.delete(same);
    names.set(box, same.id);
  }
  const taken = new Set(before.map(({ id }) => id));
  for (const box of [...found].sort((a, b) => a.box.x - b.box.x)) {
    if (names.has(box)) continue;
    let number = 1;
    while (taken.has(`${box.kind}-${number}`)) number += 1;
    taken.add(`${box.kind}-${number}`);
    names.set(box, `${box.kind}-${number}`);
  }
  return found.map((box) => ({ ...box, id: names.get(box) ?? '' }));
}
