/** The form of the preferences: its fields -> the preferences or what has to be mended, and its lists. */
import { collectErrors } from '../auth/authForms.ts';
import { readRaw, readText } from '../http/form.ts';
import { unknownChoice } from '../http/text.shared.ts';
import { readExtras } from '../presets/exportExtras.shared.ts';
import { extraChoices } from '../presets/exportExtraWords.shared.ts';
import { checkTemplate, longestTemplate } from '../presets/nameTemplate.shared.ts';
import { units } from '../presets/preset.shared.ts';
import { formatWishes } from '../specs/spec.shared.ts';
import { formatWords } from '../specs/words.shared.ts';
import { defaultPreferences, detections, isQuality, type Preferences, themes } from './preferences.shared.ts';

export interface PreferenceForm {
  value: Preferences;
  /** As typed, for the page that asks to mend it. */
  typed: { quality: string; template: string };
  /** Field name -> sentence. */
  errors: Record<string, string>;
}

/** @throws HttpError 422 when a field was sent twice */
export function readPreferences(body: unknown): PreferenceForm {
  const read = (name: string) => readText(body, name, { label: 'The choice', max: 20 }).text;
  const theme = themes.find((known) => known === read('theme'));
  const format = formatWishes.find((known) => known === read('format'));
  const detection = detections.find((known) => known === read('detection'));
  const unit = units.find((known) => known === read('units'));
  const typedQuality = read('quality');
  const quality = /^\d{1,3}$/.test(typedQuality) ? Number(typedQuality) : Number.NaN;
  const template = readText(body, 'template', { label: 'The file name', max: longestTemplate });
  const check = checkTemplate(template.text);
  const errors = collectErrors({
    theme: theme ? null : unknownChoice,
    detection: detection ? null : unknownChoice,
    units: unit ? null : unknownChoice,
    format: format ? null : unknownChoice,
    quality: isQuality(quality) ? null : 'Quality is a whole number from 1 to 100.',
    template: template.fault ?? (check.ok ? null : check.reason),
  });
  return {
    value: {
      theme: theme ?? defaultPreferences.theme,
      format: format ?? defaultPreferences.format,
      quality: isQuality(quality) ? quality : defaultPreferences.quality,
      detection: detection ?? defaultPreferences.detection,
      units: unit ?? defaultPreferences.units,
      template: errors.template === undefined ? template.text : defaultPreferences.template,
      ...readExtras((extra) => read(extra) === 'yes'),
    },
    typed: { quality: typedQuality, template: template.text },
    errors,
  };
}

/**
 * How long ago the preferences were changed, in milliseconds, from a browser that sends them by itself: its clock may be
 * wrong, but both times are by that clock. null: it does not say so, and they count in any case. At most ten years.
 */
export function readAge(body: unknown): number | null {
  const text = readRaw(body, 'age');
  return /^\d{1,15}$/.test(text) ? Math.min(Number(text), longestAge) : null;
}

const longestAge = 10 * 365 * 24 * 60 * 60 * 1000;

interface Choice {
  name: string;
  label: string;
  value: string;
  options: { value: string; words: string }[];
}

/** The boxes of the form, in their order. */
export function preferenceBoxes(preferences: Preferences) {
  return extraChoices.map((choice) => ({ ...choice, isOn: preferences[choice.name] }));
}

/** The lists of the form, in its order, each with what is chosen. */
export function preferenceChoices({ theme, format, detection, units: unit }: Preferences): Choice[] {
  const toOptions = (values: readonly string[]) =>
    values.map((value) => ({ value, words: optionWords[value] ?? value }));
  return [
    { name: 'theme', label: 'Theme', value: theme, options: toOptions(themes) },
    { name: 'detection', label: 'Focal point', value: detection, options: toOptions(detections) },
    { name: 'units', label: 'Units of new sizes', value: unit, options: toOptions(units) },
    { name: 'format', label: 'Format', value: format, options: toOptions(formatWishes) },
  ];
}

const optionWords: Record<string, string> = {
  automatic: 'Automatic',
  light: 'Light',
  dark: 'Dark',
  faces: 'Faces first',
  centre: 'Centre',
  off: 'Off',
  px: 'Pixels (px)',
  mm: 'Millimetres (mm)',
  cm: 'Centimetres (cm)',
  in: 'Inches (in)',
  auto: 'As each spec asks',
  jpeg: formatWords(['jpeg']),
  png: formatWords(['png']),
  webp: formatWords(['webp']),
  avif: formatWords(['avif']),
};
