/** The note above the wall when custom sizes were deleted, with the way to bring them back. */
import { isCustomSizeId } from '../../server/presets/preset.shared.ts';
import type { Keeper } from '../kept/keeper.ts';
import { announce } from './announce.ts';
import { addSpecs } from './changes.ts';
import { byId, setText } from './elements.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

/** `name` null: it was gone before this page heard of it. */
export interface GoneSize {
  id: string;
  name: string | null;
  wasOnWall: boolean;
}

/** Ids of the wall that are neither kept nor came with a link. */
export function missingSizes({ edits, customSizes, borrowedSizes }: State): string[] {
  const known = new Set([...customSizes, ...borrowedSizes].map(({ id }) => id));
  return edits.specIds.filter((id) => isCustomSizeId(id) && !known.has(id));
}

/** `“Shop tile” was deleted and has left the wall.` */
export function goneWords(gone: readonly GoneSize[]): string {
  const names = gone.flatMap(({ name }) => (name === null ? [] : [`“${name}”`]));
  if (names.length < gone.length) {
    return gone.length === 1
      ? 'A custom size of this wall does not exist any more.'
      : `${gone.length} custom sizes of this wall do not exist any more.`;
  }
  const deleted = `${new Intl.ListFormat('en').format(names)} ${gone.length === 1 ? 'was' : 'were'} deleted`;
  if (!gone.some(({ wasOnWall }) => wasOnWall)) return `${deleted}.`;
  return `${deleted}, so the wall shows ${gone.length === 1 ? 'it' : 'them'} no longer.`;
}

export function goneSizes(store: Store, coming: Promise<Keeper>): { show(gone: readonly GoneSize[]): void } {
  const note = byId('gone-sizes', HTMLElement);
  const bringBack = byId('bring-back', HTMLButtonElement);
  let shown: readonly GoneSize[] = [];

  bringBack.addEventListener('click', () => void restore(shown));
  byId('dismiss-gone', HTMLButtonElement).addEventListener('click', hide);

  function hide(): void {
    note.hidden = true;
    shown = [];
    byId('open-specs', HTMLElement).focus();
  }

  async function restore(sizes: readonly GoneSize[]): Promise<void> {
    const keeper = await coming;
    const outcomes = await Promise.all(sizes.map(({ id }) => keeper.restoreCustomSize(id)));
    const back = sizes.filter(({ wasOnWall }, index) => wasOnWall && outcomes[index]?.kind === 'saved');
    const failed = outcomes.find(({ kind }) => kind !== 'saved');
    store.change((state) =>
      addSpecs(
        state,
        back.map(({ id }) => id),
      ),
    );
    hide();
    if (failed?.kind === 'failed') announce(failed.reason);
    else announce(failed ? 'It can’t be brought back any more.' : 'Brought back.');
  }

  return {
    show(gone) {
      shown = [...(note.hidden ? [] : shown), ...gone];
      setText(byId('gone-sizes-words', HTMLElement), goneWords(shown));
      bringBack.hidden = shown.some(({ name }) => name === null);
      note.hidden = false;
    },
  };
}
