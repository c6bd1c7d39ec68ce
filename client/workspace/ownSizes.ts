/** The person's own sizes: made, changed and deleted from the workspace, and kept in step with where they are kept. */
import type { CustomSize } from '../../server/presets/preset.shared.ts';
import { createBrowserKeeper } from '../kept/browserKeeper.ts';
import type { Keeper } from '../kept/keeper.ts';
import { makeUuid } from '../kept/randomId.ts';
import { createBrowserStorage } from '../kept/storage.ts';
import { announce } from './announce.ts';
import type { Catalogue } from './catalogue.ts';
import { addSpecs, keepSizes } from './changes.ts';
import { openSizeDialog } from './customSizeDialog.ts';
import { showGoneSpecs } from './goneSpecs.ts';
import { failureWords } from './outcomeWords.ts';
import { readQuickSize } from './quickSize.ts';
import type { Store } from './store.ts';

export interface OwnSizes {
  /** Opens the form of one size, or of a new one; `at` gets the focus back. */
  edit(specId: string | null, at: HTMLElement): Promise<void>;
  remove(specId: string): Promise<void>;
  /** What a search for a size offers to make of it, or null: `Add 600 × 400 as a custom size`. */
  offer(query: string): string | null;
  /** Makes it and puts it on the wall. @returns what went wrong, or null */
  addQuick(query: string): Promise<string | null>;
}

/** `coming`: it takes a moment to know whether somebody is signed in. */
export function createOwnSizes(store: Store, catalogue: Catalogue, coming: Promise<Keeper>): OwnSizes {
  const here = createBrowserKeeper(createBrowserStorage(() => localStorage, window));
  const isKeptHere = (specId: string) => here.customSizes().some(({ id }) => id === specId);
  const gone = showGoneSpecs(store, catalogue, coming, isKeptHere);

  void coming.then((keeper) => {
    keeper.listen(() => follow(keeper.customSizes()));
    follow(keeper.customSizes());
  });

  /** What is deleted leaves the tiles and keeps its place on the wall, so that it can be brought back there. */
  function follow(sizes: readonly CustomSize[]): void {
    const { customSizes: before, edits } = store.get();
    store.change((state) => keepSizes(state, sizes));
    const lost = before.filter(({ id }) => edits.specIds.includes(id) && catalogue.find(id) === null);
    if (lost.length > 0) gone.tellDeleted(new Map(lost.map(({ id, name }) => [id, name])));
  }

  async function edit(specId: string | null, at: HTMLElement): Promise<void> {
    const keeper = await coming;
    const size = keeper.customSizes().find(({ id }) => id === specId) ?? null;
    openSizeDialog({ store, keeper, size, at });
  }

  async function remove(specId: string): Promise<void> {
    const keeper = await coming;
    const name = keeper.customSizes().find(({ id }) => id === specId)?.name ?? 'The custom size';
    const isOnWall = store.get().edits.specIds.includes(specId);
    const outcome = await keeper.deleteCustomSize(specId);
    if (outcome.kind === 'saved' || outcome.kind === 'gone') {
      const note = outcome.kind === 'saved' ? outcome.note : undefined;
      if (note) gone.tellErased(specId);
      if (!isOnWall) gone.tellDeleted(new Map([[specId, name]]));
      announce(note ?? `${name} deleted. Above the wall it can be brought back.`);
    } else if (outcome.kind === 'signedOut' || outcome.kind === 'failed') announce(failureWords(outcome));
  }

  function quickSize(query: string) {
    const content = readQuickSize(query);
    const isThere =
      content !== null &&
      store.get().customSizes.some(({ size }) => JSON.stringify(size) === JSON.stringify(content.size));
    return isThere ? null : content;
  }

  async function addQuick(query: string): Promise<string | null> {
    const content = quickSize(query);
    if (!content) return null;
    const outcome = await (await coming).saveCustomSize(content, null, makeUuid());
    if (outcome.kind === 'saved') {
      store.change((state) => addSpecs(state, [outcome.value.id]));
      announce(`${outcome.value.name} is on the wall now`);
      return null;
    }
    if (outcome.kind === 'changed') return null; // a new one has no other version
    const failure =
      outcome.kind === 'refused' ? Object.values(outcome.errors).join(' ') : failureWords(outcome);
    announce(failure);
    return failure;
  }

  return {
    edit,
    remove,
    offer(query) {
      const content = quickSize(query);
      return content && `Add ${content.name} as a custom size`;
    },
    addQuick,
  };
}
