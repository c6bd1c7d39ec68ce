/** The presets in a panel: open one, save the wall, and share it by a link. */
import { nameKey } from '../../server/presets/names.shared.ts';
import type { Preset } from '../../server/presets/preset.shared.ts';
import { countWords } from '../../server/specs/words.shared.ts';
import type { Outcome } from '../kept/keeper.ts';
import { makeUuid } from '../kept/randomId.ts';
import { announce } from './announce.ts';
import { whileSaving } from './busyButton.ts';
import { byId, inside, setText } from './elements.ts';
import { failureWords } from './outcomeWords.ts';
import { placePanel } from './placePanel.ts';
import type { PresetActions, PresetParts } from './presetActions.ts';
import { createPresetList } from './presetList.ts';
import { shareWall } from './presetShare.ts';
import { differsFromPreset } from './wallPreset.ts';

/** @returns the way to open it */
export function showPresetMenu(parts: PresetParts, actions: PresetActions): () => void {
  const { store, catalogue, keeper } = parts;
  const menu = byId('preset-menu', HTMLDialogElement);
  const opener = byId('open-presets', HTMLButtonElement);
  const update = byId('preset-update', HTMLButtonElement);
  const clash = byId('preset-clash', HTMLElement);
  const form = byId('preset-save', HTMLFormElement);
  const name = byId('preset-name', HTMLInputElement);
  const list = createPresetList(keeper, { open: openAndClose, otherwise: name });
  let formKey = makeUuid();
  let isSaving = false;
  /** The other preset that saving would overwrite: of the same name, or changed elsewhere meanwhile. */
  let theirs: Preset | null = null;

  opener.addEventListener('click', open);
  menu.addEventListener('click', (event) => event.target === menu && menu.close());
  menu.addEventListener('close', () => {
    if (document.activeElement === document.body) opener.focus();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const named = keeper.presets().find((kept) => nameKey(kept.name) === nameKey(name.value));
    if (named)
      return showClash(
        named,
        `You have a preset “${named.name}” already: ${countWords(named.items.length, 'spec')}.`,
      );
    void attempt(inside(form, 'button', HTMLButtonElement), () => actions.saveAs(name.value, formKey));
  });
  update.addEventListener('click', () => {
    const preset = openedPreset();
    const version = store.get().preset?.version ?? 0;
    if (preset) void attempt(update, () => actions.update({ ...preset, version }));
  });
  const revert = byId('preset-revert', HTMLButtonElement);
  revert.addEventListener('click', () => {
    const preset = openedPreset();
    if (preset) openAndClose(preset);
  });
  byId('preset-close', HTMLButtonElement).addEventListener('click', () => {
    menu.close();
    actions.close();
  });
  const keepMine = byId('preset-keep-mine', HTMLButtonElement);
  keepMine.addEventListener('click', () => {
    const now = theirs;
    if (now) void attempt(keepMine, () => actions.update(now));
  });
  byId('preset-take-theirs', HTMLButtonElement).addEventListener(
    'click',
    () => theirs && openAndClose(theirs),
  );
  byId('preset-share', HTMLButtonElement).addEventListener(
    'click',
    () => void shareWall(parts).then(showShare),
  );

  function open(): void {
    theirs = null;
    showError('');
    showShare(null);
    list.forgetSearch();
    menu.showModal();
    show();
    placePanel(menu, opener);
    (list.current() ?? name).focus();
  }

  /** The preset that the wall is of, as it is kept now; null when there is none, or when it was deleted. */
  function openedPreset(): Preset | null {
    const opened = store.get().preset;
    return keeper.presets().find(({ id }) => id === opened?.id) ?? null;
  }

  function openAndClose(preset: Preset): void {
    menu.close();
    actions.open(preset);
  }

  async function attempt(button: HTMLElement, save: () => Promise<Outcome<Preset>>): Promise<void> {
    if (isSaving) return;
    isSaving = true;
    showError('');
    try {
      finish(await whileSaving(button, save()));
    } finally {
      isSaving = false;
    }
  }

  function finish(outcome: Outcome<Preset>): void {
    theirs = null;
    if (outcome.kind === 'changed') showClash(outcome.now, changedWords(outcome.now));
    else if (outcome.kind === 'saved') {
      formKey = makeUuid();
      name.value = '';
      menu.close();
      announce(`Saved as ${outcome.value.name}: ${countWords(outcome.value.items.length, 'spec')}`);
    } else if (outcome.kind === 'refused') showError(Object.values(outcome.errors).join(' '));
    else showError(failureWords(outcome));
    show();
  }

  function showClash(other: Preset, words: string): void {
    theirs = other;
    setText(byId('preset-clash-words', HTMLElement), words);
    show();
    clash.focus();
  }

  /** Said beside the name, since that is what can be mended here. */
  function showError(words: string): void {
    const error = byId('preset-name-error', HTMLElement);
    setText(error, words);
    error.hidden = words === '';
    name.setAttribute('aria-invalid', String(words !== ''));
    if (words !== '') name.focus();
  }

  /** `link` is the one that could not be copied by script; null hides the field. */
  function showShare(outcome: { words: string; link: string | null } | null): void {
    const words = byId('preset-share-words', HTMLElement);
    const field = byId('preset-share-field', HTMLElement);
    const link = byId('preset-share-link', HTMLInputElement);
    setText(words, outcome?.words ?? '');
    words.hidden = outcome === null;
    link.value = outcome?.link ?? '';
    field.hidden = link.value === '';
    if (!field.hidden) link.select();
    if (outcome) announce(outcome.words);
  }

  function show(): void {
    if (!menu.open) return;
    const opened = openedPreset();
    const state = store.get();
    setText(byId('preset-where', HTMLElement), keeper.isKnown ? whereWords[keeper.where] : unknownWords);
    showNow(opened, opened !== null && differsFromPreset(state, catalogue, state.preset ?? opened));
    clash.hidden = theirs === null;
    list.show(opened?.id ?? null);
    byId('preset-none', HTMLElement).hidden = !keeper.isKnown || keeper.presets().length > 0;
  }

  function showNow(opened: Preset | null, isChanged: boolean): void {
    const now = byId('preset-now', HTMLElement);
    now.hidden = theirs !== null || store.get().exportSettings === null;
    if (now.hidden) return;
    setText(byId('preset-now-words', HTMLElement), nowWords(opened, isChanged));
    update.hidden = !isChanged;
    revert.hidden = !isChanged;
    if (opened) setText(update, `Update “${opened.name}”`);
  }

  keeper.listen(show);
  return open;
}

const whereWords = {
  account: 'Kept with your account.',
  browser: 'Kept in this browser. Signed in, they are kept with your account and are there on every device.',
} as const;

const unknownWords =
  'The server can’t be reached just now. The presets of your account come here as soon as it answers.';

/** `opened` null: the wall came from a link, or its preset was deleted since or is not heard of yet. */
function nowWords(opened: Preset | null, isChanged: boolean): string {
  if (opened === null) return 'This wall has a format, quality and names of its own.';
  const words = `“${opened.name}” is open: its format, quality and names count here.`;
  return isChanged ? `${words} The wall differs from what is saved.` : words;
}

function changedWords({ name, items }: Preset): string {
  const now = `It has ${countWords(items.length, 'spec')} now.`;
  return `“${name}” was changed in another tab or on another device since it was opened here. ${now} Nothing was overwritten.`;
}
