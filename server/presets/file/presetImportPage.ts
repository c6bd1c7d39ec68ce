/** The models of the import page: the form, a file that was refused, and what became of one. */
import type { Catalogue } from '../../specs/catalogue.shared.ts';
import { countWords } from '../../specs/words.shared.ts';
import type { PresetFile } from './presetFile.shared.ts';
import type { FileFault } from './presetFileShape.shared.ts';
import type { Imported } from './presetImportedBefore.ts';
import type { ImportOutcome } from './presetImportQueries.ts';

export interface ShownImport {
  formKey: string;
  json: string;
  faults: readonly FileFault[];
  /** How many there are, of which `faults` may be the first ones. */
  count: number;
}

export function describeImportForm({ formKey, json, faults, count }: ShownImport) {
  return {
    title: [faults.length > 0 ? 'Error' : '', 'Import presets', 'All Img Fit'].filter(Boolean).join(' · '),
    pageScripts: ['account.js', 'presets.js'],
    pageStyles: ['presets.css'],
    formKey,
    json,
    faults,
    more: count - faults.length,
    result: null,
  };
}

/** @param file what was imported, for the specs that the catalogue does not have */
export function describeImported(
  { presets, customSizes, reused }: Imported,
  isRepeated: boolean,
  unknown: readonly string[],
) {
  return {
    title: 'Imported · Presets · All Img Fit',
    pageScripts: ['account.js', 'presets.js'],
    pageStyles: ['presets.css'],
    result: {
      heading: isRepeated ? 'This file was imported before' : 'Imported',
      lead: isRepeated
        ? 'The form was sent twice. Nothing was made a second time; this is what it had made.'
        : `${madeWords(presets.length, customSizes.length)} made.`,
      presets: presets.map(({ id, name, was }) => ({
        href: `/presets/${id}`,
        name,
        note: name === was ? '' : `was “${was}”: you have a preset of that name`,
      })),
      customSizes: customSizes.map(({ id, name, was }) => ({
        href: `/presets/sizes/${id}`,
        name,
        note: name === was ? '' : `was “${was}”: you have another custom size of that name`,
      })),
      reused: reused.join(', '),
      unknown: unknown.join(', '),
    },
  };
}

/** Ids of specs in the file that this catalogue does not have: they are kept, and skipped until it does. */
export function listUnknown({ presets }: PresetFile, catalogue: Catalogue): string[] {
  const ids = presets.flatMap(({ items }) =>
    items.flatMap((item) => (item.kind === 'spec' ? item.specId : [])),
  );
  return [...new Set(ids)].filter((id) => catalogue.find(id) === null);
}

/** Why a file that can be read was not imported. */
export function fullFault({ of, brought, free }: Extract<ImportOutcome, { kind: 'full' }>): FileFault {
  const things = of === 'presets' ? 'preset' : 'new custom size';
  const room = free === 0 ? 'there is no room for more' : `there is room for ${free} more`;
  return {
    path: '',
    message: `The file brings ${countWords(brought, things)}, and ${room}. Nothing was imported. Delete some first, or take fewer.`,
  };
}

/** `2 presets and 1 custom size`; without what is none of. */
function madeWords(presets: number, customSizes: number): string {
  const parts = [
    ...(presets > 0 ? [countWords(presets, 'preset')] : []),
    ...(customSizes > 0 ? [countWords(customSizes, 'custom size')] : []),
  ];
  return parts.join(' and ') || 'Nothing new was';
}
