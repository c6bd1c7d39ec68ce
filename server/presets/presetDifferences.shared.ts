/** Two versions of one preset, compared in words, for somebody who has to choose between them. */
import { extraChoices } from './exportExtraWords.shared.ts';
import { fitWords } from './fitWords.shared.ts';
import type { PresetContent, PresetItem } from './preset.shared.ts';

export interface Difference {
  /** `Name`, `Format` */
  what: string;
  mine: string;
  other: string;
}

/** @param nameOf a spec's name by its id */
export function comparePresets(
  mine: PresetContent,
  other: PresetContent,
  nameOf: (specId: string) => string,
): Difference[] {
  const [here, there] = [idsOf(mine), idsOf(other)];
  const names = (ids: string[]) => (ids.length === 0 ? 'none' : ids.map(nameOf).join(', '));
  const onlyHere = here.filter((id) => !there.includes(id));
  const onlyThere = there.filter((id) => !here.includes(id));
  const both = here.filter((id) => there.includes(id));
  const sameOrder = both.join() === there.filter((id) => here.includes(id)).join();
  return [
    { what: 'Name', mine: mine.name, other: other.name },
    { what: 'Specs in one of them alone', mine: names(onlyHere), other: names(onlyThere) },
    ...(sameOrder ? [] : [{ what: 'Order', mine: names(here), other: names(there) }]),
    ...both.flatMap((id) => compareItems(itemOf(mine, id), itemOf(other, id), nameOf)),
    { what: 'Fit', mine: fitWords(mine.fit), other: fitWords(other.fit) },
    {
      what: 'Format',
      mine: formatName(mine.settings.format),
      other: formatName(other.settings.format),
    },
    { what: 'Quality', mine: String(mine.settings.quality), other: String(other.settings.quality) },
    { what: 'File names', mine: mine.settings.template, other: other.settings.template },
    ...extraChoices.map(({ name, label }) => ({
      what: label,
      mine: onOrOff(mine.settings[name]),
      other: onOrOff(other.settings[name]),
    })),
  ].filter((difference) => difference.mine !== difference.other);
}

function compareItems(
  mine: PresetItem | undefined,
  other: PresetItem | undefined,
  nameOf: (specId: string) => string,
): Difference[] {
  if (mine === undefined || other === undefined) return [];
  const name = nameOf(mine.specId);
  const fitOf = (item: PresetItem) => (item.fit === null ? 'as the preset' : fitWords(item.fit));
  const seenOf = (item: PresetItem) => `version ${item.version}`;
  return [
    { what: `Fit of ${name}`, mine: fitOf(mine), other: fitOf(other) },
    { what: `Rules of ${name}`, mine: seenOf(mine), other: seenOf(other) },
  ];
}

function idsOf({ items }: PresetContent): string[] {
  return items.map(({ specId }) => specId);
}

function itemOf({ items }: PresetContent, id: string): PresetItem | undefined {
  return items.find(({ specId }) => specId === id);
}

function onOrOff(isOn: boolean): string {
  return isOn ? 'on' : 'off';
}

function formatName(format: PresetContent['settings']['format']): string {
  return exportFormatNames[format];
}

/** The choices of format for a whole export. */
export const exportFormatNames: Readonly<Record<PresetContent['settings']['format'], string>> = {
  auto: 'As each spec asks',
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
};
