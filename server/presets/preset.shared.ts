/** Presets and custom sizes as the forms, the tables, the files, the links and the workspace know them. */
import type { Fit } from '../specs/fit.shared.ts';
import type { Format, FormatWish, Mask, SafeArea } from '../specs/spec.shared.ts';
import type { ExportExtras } from './exportExtras.shared.ts';

export const units = ['px', 'mm', 'cm', 'in'] as const;
export type Unit = (typeof units)[number];

/** The size of a custom size as the person wrote it. */
export type WrittenSize =
  /** In `px` whole numbers; in the other units up to two decimals, and the custom size has a `dpi`. */
  | { kind: 'size'; width: number; height: number; unit: Unit }
  /** A shape without pixels: as many as the photo has. Each number 1..100, up to two decimals. */
  | { kind: 'ratio'; width: number; height: number }
  /** The whole photo with its longest side of so many pixels. */
  | { kind: 'longest'; px: number }
  /** The whole photo at a part of its pixels, 1..100. */
  | { kind: 'percent'; percent: number };

/** What a person decides about a custom size. */
export interface CustomSizeContent {
  /** 1..60 characters, unique among the person's custom sizes without regard to case. */
  name: string;
  size: WrittenSize;
  /** null: as the wall's. */
  fit: Fit | null;
  /** At least one, the preferred one first. */
  formats: readonly Format[];
  /** 1..100; null: as the export's. */
  quality: number | null;
  /** Byte window; null: no limit. */
  minBytes: number | null;
  maxBytes: number | null;
  /** Pixels per inch, 30..2400; never null when the size is on paper. */
  dpi: number | null;
  safeArea: SafeArea | null;
  mask: Mask | null;
}

/** A spec that the person made. */
export interface CustomSize extends CustomSizeContent {
  /** `my-` and a UUID: the same kind of name that catalogue specs have on a wall. */
  id: string;
  /** 1 at first; counted up with each change, so that nobody overwrites what they have not seen. */
  version: number;
}

/** One place of a preset. */
export interface PresetItem {
  /** A spec of the catalogue, or a custom size. */
  specId: string;
  /** The version that the person saw last. A newer catalogue version is shown as changed until it is accepted. */
  version: number;
  /** An exception from the preset's fit; null: none. */
  fit: Fit | null;
}

/** How the files of a preset are made. */
export interface ExportSettings extends ExportExtras {
  /** `auto`: as each spec asks. */
  format: FormatWish;
  /** 1..100 */
  quality: number;
  /** Names of the files, see fileNames. */
  template: string;
}

/** What a person decides about a preset. */
export interface PresetContent {
  /** 1..60 characters, unique among the person's presets without regard to case. */
  name: string;
  /** In the order of the wall; no spec twice. */
  items: readonly PresetItem[];
  fit: Fit;
  settings: ExportSettings;
}

export interface Preset extends PresetContent {
  /** A UUID. */
  id: string;
  /** 1 at first; counted up with each change. */
  version: number;
}

/** How much one person may keep. */
export interface PresetLimits {
  presets: number;
  specsPerPreset: number;
  customSizes: number;
}

export const longestName = 60;

/** What the id of every custom size begins with; no id in the catalogue does. */
export const customSizePrefix = 'my-';

export function isCustomSizeId(specId: string): boolean {
  return specId.startsWith(customSizePrefix);
}
