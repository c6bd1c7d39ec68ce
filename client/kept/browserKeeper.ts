/** Keeps presets and custom sizes in this browser, for somebody who is signed out. The forms' rules are those of the server. */
import {
  readCustomSizeForm,
  writeCustomSizeForm,
} from '../../server/presets/customSizes/customSizeForm.shared.ts';
import {
  type CustomSize,
  type CustomSizeContent,
  customSizePrefix,
  type Preset,
  type PresetContent,
  type PresetLimits,
} from '../../server/presets/preset.shared.ts';
import { readPresetForm, writePresetForm } from '../../server/presets/presetForm.shared.ts';
import {
  type Act,
  besideThings,
  list,
  remove,
  removeForGood,
  restore,
  type ShelfKind,
  save,
} from './browserShelf.ts';
import type { Keeper, Outcome } from './keeper.ts';
import { inOrderOfNames, parseCustomSize, parsePreset } from './keptThings.ts';
import { asList, parseObject } from './looseJson.ts';
import { makeUuid } from './randomId.ts';
import { type BrowserStorage, storageKeys } from './storage.ts';

/** As many as an account may have where nobody configured another number; the storage of a browser holds about 5 MB. */
const browserLimits: PresetLimits = { presets: 200, specsPerPreset: 60, customSizes: 200 };

const off =
  'This browser keeps nothing for this site: its storage is switched off. Sign in to keep it with an account.';
const fullUp =
  'The storage of this browser is full. Delete presets that you don’t need, or sign in to keep them with an account.';

type Name = 'presets' | 'customSizes';

export function createBrowserKeeper(storage: BrowserStorage, now: () => number = Date.now): Keeper {
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };

  const readAll = () => parseObject(storage.read(storageKeys.presets));
  const entriesOf = (name: Name) => asList(readAll()[name]);

  /** Reads what is there now, as another tab may have left it, and writes it again in the same turn. */
  function act<Value>(
    name: Name,
    decide: (entries: readonly unknown[]) => Act<Value>,
    whenFull?: (entries: readonly unknown[]) => Act<Value>,
  ): Outcome<Value> {
    const kept = readAll();
    const { entries, outcome } = decide(asList(kept[name]));
    if (entries === null) return outcome;
    const written = storage.write(
      storageKeys.presets,
      JSON.stringify({ ...kept, version: 1, [name]: entries }),
    );
    if (written === 'full' && whenFull) return act(name, whenFull);
    if (written !== 'written') return { kind: 'failed', reason: written === 'full' ? fullUp : off };
    tell();
    return outcome;
  }

  /** The mark of what was deleted takes room too, and a full storage has none. */
  function erase(name: Name, id: string): Outcome<null> {
    return act(
      name,
      (entries) => remove(entries, id, now()),
      (entries) => removeForGood(entries, id),
    );
  }

  storage.listen(storageKeys.presets, tell);
  return {
    where: 'browser',
    limits: browserLimits,
    isKnown: true,
    presets: () => inOrderOfNames(list(presetKind, entriesOf('presets'))),
    customSizes: () => inOrderOfNames(list(customSizeKind, entriesOf('customSizes'))),
    savePreset: async (content, base, formKey) =>
      act('presets', (entries) => save(presetKind, entries, { content, base, formKey })),
    saveCustomSize: async (content, base, formKey) =>
      act('customSizes', (entries) => save(customSizeKind, entries, { content, base, formKey })),
    deletePreset: async (id) => erase('presets', id),
    restorePreset: async (id) => act('presets', (entries) => restore(presetKind, entries, id)),
    deleteCustomSize: async (id) => erase('customSizes', id),
    restoreCustomSize: async (id) => act('customSizes', (entries) => restore(customSizeKind, entries, id)),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const presetKind: ShelfKind<PresetContent, Preset> = {
  parse: (entry) => parsePreset(entry, besideThings),
  check: (content) => readPresetForm(writePresetForm(content), browserLimits),
  build: ({ name, items, fit, settings }, { id, version }) => ({ id, version, name, items, fit, settings }),
  makeId: makeUuid,
  most: browserLimits.presets,
  taken: 'You have a preset of this name already. Choose another name.',
  full: `This browser keeps ${browserLimits.presets} presets, and there is no room for more. Delete one first.`,
};

const customSizeKind: ShelfKind<CustomSizeContent, CustomSize> = {
  parse: (entry) => parseCustomSize(entry, besideThings),
  check: (content) => readCustomSizeForm(writeCustomSizeForm(content)),
  build: (content, { id, version }) =>
    parseCustomSize({ ...content, id, version }) ?? { ...content, id, version },
  makeId: () => customSizePrefix + makeUuid(),
  most: browserLimits.customSizes,
  taken: 'You have a custom size of this name already. Choose another name.',
  full: `This browser keeps ${browserLimits.customSizes} custom sizes, and there is no room for more. Delete one first.`,
};
