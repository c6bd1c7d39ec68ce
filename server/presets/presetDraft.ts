/** What a button of the editor does to the form it is in, before anything is saved. */
import { type KnownSpecs, specName } from './knownSpecs.ts';
import type { PresetItem, PresetLimits } from './preset.shared.ts';
import { acceptChange, addSpecs, dropOwnFit, moveItem, removeItem } from './presetEdits.shared.ts';
import { tooManySpecs } from './presetForm.shared.ts';

interface ItemAct {
  kind: 'up' | 'down' | 'remove' | 'accept' | 'sameFit';
  index: number;
}

export type DraftAct = ItemAct | { kind: 'acceptAll' | 'add' | 'find' };

export interface Draft {
  items: readonly PresetItem[];
  /** What was done, for the live region. */
  said: string;
  /** The id of the element at which the person goes on. */
  focus: string;
  /** Field name -> sentence. */
  errors: Record<string, string>;
  /** Ticked specs that are still to be added. */
  ticked: readonly string[];
}

interface Given {
  items: readonly PresetItem[];
  /** Ids that are ticked in the list of specs to add. */
  ticked: readonly string[];
  known: KnownSpecs;
  limits: Pick<PresetLimits, 'specsPerPreset'>;
}

/** `up:3` -> the act; null when the button saves, or is none of ours. */
export function readAct(value: string): DraftAct | null {
  const [, kind = '', number = ''] = /^(\w+)(?::(\d{1,3}))?$/.exec(value) ?? [];
  if (kind === 'acceptAll' || kind === 'add' || kind === 'find') return { kind };
  const known = (['up', 'down', 'remove', 'accept', 'sameFit'] as const).find((one) => one === kind);
  return known === undefined || number === '' ? null : { kind: known, index: Number(number) };
}

export function actOnDraft(act: DraftAct, given: Given): Draft {
  const { items, known, ticked } = given;
  const draft: Draft = { items, said: '', focus: '', errors: {}, ticked };
  if (act.kind === 'add') return addTicked(given);
  if (act.kind === 'find') return { ...draft, focus: 'preset-found' };
  if (!('index' in act)) {
    const accepted = items.map((item) => ({ ...item, version: currentVersion(known, item) }));
    return { ...draft, items: accepted, said: 'All changes are accepted.', focus: 'preset-items' };
  }
  const item = items[act.index];
  return item === undefined ? draft : { ...draft, ...actOnItem(act, item, given) };
}

function actOnItem(
  { kind, index }: ItemAct,
  item: PresetItem,
  { items, known }: Given,
): Pick<Draft, 'items' | 'said' | 'focus'> {
  const name = nameOf(known, item.specId);
  switch (kind) {
    case 'up':
    case 'down': {
      const to = Math.max(0, Math.min(index + (kind === 'up' ? -1 : 1), items.length - 1));
      const said =
        to === index
          ? `${name} is ${kind === 'up' ? 'first' : 'last'} already.`
          : `${name} moved ${kind}: now ${to + 1} of ${items.length}.`;
      return { ...moveItem({ items }, index, to), said, focus: `${kind}-${item.specId}` };
    }
    case 'remove': {
      const left = removeItem({ items }, index).items;
      const next = left[index] ?? left.at(-1);
      return {
        items: left,
        said: `${name} is removed.`,
        focus: next === undefined ? 'preset-items' : `remove-${next.specId}`,
      };
    }
    case 'accept': {
      const version = currentVersion(known, item);
      const said = `${name}: the change is accepted.`;
      return { ...acceptChange({ items }, index, version), said, focus: `up-${item.specId}` };
    }
    case 'sameFit':
      return {
        ...dropOwnFit({ items }, index),
        said: `${name} has the fit of the preset.`,
        focus: `up-${item.specId}`,
      };
  }
}

/** Puts the ticked specs at the end; when there is no room for all of them, none is added. */
export function addTicked({ items, ticked, known, limits }: Given): Draft {
  const { content, leftOut } = addSpecs({ items }, known.pick(ticked), limits.specsPerPreset);
  const added = content.items.length - items.length;
  if (leftOut > 0) {
    const sentence = tooManySpecs(content.items.length + leftOut, limits.specsPerPreset);
    return { items, said: '', focus: '', errors: { items: sentence }, ticked };
  }
  const said =
    added === 0
      ? 'No spec was ticked. Tick those to add.'
      : `${added} ${added === 1 ? 'spec is' : 'specs are'} added.`;
  const focus = added === 0 ? 'preset-found' : 'preset-q'; // the next ones are looked for where these were
  return { items: content.items, said, focus, errors: {}, ticked: [] };
}

function currentVersion(known: KnownSpecs, { specId, version }: PresetItem): number {
  return Math.max(version, known.find(specId)?.version ?? version);
}

function nameOf(known: KnownSpecs, specId: string): string {
  const spec = known.find(specId);
  return spec === null ? specId : specName(spec);
}
