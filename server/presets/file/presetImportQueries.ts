/** A whole file of presets into the tables, in one transaction: all of it, or nothing. */
import { createHash, randomUUID } from 'node:crypto';
import type { Database, Query } from '../../database/pool.ts';
import { customSizeRows, readCustomSize } from '../customSizes/customSizeQueries.ts';
import { lockOwner } from '../keptRows.ts';
import { nameKey } from '../names.shared.ts';
import { customSizePrefix, type PresetLimits } from '../preset.shared.ts';
import { presetRows } from '../presetQueries.ts';
import type { PresetFile } from './presetFile.shared.ts';
import { type ImportPlan, planImport } from './presetImport.shared.ts';
import { findImported, type Imported, type KeptTableName } from './presetImportedBefore.ts';

export type ImportOutcome =
  /** `isRepeated`: the same form had brought the same file before, and all of it is there; nothing was made now. */
  | { kind: 'imported'; imported: Imported; isRepeated: boolean }
  /** How many more could be kept. Nothing was made. */
  | { kind: 'full'; of: 'presets' | 'customSizes'; brought: number; free: number }
  /** The account is not there any more. */
  | { kind: 'gone' };

interface Brought {
  file: PresetFile;
  /** As it was sent: the form key and the text together tell whether it was sent before. */
  text: string;
  formKey: string;
}

export function importPresets(
  database: Database,
  ownerId: string,
  { file, text, formKey }: Brought,
  limits: PresetLimits,
): Promise<ImportOutcome> {
  const seed = hash([formKey, text]);
  const madeBy = (table: KeptTableName, at: number) => toUuid(hash([seed, table, at]));
  return database.inTransaction(async (query) => {
    if (!(await lockOwner(query, ownerId))) return { kind: 'gone' };
    const before = await findImported(query, ownerId, file, madeBy, limits);
    if (before.isWhole) return { kind: 'imported', imported: before.imported, isRepeated: true };
    const left = file.presets.flatMap((preset, place) => (before.places.has(place) ? [] : { preset, place }));
    const sizes = await customSizeRows(limits).list(query, ownerId);
    const presets = await presetRows(limits).list(query, ownerId);
    const freePresets = Math.max(0, limits.presets - presets.length);
    const freeSizes = Math.max(0, limits.customSizes - sizes.length);
    if (left.length > freePresets)
      return { kind: 'full', of: 'presets', brought: left.length, free: freePresets };
    const plan = planImport(
      { presets: left.map(({ preset }) => preset), customSizes: file.customSizes },
      {
        presetNames: presets.map(({ name }) => name),
        customSizeNames: sizes.map(({ name }) => name),
        customSizes: sizes.flatMap((row) => (row.content === null ? [] : readCustomSize(row))),
      },
      () => customSizePrefix + randomUUID(),
    );
    if (plan.customSizes.length > freeSizes)
      return { kind: 'full', of: 'customSizes', brought: plan.customSizes.length, free: freeSizes };
    await before.release();
    const made = await insertPlan(query, ownerId, plan, (table, at) =>
      madeBy(table, table === 'presets' ? (left[at]?.place ?? at) : at),
    );
    const imported = { ...made, presets: [...before.imported.presets, ...made.presets] };
    return { kind: 'imported', imported, isRepeated: false };
  });
}

async function insertPlan(
  query: Query,
  ownerId: string,
  plan: ImportPlan,
  madeBy: (table: KeptTableName, at: number) => string,
): Promise<Imported> {
  const sizes = plan.customSizes.map(({ size: { id, version: _, name, ...rules }, was }, at) => ({
    row: { id: id.slice(customSizePrefix.length), made_by: madeBy('custom_sizes', at), name, content: rules },
    made: { id, name, was },
  }));
  const presets = plan.presets.map(({ content: { name, ...content }, was }, at) => {
    const id = randomUUID();
    return { row: { id, made_by: madeBy('presets', at), name, content }, made: { id, name, was } };
  });
  await insertRows(query, ownerId, 'custom_sizes', sizes);
  await insertRows(query, ownerId, 'presets', presets);
  return {
    customSizes: sizes.map(({ made }) => made),
    presets: presets.map(({ made }) => made),
    reused: plan.reused.map(({ name }) => name),
  };
}

interface NewRow {
  row: { id: string; made_by: string; name: string; content: object };
}

/** The names are free: while the owner is locked, nobody else gives any. */
async function insertRows(
  query: Query,
  ownerId: string,
  table: KeptTableName,
  made: readonly NewRow[],
): Promise<void> {
  if (made.length === 0) return;
  const rows = made.map(({ row }) => ({ ...row, name_key: nameKey(row.name) }));
  await query(
    `INSERT INTO ${table} (id, user_id, made_by, name, name_key, content)
     SELECT id, $1, made_by, name, name_key, content
     FROM jsonb_to_recordset($2) AS made (id uuid, made_by uuid, name text, name_key text, content jsonb)`,
    [ownerId, JSON.stringify(rows)],
  );
}

/** Another one for another form, another text, another place: what a row of an import is made by. */
function hash(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function toUuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
