/** The note above the wall about specs that are not there (deleted, or unknown here): brought back, or taken off the wall. */
import { isCustomSizeId } from '../../server/presets/preset.shared.ts';
import { countWords } from '../../server/specs/words.shared.ts';
import { type Keeper, onceKnown } from '../kept/keeper.ts';
import { announce } from './announce.ts';
import type { Catalogue } from './catalogue.ts';
import { removeSpecs } from './changes.ts';
import { byId, setText } from './elements.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

/** `name` null: it was gone before this page heard of it. */
export interface GoneSpec {
  id: string;
  name: string | null;
  /** Its place on the wall is kept. */
  isOnWall: boolean;
  /**
   * Of a custom size without a name, where it may be: in this browser while an account is looked at, or with an account
   * while nobody is signed in.
   */
  place?: 'browser' | 'account' | undefined;
}

/** Ids of the wall that neither the catalogue nor the custom sizes know. They keep their places until they are removed. */
export function missingSpecs({ edits }: State, catalogue: Catalogue): string[] {
  return edits.specIds.filter((id) => catalogue.find(id) === null);
}

/** `“Shop tile” was deleted, so the wall shows it no longer.` or `2 specs are not there. …` */
export function goneWords(gone: readonly GoneSpec[]): string {
  const names = gone.flatMap(({ name }) => (name === null ? [] : [`“${name}”`]));
  if (names.length < gone.length) {
    const elsewhere = placeWords(gone);
    if (elsewhere) return elsewhere;
    return gone.length === 1
      ? '1 spec of this wall is not there. Its place is kept until you remove it.'
      : `${countWords(gone.length, 'spec')} of this wall are not there. Their places are kept until you remove them.`;
  }
  const deleted = `${new Intl.ListFormat('en').format(names)} ${gone.length === 1 ? 'was' : 'were'} deleted`;
  if (!gone.some(({ isOnWall }) => isOnWall)) return `${deleted}.`;
  return `${deleted}, so the wall shows ${gone.length === 1 ? 'it' : 'them'} no longer.`;
}

/** null when they are not all in one place. */
function placeWords(gone: readonly GoneSpec[]): string | null {
  const [one, isOne] = [gone[0], gone.length === 1];
  if (!one?.place || gone.some(({ place }) => place !== one.place)) return null;
  const sizes = isOne ? 'A custom size of this wall is' : `${gone.length} custom sizes of this wall are`;
  if (one.place === 'browser') return `${sizes} kept in this browser, not in your account.`;
  return `${sizes} not kept in this browser. If ${isOne ? 'it is' : 'they are'} with your account, sign in.`;
}

/** @returns what is to be told of custom sizes that were deleted while the page is open, by id */
export function showGoneSpecs(
  store: Store,
  catalogue: Catalogue,
  coming: Promise<Keeper>,
  isKeptHere: (id: string) => boolean,
): {
  tellDeleted(names: ReadonlyMap<string, string>): void;
  /** It was deleted, and there was no room to keep it. */
  tellErased(id: string): void;
} {
  const note = byId('gone-specs', HTMLElement);
  const bringBack = byId('bring-back', HTMLButtonElement);
  const remove = byId('remove-gone', HTMLButtonElement);
  const deleted = new Map<string, string>();
  const dismissed = new Set<string>();
  /** Deleted for good, or never theirs. */
  const beyond = new Set<string>();
  const erased = new Set<string>();
  let shown: readonly GoneSpec[] = [];
  let where: Keeper['where'] | null = null;

  bringBack.addEventListener('click', () => void restore(shown.filter(isRestorable)));
  remove.addEventListener('click', () => {
    const ids = shown.filter(({ isOnWall }) => isOnWall).map(({ id }) => id);
    for (const id of ids) deleted.delete(id);
    store.change((state) => removeSpecs(state, ids));
    announce(`${countWords(ids.length, 'spec')} removed from the wall.`);
    byId('open-specs', HTMLElement).focus();
  });
  byId('dismiss-gone', HTMLButtonElement).addEventListener('click', () => {
    for (const { id } of shown) dismissed.add(id);
    show();
    byId('open-specs', HTMLElement).focus();
  });
  store.listen((state, before) => {
    const isSame =
      state.edits.specIds === before.edits.specIds &&
      state.customSizes === before.customSizes &&
      state.borrowedSizes === before.borrowedSizes;
    if (!isSame) show();
  });
  byId('gone-offer', HTMLButtonElement).addEventListener('click', () => {
    byId('open-presets', HTMLButtonElement).click();
  });
  // The offer of the presets' panel comes a little later than the account's answer.
  new MutationObserver(() => show()).observe(byId('preset-import', HTMLElement), { childList: true });
  void coming.then((keeper) =>
    onceKnown(keeper, () => {
      // Before, custom sizes are only not heard of yet.
      where = keeper.where;
      show();
    }),
  );

  function isRestorable({ id, place }: GoneSpec): boolean {
    return isCustomSizeId(id) && !beyond.has(id) && place !== 'browser';
  }

  function placeOf(id: string): GoneSpec['place'] {
    if (!isCustomSizeId(id) || deleted.has(id)) return undefined;
    if (where === 'browser') return 'account';
    return isKeptHere(id) ? 'browser' : undefined;
  }

  async function restore(sizes: readonly GoneSpec[]): Promise<void> {
    const keeper = await coming;
    const outcomes = await Promise.all(sizes.map(({ id }) => keeper.restoreCustomSize(id)));
    for (const [index, { id }] of sizes.entries()) {
      const kind = outcomes[index]?.kind;
      if (kind === 'saved') deleted.delete(id);
      if (kind === 'gone') beyond.add(id);
    }
    const failed = outcomes.find(({ kind }) => kind !== 'saved');
    show();
    byId('open-specs', HTMLElement).focus();
    if (failed?.kind === 'failed') announce(failed.reason);
    else announce(failed ? 'It can’t be brought back any more.' : 'Brought back.');
  }

  function show(): void {
    if (where === null) return;
    const missing = missingSpecs(store.get(), catalogue);
    const off = [...deleted.keys()].filter((id) => !missing.includes(id) && catalogue.find(id) === null);
    shown = [...missing, ...off]
      .filter((id) => !dismissed.has(id))
      .map((id) => ({
        id,
        name: deleted.get(id) ?? null,
        isOnWall: missing.includes(id),
        place: placeOf(id),
      }));
    note.hidden = shown.length === 0;
    if (note.hidden) return;
    const noRoom = shown.some(({ id }) => erased.has(id)) ? ' There was no room to keep it for undo.' : '';
    setText(byId('gone-specs-words', HTMLElement), goneWords(shown) + noRoom);
    const hasOffer = byId('preset-import', HTMLElement).childElementCount > 0;
    byId('gone-offer', HTMLElement).hidden = !hasOffer || !shown.some(({ place }) => place === 'browser');
    byId('gone-sign-in', HTMLElement).hidden = !shown.some(({ place }) => place === 'account');
    bringBack.hidden = !shown.some(isRestorable);
    remove.hidden = !shown.some(({ isOnWall }) => isOnWall);
  }

  return {
    tellDeleted(names) {
      for (const [id, name] of names) {
        deleted.set(id, name);
        dismissed.delete(id);
      }
      show();
    },
    tellErased(id) {
      beyond.add(id);
      erased.add(id);
      show();
    },
  };
}
