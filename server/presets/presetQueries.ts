/** A person's presets in the database: the door of this feature for others. */
import * as z from 'zod/mini';
import type { Query } from '../database/pool.ts';
import { type KeptRow, type KeptRows, keepRows } from './keptRows.ts';
import type { Preset, PresetContent, PresetLimits } from './preset.shared.ts';
import { exportSettingsShape, fitShape, presetItemsShape } from './presetShape.shared.ts';

/** What stands in the column `content`; the name has a column of its own. */
export type StoredPreset = Omit<PresetContent, 'name'>;
export type PresetRow = KeptRow<StoredPreset>;
export type PresetRows = KeptRows<StoredPreset>;

export const storedPresetShape = z.strictObject({
  items: presetItemsShape,
  fit: fitShape,
  settings: exportSettingsShape,
});

export function presetRows({ presets }: Pick<PresetLimits, 'presets'>): PresetRows {
  return keepRows<StoredPreset>({ table: 'presets', shape: storedPresetShape, most: presets });
}

const { list } = presetRows({ presets: 0 }); // a list asks for no limit

/** All that can be read, in the order of their names. */
export async function listPresets(query: Query, ownerId: string): Promise<Preset[]> {
  const rows = await list(query, ownerId);
  return rows.flatMap((row) => (row.content === null ? [] : readPreset(row)));
}

/** @throws Error when what is stored is no preset */
export function readPreset({ id, name, version, content }: Omit<PresetRow, 'changedAt'>): Preset {
  if (content === null) throw new Error(`The preset ${id} holds what is no preset`);
  return { id, version, name, ...content };
}
