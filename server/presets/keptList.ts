/** All that a person keeps and has deleted, with one question to the database. */
import * as z from 'zod/mini';
import type { Query } from '../database/pool.ts';
import { readCustomSize } from './customSizes/customSizeQueries.ts';
import { customSizeRulesShape } from './customSizes/customSizeShape.shared.ts';
import type { KeptRow } from './keptRows.ts';
import { type CustomSize, customSizePrefix } from './preset.shared.ts';
import { type StoredPreset, storedPresetShape } from './presetQueries.ts';

/** null: of what is stored nothing can be read but its name. */
export type ListedPreset = Omit<KeptRow<StoredPreset>, 'changedAt'>;

/** A preset or a custom size that was deleted and can be brought back. */
export interface DeletedThing {
  kind: 'preset' | 'size';
  /** As its page has it. */
  id: string;
  name: string;
  deletedAt: Date;
}

export interface Kept {
  /** Presets and custom sizes in the order of their names. */
  presets: ListedPreset[];
  customSizes: CustomSize[];
  /** Custom sizes that can't be read. */
  brokenSizes: Pick<CustomSize, 'id' | 'name'>[];
  /** What was deleted last comes first. */
  deleted: DeletedThing[];
}

export async function listKept(query: Query, ownerId: string): Promise<Kept> {
  const rows = rowsShape.parse(await query(select, [ownerId]));
  const kept: Kept = { presets: [], customSizes: [], brokenSizes: [], deleted: [] };
  for (const { kind, id, name, version, content, deletedAt } of rows) {
    const publicId = kind === 'size' ? customSizePrefix + id : id;
    if (deletedAt !== null) {
      kept.deleted.push({ kind, id: publicId, name, deletedAt });
    } else if (kind === 'preset') {
      const stored = storedPresetShape.safeParse(content);
      kept.presets.push({ id, name, version, content: stored.success ? stored.data : null });
    } else {
      const rules = customSizeRulesShape.safeParse(content);
      if (rules.success) kept.customSizes.push(readCustomSize({ id, name, version, content: rules.data }));
      else kept.brokenSizes.push({ id: publicId, name });
    }
  }
  kept.deleted.sort((one, other) => other.deletedAt.getTime() - one.deletedAt.getTime());
  return kept;
}

const columns = `name_key, id, name, version, CASE WHEN deleted_at IS NULL THEN content END AS content,
  deleted_at AS "deletedAt"`;
const select = `SELECT 'preset' AS kind, ${columns} FROM presets WHERE user_id = $1
  UNION ALL SELECT 'size', ${columns} FROM custom_sizes WHERE user_id = $1 ORDER BY name_key, id`;

const rowsShape = z.array(
  z.object({
    kind: z.enum(['preset', 'size']),
    id: z.string(),
    name: z.string(),
    version: z.number(),
    content: z.unknown(),
    deletedAt: z.nullable(z.date()),
  }),
);
