/** The form of a preset: its fields -> the preset or what has to be mended, and back. The same on the server and in the page. */
import { checkText, unknownChoice } from '../http/text.shared.ts';
import { type Background, type Fit, fitModes } from '../specs/fit.shared.ts';
import { formatWishes } from '../specs/spec.shared.ts';
import { type ExportExtra, readExtras, writeExtras } from './exportExtras.shared.ts';
import { checkTemplate, longestTemplate } from './nameTemplate.shared.ts';
import {
  type ExportSettings,
  longestName,
  type PresetContent,
  type PresetItem,
  type PresetLimits,
} from './preset.shared.ts';
import { presetItemShape } from './presetShape.shared.ts';

/**
 * As a form sends them: every field once, `item` as often as there are items and in their order. What an export does beside is `yes`,
 * or empty.
 */
export interface PresetFields extends Record<ExportExtra, string> {
  name: string;
  /** Each a PresetItem as JSON. */
  item: readonly string[];
  mode: string;
  background: string;
  /** `#rrggbb`; counts with the background `colour` alone. */
  colour: string;
  /** `yes`, or empty. */
  enlarge: string;
  format: string;
  quality: string;
  template: string;
}

export interface PresetForm {
  /** null when there is something to mend. */
  content: PresetContent | null;
  /** What of the form can be read, for showing it again: items as they were sent, choices or their defaults. */
  draft: Pick<PresetContent, 'items' | 'fit'>;
  /** Field name -> sentence, in the order of the form. */
  errors: Record<string, string>;
  /** As typed, with what can't be shown taken out. */
  typed: PresetFields;
}

const backgroundKinds = ['colour', 'blur', 'transparent'] as const;
/** @param limits of the person: how many specs a preset may have */
export function readPresetForm(
  fields: PresetFields,
  { specsPerPreset }: Pick<PresetLimits, 'specsPerPreset'>,
): PresetForm {
  const name = checkText(fields.name, { label: 'The name', min: 1, max: longestName });
  const { items, fault: itemsFault } = readItems(fields.item, specsPerPreset);
  const { fit, faults: fitFaults } = readFit(fields);
  const { settings, faults: settingsFaults, template } = readSettings(fields);
  const faults = { name: name.fault, items: itemsFault, ...fitFaults, ...settingsFaults };
  const errors = Object.fromEntries(
    Object.entries(faults).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  return {
    content: Object.keys(errors).length > 0 ? null : { name: name.text, items, fit, settings },
    draft: { items, fit },
    errors,
    typed: {
      ...fields,
      name: name.text,
      item: items.map(writeItem),
      template,
      quality: fields.quality.slice(0, 5),
    },
  };
}

/** The fields that `readPresetForm` reads as this content. */
export function writePresetForm({ name, items, fit, settings }: PresetContent): PresetFields {
  return {
    name,
    item: items.map(writeItem),
    mode: fit.mode,
    background: fit.background.kind,
    colour: fit.background.kind === 'colour' ? fit.background.colour : '#ffffff',
    enlarge: fit.enlarge ? 'yes' : '',
    format: settings.format,
    quality: String(settings.quality),
    template: settings.template,
    ...writeExtras(settings),
  };
}

/** One field `item`. */
export function writeItem({ specId, version, fit }: PresetItem): string {
  return JSON.stringify({ specId, version, fit });
}

/** How many specs a preset may have, said to somebody who wants more. */
export function tooManySpecs(count: number, most: number): string {
  return `A preset holds ${most} specs at most, and this would be ${count}. Take some out first.`;
}

/** Items of a spec that came before, and what is no item, are left out: only a form that is not ours has them. */
function readItems(sent: readonly string[], most: number): { items: PresetItem[]; fault: string | null } {
  const parsed = sent.map(parseItem);
  const known = parsed.filter((item) => item !== null);
  const items = known.filter(
    ({ specId }, index) => known.findIndex((other) => other.specId === specId) === index,
  );
  const fault =
    items.length < sent.length
      ? 'The list of specs could not be read as it was sent. Look at it again.'
      : items.length === 0
        ? 'Add at least one spec.'
        : items.length > most
          ? tooManySpecs(items.length, most)
          : null;
  return { items, fault };
}

function parseItem(text: string): PresetItem | null {
  try {
    const item = presetItemShape.safeParse(JSON.parse(text));
    return item.success ? item.data : null;
  } catch {
    return null;
  }
}

type Faults = Record<string, string | null>;

/** The fit of the fields `mode`, `background`, `colour` and `enlarge`; what is unknown falls back to the default, with a fault. */
export function readFit({
  mode,
  background,
  colour,
  enlarge,
}: Pick<PresetFields, 'mode' | 'background' | 'colour' | 'enlarge'>): { fit: Fit; faults: Faults } {
  const knownMode = fitModes.find((known) => known === mode);
  const kind = backgroundKinds.find((known) => known === background);
  const isColour = /^#[0-9a-f]{6}$/i.test(colour);
  const behind: Background =
    kind === 'blur' || kind === 'transparent'
      ? { kind }
      : { kind: 'colour', colour: isColour ? colour.toLowerCase() : '#ffffff' };
  const isRightColour = isColour || behind.kind !== 'colour';
  return {
    fit: { mode: knownMode ?? 'cover', enlarge: enlarge === 'yes', background: behind },
    faults: {
      mode: knownMode ? null : unknownChoice,
      background: kind ? null : unknownChoice,
      colour: isRightColour ? null : 'A colour is written like #ffffff.',
    },
  };
}

function readSettings(fields: PresetFields): { settings: ExportSettings; faults: Faults; template: string } {
  const format = formatWishes.find((known) => known === fields.format);
  const typedQuality = fields.quality.trim();
  const quality = /^\d{1,3}$/.test(typedQuality) ? Number(typedQuality) : 0;
  const isQuality = quality >= 1 && quality <= 100;
  const template = checkText(fields.template, { label: 'The file name', max: longestTemplate });
  const check = checkTemplate(template.text);
  return {
    settings: {
      format: format ?? 'auto',
      quality,
      template: template.text,
      ...readExtras((extra) => fields[extra] === 'yes'),
    },
    faults: {
      format: format ? null : unknownChoice,
      quality: isQuality ? null : 'Quality is a whole number from 1 to 100.',
      template: template.fault ?? (check.ok ? null : check.reason),
    },
    template: template.text,
  };
}
