/** Which boxes have to stay, and when one counts as kept. */
import type { FocusBox } from './box.ts';

/** Of an estimated box, a sliver of the edge is within its own error. */
const wholeShare = 0.985;

export function isWhole(share: number): boolean {
  return share >= wholeShare;
}

/** What a person drew or a file says must stay; of what was found, what weighs at least half of the heaviest, and something. */
export function isMust(box: FocusBox, all: readonly FocusBox[]): boolean {
  if (!box.enabled) return false;
  if (box.source !== 'auto') return true;
  const heaviest = Math.max(...all.filter(({ enabled }) => enabled).map(({ weight }) => weight));
  return box.weight >= 0.3 && box.weight >= heaviest / 2;
}
