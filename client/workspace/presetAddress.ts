/** Presets that come with the address: `?preset=` names one of the person's own, `#preset=` holds one that somebody shared. */

import type { CarriedPreset } from '../../server/presets/file/presetFileRules.shared.ts';
import { nameKey, withCopyName } from '../../server/presets/names.shared.ts';
import type { CustomSize, PresetContent } from '../../server/presets/preset.shared.ts';
import { readPresetLink } from '../../server/presets/presetLink.shared.ts';
import { countWords } from '../../server/specs/words.shared.ts';
import { onceKnown } from '../kept/keeper.ts';
import { makeUuid } from '../kept/randomId.ts';
import { announce } from './announce.ts';
import { byId, setText } from './elements.ts';
import { failureWords } from './outcomeWords.ts';
import { openedWords, type PresetActions, type PresetParts } from './presetActions.ts';
import { isSameSize } from './sameSize.ts';
import { missingItems, openPreset } from './wallPreset.ts';

/** Call it once it is known what the person has. */
export function openFromAddress(parts: PresetParts, actions: PresetActions): void {
  const { store, catalogue, keeper } = parts;
  const note = byId('link-offer', HTMLElement);
  const open = byId('link-open', HTMLButtonElement);
  const save = byId('link-save', HTMLButtonElement);
  const dismiss = byId('link-dismiss', HTMLButtonElement);
  let offered: CarriedPreset | null = null;

  open.addEventListener('click', () => {
    if (offered) openOffered(offered);
    close();
  });
  save.addEventListener('click', () => offered && void saveOffered(offered));
  dismiss.addEventListener('click', close);
  addEventListener('hashchange', readHash);
  openNamed();
  readHash();

  function openNamed(): void {
    const address = new URL(location.href);
    const id = address.searchParams.get('preset');
    if (id === null) return;
    address.searchParams.delete('preset');
    // Loaded anew, the wall is as it was left, not as it is saved.
    history.replaceState(history.state, '', address);
    onceKnown(keeper, () => {
      const preset = keeper.presets().find((kept) => kept.id === id);
      if (preset) actions.open(preset);
      else show(notYours);
    });
  }

  function readHash(): void {
    const read = readPresetLink(location.hash);
    if (read.kind === 'none') return;
    offered = read.kind === 'preset' ? read.preset : null;
    if (read.kind === 'refused') show(read.reason);
    else show(`Preset “${read.preset.name}” from a link: ${countWords(read.preset.items.length, 'spec')}.`);
  }

  function show(words: string): void {
    setText(byId('link-offer-words', HTMLElement), words);
    open.hidden = offered === null;
    save.hidden = offered === null;
    setText(dismiss, offered === null ? 'Close' : 'Not now');
    note.hidden = false;
    note.scrollIntoView({ block: 'nearest' });
    announce(words);
  }

  function close(): void {
    offered = null;
    note.hidden = true;
    const { pathname, search } = location;
    history.replaceState(history.state, '', pathname + search);
    byId('open-presets', HTMLElement).focus();
  }

  function openOffered(preset: CarriedPreset): PresetContent {
    const { content, borrowed } = unpack(preset, keeper.customSizes());
    store.change((state) => ({ ...state, borrowedSizes: [...state.borrowedSizes, ...borrowed] }));
    store.change((state) => openPreset(state, catalogue, { content, preset: null }));
    announce(openedWords(content, missingItems(content, catalogue)));
    return content;
  }

  async function saveOffered(preset: CarriedPreset): Promise<void> {
    const { name } = openOffered(preset);
    const names = keeper.presets().map((kept) => kept.name);
    const isTaken = names.some((taken) => nameKey(taken) === nameKey(name));
    const outcome = await actions.saveAs(isTaken ? withCopyName(name, names) : name, makeUuid());
    if (outcome.kind === 'saved') {
      close();
      announce(`Saved as ${outcome.value.name}, and on the wall now.`);
    } else if (outcome.kind === 'refused') show(Object.values(outcome.errors).join(' '));
    else if (outcome.kind !== 'changed') show(failureWords(outcome));
  }
}

const notYours =
  'The preset in this address is not among yours. It may have been deleted, or belong to another account.';

/** Custom sizes of a link have no ids: those that the person has already keep theirs, the others get one for this page. */
export function unpack(
  { items, ...rest }: CarriedPreset,
  own: readonly CustomSize[],
): { content: PresetContent; borrowed: CustomSize[] } {
  const borrowed: CustomSize[] = [];
  const unpacked = items.map((item) => {
    if (item.kind === 'spec') return { specId: item.specId, version: item.version, fit: item.fit };
    const known = own.find((size) => isSameSize(size, item.customSize));
    const size = known ?? { ...item.customSize, id: `my-${makeUuid()}`, version: 1 };
    if (!known) borrowed.push(size);
    return { specId: size.id, version: size.version, fit: item.fit };
  });
  return { content: { ...rest, items: unpacked }, borrowed };
}
