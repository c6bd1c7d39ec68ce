/** What the forms of a new preset and of a new custom size begin with: the person's own preferences. */
import * as z from 'zod/mini';
import { type Preferences, parsePreferences } from '../account/preferences.shared.ts';
import type { Query } from '../database/pool.ts';
import type { CustomSizeFields } from './customSizes/customSizeFields.shared.ts';
import { writeCustomSizeForm } from './customSizes/customSizeForm.shared.ts';
import { pickExtras } from './exportExtras.shared.ts';
import type { ExportSettings } from './preset.shared.ts';

const rowsShape = z.array(z.object({ preferences: z.unknown() }));

async function readPreferences(query: Query, ownerId: string): Promise<Preferences> {
  const rows = await query('SELECT preferences FROM users WHERE id = $1', [ownerId]);
  return parsePreferences(rowsShape.parse(rows)[0]?.preferences);
}

/** The settings that a new preset begins with. */
export async function firstSettings(query: Query, ownerId: string): Promise<ExportSettings> {
  const preferences = await readPreferences(query, ownerId);
  const { format, quality, template } = preferences;
  return { format, quality, template, ...pickExtras(preferences) };
}

/** The empty form of a custom size, in the unit that the person types sizes in. */
export async function firstSizeFields(query: Query, ownerId: string): Promise<CustomSizeFields> {
  const { units } = await readPreferences(query, ownerId);
  const onPaper = units === 'px' ? {} : { unit: units, dpi: '300' }; // as in the workspace; usual for print
  return { ...writeCustomSizeForm(null), ...onPaper };
}
