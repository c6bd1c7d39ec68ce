/** A person's custom sizes in the database. */
import * as z from 'zod/mini';
import type { Query } from '../../database/pool.ts';
import { type KeptRow, type KeptRows, keepRows } from '../keptRows.ts';
import {
  type CustomSize,
  type CustomSizeContent,
  customSizePrefix,
  isCustomSizeId,
  type PresetLimits,
} from '../preset.shared.ts';
import { customSizeRulesShape } from './customSizeShape.shared.ts';

/** What stands in the column `content`; the name has a column of its own. */
export type CustomSizeRules = Omit<CustomSizeContent, 'name'>;
export type CustomSizeRow = KeptRow<CustomSizeRules>;
export type CustomSizeRows = KeptRows<CustomSizeRules>;

export function customSizeRows({ customSizes }: Pick<PresetLimits, 'customSizes'>): CustomSizeRows {
  return keepRows<CustomSizeRules>({
    table: 'custom_sizes',
    shape: customSizeRulesShape,
    most: customSizes,
  });
}

const { list } = customSizeRows({ customSizes: 0 }); // a list asks for no limit

/** All that can be read, in the order of their names. */
export async function listCustomSizes(query: Query, ownerId: string): Promise<CustomSize[]> {
  const rows = await list(query, ownerId);
  return rows.flatMap((row) => (row.content === null ? [] : readCustomSize(row)));
}

/** @throws Error when what is stored is no custom size */
export function readCustomSize({ id, name, version, content }: Omit<CustomSizeRow, 'changedAt'>): CustomSize {
  if (content === null) throw new Error(`The custom size ${id} holds what is no custom size`);
  return { id: customSizePrefix + id, version, name, ...content };
}

/** The row of a custom size's id; an empty string when it can't be one. */
export function rowIdOf(customSizeId: string): string {
  return isCustomSizeId(customSizeId) ? customSizeId.slice(customSizePrefix.length) : '';
}

/** The names of the presets that have the custom size, in their order. */
export async function listPresetsWith(
  query: Query,
  ownerId: string,
  customSizeId: string,
): Promise<string[]> {
  const rows = await query(
    `SELECT name FROM presets WHERE user_id = $1 AND deleted_at IS NULL AND content->'items' @> $2
     ORDER BY name_key, id`,
    [ownerId, JSON.stringify([{ specId: customSizeId }])],
  );
  return z
    .array(z.object({ name: z.string() }))
    .parse(rows)
    .map(({ name }) => name);
}
