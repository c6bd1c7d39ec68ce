/** Says in words what a crop keeps and what it cuts: `cuts 18 % of face 2`. */
import { thin } from '../../../server/specs/words.shared.ts';
import type { FocusBox } from './box.ts';
import { isWhole } from './must.ts';
import { namesOf } from './names.ts';
import type { Kept } from './placement.ts';
import type { Place } from './visible.ts';

export interface Outcome {
  boxes: readonly FocusBox[];
  must: readonly FocusBox[];
  kept: readonly Kept[];
  wish: Place;
  /** The share of the crop that is padding, 0..1. */
  padded: number;
}

/** Without a subject or a full stop, so that it can follow a spec's name. */
export function reasonFor({ boxes, must, kept, wish, padded }: Outcome): string {
  if (boxes.length === 0) return 'follows what stands out in the photo';
  if (must.length === 0)
    return 'follows what stands out in the photo; nothing was found that is sure to matter';
  const names = namesOf(boxes);
  const nameOf = ({ id, label }: FocusBox) => names.get(id) ?? label;
  const shareOf = (box: FocusBox) => kept.find(({ id }) => id === box.id)?.share ?? 0;
  const lost = must.filter((box) => !isWhole(shareOf(box)));
  const padding = padded > 0.001 ? `, with ${percent(padded)} padding` : '';
  if (lost.length === 0) return `keeps ${listed(must.map(nameOf))} whole${padding}`;
  const losses = lost.map((box) => {
    const share = shareOf(box);
    return share < 0.005 ? `all of ${nameOf(box)}` : `${percent(1 - share)} of ${nameOf(box)}`;
  });
  return `${hasUnsafePart(wish) ? 'cuts or covers' : 'cuts'} ${listed(losses)}${padding}`;
}

/** Of something that is cut, never 0 % and never 100 %. */
function percent(share: number): string {
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))}${thin}%`;
}

/** The place itself hides a part of the crop. */
function hasUnsafePart({ safeArea, mask }: Place): boolean {
  return safeArea !== null || mask === 'circle';
}

/** `a`, `a and b`, `a, b and c`. */
function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${last}` : last;
}
