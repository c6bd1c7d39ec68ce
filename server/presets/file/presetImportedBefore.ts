/** What a form of an import has made before: sent twice, it makes everything once. */
import * as z from 'zod/mini';
import type { Query } from '../../database/pool.ts';
import { customSizePrefix, type PresetLimits } from '../preset.shared.ts';
import type { PresetFile } from './presetFile.shared.ts';

export type KeptTableName = 'presets' | 'custom_sizes';

/** What was made of one preset or custom size of the file. */
export interface ImportedRow {
  /** As its page has it. */
  id: string;
  name: string;
  /** Its name in the file. */
  was: string;
}

export interface Imported {
  presets: ImportedRow[];
  customSizes: ImportedRow[];
  /** Names of custom sizes that were kept already. */
  reused: string[];
}

export interface ImportedBefore {
  /** What is still there of it. */
  imported: Imported;
  /** The places in the file of the presets that are still there. */
  places: ReadonlySet<number>;
  /** All that the file brings was made, and none of it was deleted since. */
  isWhole: boolean;
  /** Lets what is gone be made again: its keys stand for it no longer. */
  release(): Promise<void>;
}

/** What the same form made of the same file before. What was deleted since is not there: whoever sent it may have no other copy. */
export async function findImported(
  query: Query,
  ownerId: string,
  { presets }: PresetFile,
  madeBy: (table: KeptTableName, at: number) => string,
  limits: PresetLimits,
): Promise<ImportedBefore> {
  const find = async (table: KeptTableName, count: number) => {
    const keys = new Map(Array.from({ length: count }, (_, at) => [madeBy(table, at), at]));
    const rows = await query(
      `SELECT id, name, made_by AS "madeBy", deleted_at IS NOT NULL AS "isDeleted" FROM ${table}
       WHERE user_id = $1 AND made_by = ANY($2)`,
      [ownerId, [...keys.keys()]],
    );
    return foundShape
      .parse(rows)
      .map((row) => ({ ...row, place: keys.get(row.madeBy) ?? 0 }))
      .sort((a, b) => a.place - b.place);
  };
  const foundPresets = await find('presets', presets.length);
  const foundSizes = await find('custom_sizes', limits.customSizes);
  const there = foundPresets.filter(({ isDeleted }) => !isDeleted);
  const forget = async (table: KeptTableName, rows: readonly { id: string }[]) => {
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    await query(`UPDATE ${table} SET made_by = gen_random_uuid() WHERE user_id = $1 AND id = ANY($2)`, [
      ownerId,
      ids,
    ]);
  };
  return {
    imported: {
      presets: there.map(({ id, name, place }) => ({ id, name, was: presets[place]?.name ?? name })),
      customSizes: foundSizes.map(({ id, name }) => ({ id: customSizePrefix + id, name, was: name })),
      reused: [],
    },
    places: new Set(there.map(({ place }) => place)),
    isWhole:
      foundPresets.length + foundSizes.length > 0 &&
      there.length === presets.length &&
      foundSizes.every(({ isDeleted }) => !isDeleted),
    async release() {
      await forget(
        'presets',
        foundPresets.filter(({ isDeleted }) => isDeleted),
      );
      await forget('custom_sizes', foundSizes); // those that are there are found again by their rules
    },
  };
}

const foundShape = z.array(
  z.object({ id: z.string(), name: z.string(), madeBy: z.string(), isDeleted: z.boolean() }),
);
