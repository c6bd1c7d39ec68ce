/** The preferences that follow an account: their values, their form, and how they are read back. */
import { collectErrors } from '../auth/authForms.ts';
import { readText } from '../http/form.ts';
import { formats } from '../specs/spec.shared.ts';

const themes = ['automatic', 'light', 'dark'] as const;
const chosenFormats = ['auto', ...formats] as const;
/** How the focal point is found; the same words as in the workspace. */
const detections = ['automatic', 'centre'] as const;

export interface Preferences {
  theme: (typeof themes)[number];
  format: (typeof chosenFormats)[number];
  /** 1..100, for formats that have one. */
  quality: number;
  detection: (typeof detections)[number];
}

const defaults: Preferences = { theme: 'automatic', format: 'auto', quality: 90, detection: 'automatic' };

/** What the table holds; what is missing or unknown falls back to its default. */
export function parsePreferences(kept: unknown): Preferences {
  const { theme, format, quality, detection }: Record<string, unknown> =
    typeof kept === 'object' && kept !== null ? { ...kept } : {};
  return {
    theme: themes.find((known) => known === theme) ?? defaults.theme,
    format: chosenFormats.find((known) => known === format) ?? defaults.format,
    quality: typeof quality === 'number' && isQuality(quality) ? quality : defaults.quality,
    detection: detections.find((known) => known === detection) ?? defaults.detection,
  };
}

export interface PreferenceForm {
  value: Preferences;
  /** As typed, for the page that asks to mend it. */
  typedQuality: string;
  /** Field name -> sentence. */
  errors: Record<string, string>;
}

/** @throws HttpError 422 when a field was sent twice */
export function readPreferences(body: unknown): PreferenceForm {
  const read = (name: string) => readText(body, name, { label: 'The choice', max: 20 }).text;
  const theme = themes.find((known) => known === read('theme'));
  const format = chosenFormats.find((known) => known === read('format'));
  const detection = detections.find((known) => known === read('detection'));
  const typedQuality = read('quality');
  const quality = /^\d{1,3}$/.test(typedQuality) ? Number(typedQuality) : Number.NaN;
  const unknown = 'Choose one of the list.';
  return {
    value: {
      theme: theme ?? defaults.theme,
      format: format ?? defaults.format,
      quality: isQuality(quality) ? quality : defaults.quality,
      detection: detection ?? defaults.detection,
    },
    typedQuality,
    errors: collectErrors({
      theme: theme ? null : unknown,
      format: format ? null : unknown,
      quality: isQuality(quality) ? null : 'Quality is a whole number from 1 to 100.',
      detection: detection ? null : unknown,
    }),
  };
}

interface Choice {
  name: string;
  label: string;
  value: string;
  options: { value: string; words: string }[];
}

/** The lists of the form, in its order, each with what is chosen. */
export function preferenceChoices({ theme, format, detection }: Preferences): Choice[] {
  const toOptions = (values: readonly string[]) =>
    values.map((value) => ({ value, words: optionWords[value] ?? value }));
  return [
    { name: 'theme', label: 'Theme', value: theme, options: toOptions(themes) },
    { name: 'detection', label: 'Focal point', value: detection, options: toOptions(detections) },
    { name: 'format', label: 'Format', value: format, options: toOptions(chosenFormats) },
  ];
}

const optionWords: Record<string, string> = {
  automatic: 'Automatic',
  light: 'Light',
  dark: 'Dark',
  centre: 'Centre',
  auto: 'As each spec prefers',
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
};

function isQuality(quality: number): boolean {
  return Number.isInteger(quality) && quality >= 1 && quality <= 100;
}
