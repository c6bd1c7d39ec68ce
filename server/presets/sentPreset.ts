/** What a request says about a preset: the fields of its form, and what goes with them. */
import { readList, readRaw } from '../http/form.ts';
import { readExtras, writeExtras } from './exportExtras.shared.ts';
import type { KnownSpecs } from './knownSpecs.ts';
import type { PresetContent, PresetItem, PresetLimits } from './preset.shared.ts';
import { actOnDraft, addTicked, type Draft, type DraftAct, readAct } from './presetDraft.ts';
import { type PresetFields, readPresetForm, writeItem, writePresetForm } from './presetForm.shared.ts';

export interface SentPreset {
  fields: PresetFields;
  /** Specs that are ticked, to be added. */
  ticked: string[];
  /** What is searched for among the specs. */
  query: string;
  /** null: it is to be saved. */
  act: DraftAct | null;
}

/** More than a name of the catalogue has. */
const longestQuery = 100;

/**
 * @param most so many ticks are looked at; no catalogue has more
 * @throws HttpError 422 when a field that is there once was sent twice
 */
export function readSentPreset(body: unknown, most = 1000): SentPreset {
  const read = (name: string) => readRaw(body, name);
  const query = read('q').trim().slice(0, longestQuery);
  // Return in the search field presses the first button of the form; it means to search when the words are new.
  const isSearch = read('do') === 'enter' && query !== read('shownQuery');
  return {
    fields: {
      name: read('name'),
      item: readList(body, 'item'),
      mode: read('mode'),
      background: read('background'),
      colour: read('colour'),
      enlarge: read('enlarge'),
      format: read('format'),
      quality: read('quality'),
      template: read('template'),
      ...writeExtras(readExtras((extra) => read(extra) === 'yes')),
    },
    ticked: [...new Set(readList(body, 'add'))].slice(0, most),
    query,
    act: isSearch ? { kind: 'find' } : readAct(read('do')),
  };
}

export interface CheckedPreset {
  /** null when there is something to mend. */
  content: PresetContent | null;
  errors: Record<string, string>;
  /** As typed. */
  fields: PresetFields;
  /** With those that were ticked. */
  items: readonly PresetItem[];
  /** Still to be added, because there is no room. */
  ticked: readonly string[];
}

/** The preset of a form that is to be saved. What is ticked is meant to be in it, also when nobody pressed the button for it. */
export function checkSent(
  { fields, ticked }: SentPreset,
  known: KnownSpecs,
  limits: Pick<PresetLimits, 'specsPerPreset'>,
): CheckedPreset {
  const asSent = readPresetForm(fields, limits);
  const added = addTicked({ items: asSent.draft.items, ticked, known, limits });
  const isReady = ticked.length === 0 || added.errors.items !== undefined;
  const form = isReady ? asSent : readPresetForm({ ...fields, item: added.items.map(writeItem) }, limits);
  const errors = { ...form.errors, ...added.errors };
  return {
    content: Object.keys(errors).length > 0 ? null : form.content,
    errors,
    fields: form.typed,
    items: added.items,
    ticked: added.ticked,
  };
}

/** The form after a button that saves nothing: what it did, and everything else as it was. */
export function readDraft(
  { fields, ticked, act }: SentPreset,
  known: KnownSpecs,
  limits: Pick<PresetLimits, 'specsPerPreset'>,
): Partial<Draft> & { fields: PresetFields; items: readonly PresetItem[]; isDraft: true } {
  const { typed, draft } = readPresetForm(fields, limits);
  const given = { items: draft.items, ticked, known, limits };
  const acted = act === null ? { items: draft.items, ticked } : actOnDraft(act, given);
  return { ...acted, fields: typed, isDraft: true };
}

/** Whether both say the same. */
export function isSamePreset(one: PresetContent, other: PresetContent): boolean {
  return JSON.stringify(writePresetForm(one)) === JSON.stringify(writePresetForm(other));
}
