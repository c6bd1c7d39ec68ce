/** What can be done with presets from the wall: open one, save the wall as a new one, or save it over the one it came from. */
import { nameKey, withCopyName } from '../../server/presets/names.shared.ts';
import type {
  CustomSize,
  ExportSettings,
  Preset,
  PresetContent,
} from '../../server/presets/preset.shared.ts';
import { countWords } from '../../server/specs/words.shared.ts';
import type { Base, Keeper, Outcome } from '../kept/keeper.ts';
import { makeUuid } from '../kept/randomId.ts';
import { announce } from './announce.ts';
import type { Catalogue } from './catalogue.ts';
import { renameSpecs } from './changes.ts';
import { isSameSize } from './sameSize.ts';
import type { Store } from './store.ts';
import { closePreset, missingItems, openPreset, presetOfWall } from './wallPreset.ts';

export interface PresetActions {
  /** Puts it on the wall in place of what is there; undo brings that back. */
  open(preset: Preset): void;
  /** Saves the wall as a new preset, which the wall is of from then on. */
  saveAs(name: string, formKey: string): Promise<Outcome<Preset>>;
  /** Saves the wall over the preset. `base` is the version that the person has seen. */
  update(base: Base & { name: string }): Promise<Outcome<Preset>>;
  /** Lets go of the preset: the specs stay, format, quality and names are the person's own again; undo opens it again. */
  close(): void;
}

export interface PresetParts {
  store: Store;
  catalogue: Catalogue;
  keeper: Keeper;
}

export function createPresetActions({ store, catalogue, keeper }: PresetParts): PresetActions {
  async function save(name: string, base: Base | null, formKey: string): Promise<Outcome<Preset>> {
    const failed = await keepBorrowed({ store, catalogue, keeper });
    if (failed) return failed;
    const outcome = await keeper.savePreset(presetOfWall(store.get(), catalogue, name), base, formKey);
    if (outcome.kind === 'saved')
      store.change((state) => ({
        ...state,
        preset: outcome.value,
        leftPreset: null,
        exportSettings: state.exportSettings ?? outcome.value.settings,
      }));
    return outcome;
  }

  return {
    open(preset) {
      store.change((state) => openPreset(state, catalogue, { content: preset, preset }));
      announce(openedWords(preset, missingItems(preset, catalogue)));
    },
    saveAs: (name, formKey) => save(name, null, formKey),
    update: ({ id, version, name }) => save(name, { id, version }, makeUuid()),
    close() {
      const name = store.get().preset?.name;
      store.change(closePreset);
      const { format, quality } = store.get().settings;
      announce(
        `${name ?? 'The preset'} closed. Its specs stay. ${settingsWords({ format, quality })} Undo opens it again.`,
      );
    },
  };
}

/** `missing`: how many of its specs are not there any more. */
export function openedWords({ name, items, settings }: PresetContent, missing: number): string {
  const there = countWords(items.length - missing, 'spec');
  const gone =
    missing === 0 ? '' : ` ${countWords(missing, 'spec')} of it ${missing === 1 ? 'is' : 'are'} not there.`;
  return `${name} opened: ${there}.${gone} ${settingsWords(settings)} Undo brings back the wall before.`;
}

function settingsWords({ format, quality }: Pick<ExportSettings, 'format' | 'quality'>): string {
  return `Format ${format === 'auto' ? 'as each spec asks' : format.toUpperCase()}, quality ${quality}.`;
}

/**
 * Custom sizes that came with a link become the person's own before a preset refers to them. One that the person has
 * already is used instead of a second one.
 * @returns what went wrong, or null
 */
async function keepBorrowed(parts: PresetParts): Promise<Outcome<Preset> | null> {
  const { store, keeper } = parts;
  const { edits, borrowedSizes } = store.get();
  const used = borrowedSizes.filter(({ id }) => edits.specIds.includes(id));
  const own = new Map<string, string>();
  for (const borrowed of used) {
    const same = keeper.customSizes().find((kept) => isSameSize(kept, borrowed));
    const outcome = same ? { kind: 'saved' as const, value: same } : await keepOne(borrowed, keeper);
    if (outcome.kind === 'changed') continue; // a new one has no other version
    if (outcome.kind === 'refused')
      return { kind: 'failed', reason: Object.values(outcome.errors).join(' ') };
    if (outcome.kind !== 'saved') return outcome;
    own.set(borrowed.id, outcome.value.id);
  }
  if (own.size > 0) store.change((state) => renameSpecs(state, own));
  return null;
}

function keepOne(
  { id: _, version: __, ...content }: CustomSize,
  keeper: Keeper,
): Promise<Outcome<CustomSize>> {
  const names = keeper.customSizes().map(({ name }) => name);
  const isTaken = names.some((name) => nameKey(name) === nameKey(content.name));
  const name = isTaken ? withCopyName(content.name, names) : content.name;
  return keeper.saveCustomSize({ ...content, name }, null, makeUuid());
}
