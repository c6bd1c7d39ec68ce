/** A person's presets in the database: the door of this feature for others. */
import * as z from 'zod/mini';
import type { Query } from '../database/pool.ts';
import { customSizeRows, readCustomSize } from './customSizes/customSizeQueries.ts';
import { isRowId, type KeptRow, type KeptRows, keepRows, keptColumns } from './keptRows.ts';
import {
  type CustomSize,
  customSizePrefix,
  type Preset,
  type PresetContent,
  type PresetLimits,
} from './preset.shared.ts';
import { exportSettingsShape, fitShape, presetItemsShape } from './presetShape.shared.ts';

/** What stands in the column `content`; the name has a column of its own. */
type StoredPreset = Omit<PresetContent, 'name'>;
export type PresetRow = KeptRow<StoredPreset>;
export type PresetRows = KeptRows<StoredPreset>;

const storedShape = z.strictObject({
  items: presetItemsShape,
  fit: fitShape,
  settings: exportSettingsShape,
});

export function presetRows({ presets }: Pick<PresetLimits, 'presets'>): PresetRows {
  return keepRows<StoredPreset>({ table: 'presets', shape: storedShape, most: presets });
}

const { list, read } = presetRows({ presets: 0 }); // a list asks for no limit
const sizes = customSizeRows({ customSizes: 0 });

/** All that can be read, in the order of their names. */
export async function listPresets(query: Query, ownerId: string): Promise<Preset[]> {
  const rows = await list(query, ownerId);
  return rows.flatMap((row) => (row.content === null ? [] : readPreset(row)));
}

export interface Kept {
  presets: PresetRow[];
  customSizes: CustomSize[];
  /** Custom sizes that can't be read. */
  brokenSizes: Pick<CustomSize, 'id' | 'name'>[];
}

const kindShape = z.object({ kind: z.enum(['preset', 'size']) });

/** Presets and custom sizes, each in the order of their names, with one question to the database. Of presets also those that can't be read. */
export async function listKept(query: Query, ownerId: string): Promise<Kept> {
  const rows = await query(
    `SELECT 'preset' AS kind, name_key, ${keptColumns} FROM presets WHERE user_id = $1 AND deleted_at IS NULL
     UNION ALL
     SELECT 'size', name_key, ${keptColumns} FROM custom_sizes WHERE user_id = $1 AND deleted_at IS NULL
     ORDER BY name_key, id`,
    [ownerId],
  );
  const ofKind = (kind: string) => rows.filter((row) => kindShape.parse(row).kind === kind);
  const kept = sizes.read(ofKind('size'));
  return {
    presets: read(ofKind('preset')),
    customSizes: kept.filter(({ content }) => content !== null).map(readCustomSize),
    brokenSizes: kept
      .filter(({ content }) => content === null)
      .map(({ id, name }) => ({ id: customSizePrefix + id, name })),
  };
}

/** A preset or a custom size that was deleted and can be brought back. */
export interface DeletedThing {
  kind: 'preset' | 'size';
  /** As its page has it. */
  id: string;
  name: string;
  deletedAt: Date;
}

const deletedShape = z.object({
  kind: z.enum(['preset', 'size']),
  id: z.string(),
  name: z.string(),
  deletedAt: z.date(),
});

/** Both kinds, with one question to the database; what was deleted last comes first. */
export async function listDeleted(query: Query, ownerId: string): Promise<DeletedThing[]> {
  const rows = await query(
    `SELECT 'preset' AS kind, id, name, deleted_at AS "deletedAt" FROM presets
       WHERE user_id = $1 AND deleted_at IS NOT NULL
     UNION ALL
     SELECT 'size', id, name, deleted_at FROM custom_sizes WHERE user_id = $1 AND deleted_at IS NOT NULL
     ORDER BY "deletedAt" DESC, id`,
    [ownerId],
  );
  return z
    .array(deletedShape)
    .parse(rows)
    .map((row) => (row.kind === 'size' ? { ...row, id: customSizePrefix + row.id } : row));
}

/** The name of one that can still be restored; null when there is none. */
export async function findDeletedPreset(query: Query, ownerId: string, id: string): Promise<string | null> {
  if (!isRowId(id)) return null;
  const rows = await query(
    'SELECT name FROM presets WHERE user_id = $1 AND id = $2 AND deleted_at IS NOT NULL',
    [ownerId, id],
  );
  return z.array(z.object({ name: z.string() })).parse(rows)[0]?.name ?? null;
}

/** @throws Error when what is stored is no preset */
export function readPreset({ id, name, version, content }: PresetRow): Preset {
  if (content === null) throw new Error(`The preset ${id} holds what is no preset`);
  return { id, version, name, ...content };
}
