/** The model of the editor: the same for a new preset, a kept one, a draft that is not saved yet, and a form to mend. */

import { fitModes } from '../specs/fit.shared.ts';
import { matchesQuery } from '../specs/search.shared.ts';
import { formatWishes, type Spec } from '../specs/spec.shared.ts';
import { extraChoices } from './exportExtraWords.shared.ts';
import { backgroundNames, fitNames } from './fitWords.shared.ts';
import { type KnownSpecs, showItem, specName } from './knownSpecs.ts';
import { placeholders } from './nameTemplate.shared.ts';
import type { PresetContent, PresetItem, PresetLimits } from './preset.shared.ts';
import { comparePresets, type Difference, exportFormatNames } from './presetDifferences.shared.ts';
import type { PresetFields } from './presetForm.shared.ts';

export interface ShownEditor {
  /** null: saving makes a new one. */
  kept: { id: string; name: string; version: number } | null;
  /** For a new one: a random UUID. */
  formKey: string;
  fields: PresetFields;
  items: readonly PresetItem[];
  ticked?: readonly string[];
  query?: string;
  errors?: Record<string, string>;
  /** What the last button did. */
  said?: string;
  /** The id of the element at which the person goes on; empty: at the beginning. */
  focus?: string;
  /** Whether it differs from what is kept. */
  isDraft?: boolean;
  warning?: Warning | null;
  /** A link that holds the whole preset; null: it would be too long. Left out for what is not saved. */
  link?: string | null;
}

/** Why it could not be saved as it is, although nothing of it is wrong. */
export interface Warning {
  title: string;
  text: string;
  differences: Difference[];
  /** Another way out than saving; null: there is none. */
  other: { href: string; words: string } | null;
  /** What the button says that saves nevertheless. */
  go: string;
}

interface Around {
  known: KnownSpecs;
  limits: PresetLimits;
}

export function describeEditor(shown: ShownEditor, { known, limits }: Around) {
  const { kept, fields, items, errors = {}, warning = null } = shown;
  const heading = kept === null ? 'New preset' : kept.name;
  const isDraft = shown.isDraft ?? (Object.keys(errors).length > 0 || warning !== null);
  const state = Object.keys(errors).length > 0 ? 'Error' : isDraft ? 'Not saved' : '';
  const rows = items.map((item) => showItem(known, item));
  return {
    title: [state, heading, 'All Img Fit'].filter(Boolean).join(' · '),
    pageScripts: ['account.js', 'presets.js'],
    pageStyles: ['presets.css'],
    heading,
    kept,
    action: kept === null ? '/presets' : `/presets/${kept.id}`,
    hidden: kept === null ? [['formKey', shown.formKey]] : [['version', String(kept.version)]],
    values: fields,
    errors,
    warning,
    isDraft,
    said: shown.said ?? '',
    focus: shown.focus ?? '',
    items: rows,
    changed: rows.filter(({ isChanged }) => isChanged).length,
    most: limits.specsPerPreset,
    go: warning?.go ?? (kept === null ? 'Save the preset' : 'Save'),
    link: shown.link,
    choices,
    finder: describeFinder(shown, known),
  };
}

/** The list of specs to add: all groups closed, or those that the search found, open. */
function describeFinder({ items, ticked = [], query = '' }: ShownEditor, known: KnownSpecs) {
  const chosen = new Set(items.map(({ specId }) => specId));
  const ticks = new Set(ticked.filter((id) => known.find(id) !== null && !chosen.has(id)));
  const found = known.specs.filter((spec) => matchesQuery(spec, query));
  const shown = new Set(found.map(({ id }) => id));
  const groups = known.groups
    .map((name) => ({ name, specs: found.filter(({ group }) => group === name) }))
    .filter(({ specs }) => specs.length > 0);
  return {
    query,
    found: found.length,
    total: known.specs.length,
    /** Ticked before, and not among what is shown now. */
    hidden: [...ticks].filter((id) => !shown.has(id)),
    groups: groups.map(({ name, specs }) => ({
      name,
      count: specs.length,
      chosen: specs.filter(({ id }) => chosen.has(id)).length,
      isOpen: query !== '' || specs.some(({ id }) => ticks.has(id)),
      specs: specs.map((spec: Spec) => ({
        id: spec.id,
        name: spec.name,
        line: known.lineOf(spec),
        isChosen: chosen.has(spec.id),
        isTicked: ticks.has(spec.id),
      })),
    })),
  };
}

/** Somebody else saved since the form was made. */
export function describeConflict(
  { mine, now, ago }: { mine: PresetContent; now: PresetContent & { id: string }; ago: string },
  known: KnownSpecs,
): Warning {
  return {
    title: 'It was changed elsewhere',
    text: `This preset was saved ${ago}, in another tab or on another device, after you had opened it. Nothing was overwritten, and what you did is below.`,
    differences: differencesOf(mine, now, known),
    other: { href: `/presets/${now.id}`, words: 'Take the other, drop mine' },
    go: 'Keep mine',
  };
}

/** Going back in the browser brings the form of a new preset again, after it has made one. */
export function describeSentTwice(
  { mine, made }: { mine: PresetContent; made: PresetContent & { id: string } },
  known: KnownSpecs,
): Warning {
  return {
    title: 'This form was sent before',
    text: `It made the preset “${made.name}”. What you changed since is below.`,
    differences: differencesOf(mine, made, known),
    other: { href: `/presets/${made.id}`, words: `Open “${made.name}”` },
    go: 'Make a second one',
  };
}

/** It was deleted since the form was made, or since the form had made it. */
export function describeGone(name: string): Warning {
  return {
    title: 'It was deleted meanwhile',
    text: `“${name}” was deleted in another tab or on another device. What you did is below, and can be kept as a new preset.`,
    differences: [],
    other: { href: '/presets', words: 'Leave it deleted' },
    go: 'Keep it as a new preset',
  };
}

/** What is kept of it can't be read any more. */
export function describeUnreadable(name: string): Warning {
  return {
    title: 'What is kept can’t be read',
    text: `“${name}” is kept in a form that can’t be read here, so nothing was saved over it. What you did is below, and can be kept as a new preset of another name.`,
    differences: [],
    other: { href: '/presets', words: 'Leave it as it is' },
    go: 'Keep it as a new preset',
  };
}

function differencesOf(mine: PresetContent, other: PresetContent, known: KnownSpecs): Difference[] {
  return comparePresets(mine, other, (id) => {
    const spec = known.find(id);
    return spec === null ? id : specName(spec);
  });
}

const choices = {
  modes: fitModes.map((value) => ({ value, words: fitNames[value] })),
  backgrounds: (['colour', 'blur', 'transparent'] as const).map((value) => ({
    value,
    words: backgroundNames[value],
  })),
  formats: formatWishes.map((value) => ({ value, words: exportFormatNames[value] })),
  extras: extraChoices,
  placeholders: placeholders.map((name) => `{${name}}`).join(' '),
};
