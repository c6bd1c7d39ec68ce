/** The models of the pages of one custom size: new, kept, refused, changed elsewhere, deleted. */
import { daysWords } from '../../pages/periods.shared.ts';
import type { CustomSize, CustomSizeContent } from '../preset.shared.ts';
import type { CustomSizeFields } from './customSizeFields.shared.ts';
import { customSizeWords } from './customSizeWords.shared.ts';

export interface ShownForm {
  /** The custom size that the form changes; null: it makes a new one. */
  kept: Pick<CustomSize, 'id' | 'name' | 'version'> | null;
  values: CustomSizeFields;
  errors: Record<string, string>;
  /** For a new one or a copy: a random UUID. */
  formKey: string;
  notice: string;
  conflict: Conflict | null;
  /** Names of the presets that have it. */
  presets: readonly string[];
}

interface Conflict {
  title: string;
  text: string;
  /** The heading over what is there now. */
  theirs: string;
  rows: { label: string; now: string; yours: string }[];
  /** Leads to what is there now. */
  address: string;
  other: string;
}

export function describeForm({ kept, values, errors, formKey, notice, conflict, presets }: ShownForm) {
  const heading = kept === null ? 'New custom size' : kept.name;
  const state = Object.keys(errors).length > 0 ? 'Error' : conflict === null ? notice : 'Not saved';
  return {
    title: [state, heading, 'All Img Fit'].filter(Boolean).join(' · '),
    pageScripts: ['account.js'],
    pageStyles: ['presets.css'],
    heading,
    notice,
    conflict,
    action: addressOf(kept),
    hidden: kept === null ? [['formKey', formKey]] : [['version', String(kept.version)]],
    values,
    errors,
    go: kept === null ? 'Make the custom size' : conflict === null ? 'Save' : 'Save mine over it',
    kept: kept && { formKey, users: usersWords(presets, '') },
  };
}

export function describeDeleted(
  { id, name }: Pick<CustomSize, 'id' | 'name'>,
  presets: readonly string[],
  { deletedDays, errors }: { deletedDays: number; errors: Record<string, string> },
) {
  return {
    title: `“${name}” is deleted · All Img Fit`,
    pageScripts: ['account.js'],
    pageStyles: ['presets.css'],
    name,
    users: usersWords(presets, ' They will skip it; undo brings it back.'),
    action: addressOf({ id }),
    errors,
    period: `It can be brought back for ${daysWords(deletedDays)}.`,
  };
}

/** Two tabs, or two devices: what is there now beside what was typed. */
export function describeConflict(now: CustomSize, yours: CustomSizeContent): Conflict {
  return {
    title: 'It was changed elsewhere',
    text: 'Another tab or device saved this custom size after you opened it. Nothing of it was overwritten, and what you typed is below.',
    theirs: 'As it is now',
    rows: compare(now, yours),
    address: addressOf(now),
    other: 'Take the other, drop mine',
  };
}

/** It was deleted elsewhere, and nothing can be saved over what is not there. */
export function describeWasDeleted(gone: Pick<CustomSize, 'id' | 'name'>): Conflict {
  return {
    title: 'It was deleted elsewhere',
    text: `Another tab or device deleted “${gone.name}” after you opened it. What you typed is below: send it to make a new one.`,
    theirs: '',
    rows: [],
    address: addressOf(gone),
    other: 'Bring the old one back instead',
  };
}

/** What is kept of it can't be read any more. */
export function describeUnreadable(kept: Pick<CustomSize, 'id' | 'name'>): Conflict {
  return {
    title: 'What is kept can’t be read',
    text: `“${kept.name}” is kept in a form that can’t be read here, so nothing was saved over it. What you typed is below: send it under another name to make a new one.`,
    theirs: '',
    rows: [],
    address: addressOf(kept),
    other: 'Look at what is kept',
  };
}

/** The form had made a custom size before, and now holds something else: going back in the browser does that. */
export function describeSentTwice(made: CustomSize, yours: CustomSizeContent): Conflict {
  return {
    title: 'This form was sent before',
    text: `It made “${made.name}”. What you typed since is below: send it once more to make a second one.`,
    theirs: 'What it made',
    rows: compare(made, yours),
    address: addressOf(made),
    other: `Open “${made.name}”`,
  };
}

function compare(now: CustomSizeContent, yours: CustomSizeContent): Conflict['rows'] {
  const typed = new Map(customSizeWords(yours).map(({ label, words }) => [label, words]));
  return customSizeWords(now)
    .map(({ label, words }) => ({ label, now: words, yours: typed.get(label) ?? '' }))
    .filter((row) => row.now !== row.yours);
}

/** `2 presets use it: A, B.`, and what follows; an empty string when none does. */
function usersWords(presets: readonly string[], rest: string): string {
  if (presets.length === 0) return '';
  const shown = presets.slice(0, mostNamed).join(', ');
  const more = presets.length > mostNamed ? ` and ${presets.length - mostNamed} more` : '';
  const count = presets.length === 1 ? '1 preset uses' : `${presets.length} presets use`;
  return `${count} it: ${shown}${more}.${rest}`;
}

const mostNamed = 10;

/** Of the page, and of the form that is sent to it. */
export function addressOf(kept: Pick<CustomSize, 'id'> | null): string {
  return kept === null ? '/presets/sizes' : `/presets/sizes/${kept.id}`;
}
