/** The preferences that follow a person: what they are, and reading back what was kept of them. The same on the server and in the page. */
import { type ExportExtras, noExtras, readExtras, writeExtras } from '../presets/exportExtras.shared.ts';
import { checkTemplate, defaultTemplate } from '../presets/nameTemplate.shared.ts';
import { type Unit, units } from '../presets/preset.shared.ts';
import { type FormatWish, formatWishes } from '../specs/spec.shared.ts';

export const themes = ['automatic', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/**
 * How the focus is found. `faces`: where there are faces, hardly anything but them counts. `centre`: crops stay in the middle, and
 * what they cut is still said. `off`: nothing is looked for.
 */
export const detections = ['automatic', 'faces', 'centre', 'off'] as const;
export type Detection = (typeof detections)[number];

export interface Preferences extends ExportExtras {
  theme: Theme;
  /** `auto`: as each spec asks. */
  format: FormatWish;
  /** 1..100, for formats that have one. */
  quality: number;
  detection: Detection;
  /** In which sizes are typed. */
  units: Unit;
  /** Names of the files; one that `checkTemplate` takes. */
  template: string;
}

export const defaultPreferences: Preferences = {
  theme: 'automatic',
  format: 'auto',
  quality: 90,
  detection: 'automatic',
  units: 'px',
  template: defaultTemplate,
  ...noExtras,
};

/** What a table or a browser kept; what is missing or unknown falls back to its default, field by field. */
export function parsePreferences(kept: unknown): Preferences {
  const all: Record<string, unknown> = typeof kept === 'object' && kept !== null ? { ...kept } : {};
  const { theme, format, quality, detection, units: unit, template } = all;
  const defaults = defaultPreferences;
  return {
    theme: themes.find((known) => known === theme) ?? defaults.theme,
    format: formatWishes.find((known) => known === format) ?? defaults.format,
    quality: typeof quality === 'number' && isQuality(quality) ? quality : defaults.quality,
    detection: detections.find((known) => known === detection) ?? defaults.detection,
    units: units.find((known) => known === unit) ?? defaults.units,
    template: typeof template === 'string' && checkTemplate(template).ok ? template : defaults.template,
    ...readExtras((extra) => all[extra] === true),
  };
}

export function isQuality(quality: number): boolean {
  return Number.isInteger(quality) && quality >= 1 && quality <= 100;
}

/** The fields of the preference form, as a page of ours sends them. */
export function writePreferences({ quality, ...choices }: Preferences): Record<keyof Preferences, string> {
  return { ...choices, quality: String(quality), ...writeExtras(choices) };
}

export function isSamePreferences(a: Preferences, b: Preferences): boolean {
  return JSON.stringify(parsePreferences(a)) === JSON.stringify(parsePreferences(b));
}
