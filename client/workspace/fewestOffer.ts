/** "Fewest files": offered with the count where one file would serve several specs, and the number of files that an export gives. */
import { countWords } from '../../server/specs/words.shared.ts';
import type { Catalogue } from './catalogue.ts';
import { changeSettings } from './changes.ts';
import { byId, setText } from './elements.ts';
import { countFewest } from './planJobs.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

export interface FewestOffer {
  /** Of an export of the whole wall; null while it is counted. */
  countFiles(state: State): number | null;
}

interface OfferParts {
  store: Store;
  catalogue: Catalogue;
  /** Called when the files were counted. */
  onCount(): void;
}

/** A drag changes the crops with every frame; they are counted when it rests. */
const restMs = 250;
/** Counting takes some milliseconds per thousand. */
const mostCounted = 6000;

export function offerFewestFiles({ store, catalogue, onCount }: OfferParts): FewestOffer {
  const offer = byId('fewest-offer', HTMLElement);
  const box = byId('fewest-files', HTMLInputElement);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let counted: { of: State; files: number } | null = null;

  box.addEventListener('change', () => {
    store.change((state) => changeSettings(state, { fewestFiles: box.checked }));
  });

  function usesOf({ edits, photos }: State): number {
    return catalogue.pick(edits.specIds).length * photos.length;
  }

  function count(): void {
    const state = store.get();
    const { edits, photos } = state;
    if (photos.some(({ size }) => !size)) return;
    counted = { of: state, files: countFewest(state, catalogue, { specIds: edits.specIds, photos }) };
    show(state);
    onCount();
  }

  function show(state: State): void {
    const uses = usesOf(state);
    const files = isCounted(state) ? (counted?.files ?? uses) : uses;
    const isOn = state.settings.fewestFiles;
    box.checked = isOn;
    if (!isCounted(state) && uses > 0) return; // what was said stays until it is known again
    offer.hidden = uses === 0 || (files === uses && !isOn);
    const instead = isOn ? ` for ${countWords(uses, 'use')}` : ` instead of ${uses}`;
    setText(byId('fewest-count', HTMLElement), `${countWords(files, 'file')}${instead}`);
  }

  function isCounted(state: State): boolean {
    return (
      counted !== null &&
      decidesFiles.every((part) => counted?.of[part] === state[part]) &&
      isSameShare(state)
    );
  }

  function isSameShare({ settings }: State): boolean {
    const of = counted?.of.settings;
    return of?.format === settings.format && of.quality === settings.quality;
  }

  store.listen((state) => {
    show(state);
    const uses = usesOf(state);
    if (uses < 2 || uses > mostCounted || isCounted(state)) return;
    clearTimeout(waiting);
    waiting = setTimeout(count, restMs);
  });

  return {
    countFiles(state) {
      if (!state.settings.fewestFiles) return usesOf(state);
      return isCounted(state) ? (counted?.files ?? null) : null;
    },
  };
}

/** What else of the state makes the files; settings are compared by what counts of them. */
const decidesFiles = ['photos', 'edits', 'exportSettings', 'customSizes', 'borrowedSizes'] as const;
