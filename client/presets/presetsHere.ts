/** The presets and custom sizes of this browser, for somebody who is signed out: the list, and a way back from deleting. */
import { withCopyName } from '../../server/presets/names.shared.ts';
import type { CustomSize, Preset } from '../../server/presets/preset.shared.ts';
import { createBrowserKeeper } from '../kept/browserKeeper.ts';
import type { Outcome } from '../kept/keeper.ts';
import { keptChanged } from '../kept/keptChanged.ts';
import { makeUuid } from '../kept/randomId.ts';
import { createBrowserStorage, storageKeys } from '../kept/storage.ts';
import { createDeleteGuard } from './deleteGuard.ts';
import { showFilesHere } from './filesHere.ts';
import { readNamedSpecs, specFinder } from './namedSpecs.ts';
import { part, showWords } from './parts.ts';
import { editPreset } from './presetHereEditor.ts';
import { makePresetRow, makeSizeRow } from './presetHereRow.ts';

export function showPresetsHere(page: HTMLElement): void {
  const storage = createBrowserStorage(() => localStorage, window);
  storage.remove(storageKeys.account); // only who is signed out gets this page
  keptChanged();
  const keeper = createBrowserKeeper(storage);
  const catalogue = readNamedSpecs();
  const presetList = part(page, 'list');
  const sizeList = part(page, 'sizes');
  const said = part(page, 'said');
  const undo = part(page, 'undo');
  const guardRows = createDeleteGuard(page);
  /** The preset whose form is open. */
  let editedId: string | null = null;

  const find = (specId: string) => specFinder(catalogue, keeper.customSizes())(specId);

  function show(): void {
    const presets = keeper.presets();
    const sizes = keeper.customSizes();
    showWords(part(page, 'sum'), presets.length === 0 ? '' : `${presets.length} of ${keeper.limits.presets}`);
    part(page, 'none').hidden = presets.length > 0;
    presetList.hidden = presets.length === 0;
    part(page, 'sizes-section').hidden = sizes.length === 0;
    part(page, 'export-all').hidden = presets.length + sizes.length === 0;
    if (!presets.some(({ id }) => id === editedId)) editedId = null;
    const form = editedId === null ? null : presetList.querySelector('form')?.closest('li');
    presetList.replaceChildren(
      ...presets.map((preset) =>
        preset.id === editedId && form ? form : makePresetRow(preset, { find, sizes, acts }),
      ),
    );
    sizeList.replaceChildren(...sizes.map((size) => makeSizeRow(size, { remove: removeSize })));
  }

  const acts = {
    edit(preset: Preset): void {
      editedId = null;
      show();
      editedId = preset.id;
      editPreset(preset, { keeper, find, row: rowOf(preset.id), close: () => closeEditor(preset.id) });
    },
    async duplicate(preset: Preset): Promise<void> {
      const name = withCopyName(
        preset.name,
        keeper.presets().map((other) => other.name),
      );
      const outcome = await keeper.savePreset({ ...preset, name }, null, makeUuid());
      say(outcome, `The copy is “${name}”.`);
      if (outcome.kind === 'saved') focusName(outcome.value.id);
    },
    async remove(preset: Preset): Promise<void> {
      const next = rowOf(preset.id).nextElementSibling ?? rowOf(preset.id).previousElementSibling;
      const outcome = await keeper.deletePreset(preset.id);
      if (outcome.kind !== 'saved') return say(outcome, '');
      guardRows();
      if (outcome.note) return say(outcome, outcome.note);
      offerUndo(preset, () => keeper.restorePreset(preset.id));
      if (next === null) part(page, 'title').focus();
    },
    say: (words: string): void => showWords(said, words),
  };

  async function removeSize(size: CustomSize): Promise<void> {
    const outcome = await keeper.deleteCustomSize(size.id);
    if (outcome.kind !== 'saved') return say(outcome, '');
    guardRows();
    if (outcome.note) return say(outcome, outcome.note);
    offerUndo(size, () => keeper.restoreCustomSize(size.id));
  }

  function offerUndo(
    { id, name }: { id: string; name: string },
    restore: () => Promise<Outcome<null>>,
  ): void {
    showWords(said, '');
    const button = part(undo, 'restore');
    part(undo, 'words').textContent = `“${name}” is deleted. It can be brought back for a day.`;
    button.setAttribute('aria-label', `Undo: bring “${name}” back`);
    button.onclick = async () => {
      const outcome = await restore();
      undo.hidden = true;
      say(outcome, `“${name}” is back.`);
      focusName(id);
    };
    undo.hidden = false;
    button.focus();
  }

  /** What became of it; `done` when it went well. */
  function say(outcome: Outcome<unknown>, done: string): void {
    undo.hidden = true;
    showWords(said, wordsOf(outcome, done));
  }

  function rowOf(id: string): Element {
    return presetList.querySelector(`[data-id="${id}"]`) ?? presetList;
  }

  /** Its name, so that who hears the page knows where they are; the list's title when it is not there. */
  function focusName(id: string): void {
    const row = page.querySelector(`.kept__list [data-id="${id}"]`);
    if (row) part(row, 'name').focus();
    else part(page, 'title').focus();
  }

  function closeEditor(id: string): void {
    editedId = null;
    show();
    rowOf(id).querySelector<HTMLElement>('[data-part="edit"]')?.focus();
  }

  showFilesHere(page, { keeper, say: acts.say });
  keeper.listen(show);
  show();
}

function wordsOf(outcome: Outcome<unknown>, done: string): string {
  switch (outcome.kind) {
    case 'saved':
      return done;
    case 'refused':
      return Object.values(outcome.errors).join(' ');
    case 'failed':
      return outcome.reason;
    default:
      return 'Another tab has changed it meanwhile. This is how it is now.';
  }
}
