/** The link that carries a wall in its fragment, which browsers never send: copied, or shown to be copied by hand. */
import { writePresetLink } from '../../server/presets/presetLink.shared.ts';
import type { PresetParts } from './presetActions.ts';
import { presetOfWall } from './wallPreset.ts';

export interface Shared {
  words: string;
  /** To be copied by hand; null when it is on the clipboard, or there is none. */
  link: string | null;
}

export async function shareWall({ store, catalogue, keeper }: PresetParts): Promise<Shared> {
  const state = store.get();
  const opened = keeper.presets().find(({ id }) => id === state.preset?.id);
  const content = presetOfWall(state, catalogue, opened?.name ?? 'Wall');
  if (catalogue.pick(state.edits.specIds).length === 0)
    return { words: 'There is no spec on the wall to share.', link: null };
  const sizes = [...state.customSizes, ...state.borrowedSizes];
  const hash = writePresetLink(content, sizes);
  if (hash === null)
    return {
      words: 'This wall is too large for a link. Take specs off it, or share it as a file.',
      link: null,
    };
  const link = `${location.origin}/generate${hash}`;
  try {
    await navigator.clipboard.writeText(link);
    return { words: 'Link copied. It holds the specs and settings of this wall, and no photo.', link: null };
  } catch {
    return { words: 'It holds the specs and settings of this wall, and no photo.', link };
  }
}
