/** What is said aloud after the focus moved: `focus 34 % right, 40 % down; 2 of 14 specs pad`. */
import { thin } from '../../../server/specs/words.shared.ts';
import type { Point } from '../geometry.ts';
import type { Placement } from './placement.ts';

/** `placements`: one for each spec on the wall. */
export function spokenFocus(focal: Point, placements: readonly Pick<Placement, 'fits' | 'padded'>[]): string {
  const place = `focus ${percent(focal.x)} right, ${percent(focal.y)} down`;
  const padding = placements.filter(({ padded }) => padded > 0).length;
  const cutting = placements.filter(({ fits }) => !fits).length;
  return [place, counted(padding, 'pad'), counted(cutting, 'cut')].filter((part) => part !== '').join('; ');

  function counted(count: number, verb: string): string {
    if (count === 0) return '';
    const { length } = placements;
    return `${count} of ${length} ${length === 1 ? 'spec' : 'specs'} ${count === 1 ? `${verb}s` : verb}`;
  }
}

function percent(share: number): string {
  return `${Math.round(share * 100)}${thin}%`;
}
