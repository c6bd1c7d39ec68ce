/** The words by which a person knows the boxes: `face 2` is the second from the left. */
import type { FocusBox } from './box.ts';
import { middleOf } from './units.ts';

/** By id; a label that only one box has stays as it is. */
export function namesOf(boxes: readonly FocusBox[]): Map<string, string> {
  const ranked = boxes.toSorted((a, b) => middleOf(a.box).x - middleOf(b.box).x);
  const twins = (label: string) => ranked.filter((box) => box.label === label);
  return new Map(
    ranked.map((box) => {
      const alike = twins(box.label);
      return [box.id, alike.length > 1 ? `${box.label} ${alike.indexOf(box) + 1}` : box.label];
    }),
  );
}
