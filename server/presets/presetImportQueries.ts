/** A whole file of presets into the tables, in one transaction: all of it, or nothing. */
import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Database, Query } from '../database/pool.ts';
import { customSizeRows, readCustomSize } from './customSizeQueries.ts';
import { nameKey } from './names.shared.ts';
import { customSizePrefix, type PresetLimits } from './preset.shared.ts';
import type { PresetFile } from './presetFile.shared.ts';
import { type ImportPlan, planImport } from './presetImport.shared.ts';
import { presetRows } from './presetQueries.ts';

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

export type ImportOutcome =
  /** `isRepeated`: the same form had brought the same file before; nothing was made now. */
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

type Table = 'presets' | 'custom_sizes';

export function importPresets(
  database: Database,
  ownerId: string,
  { file, text, formKey }: Brought,
  limits: PresetLimits,
): Promise<ImportOutcome> {
  const seed = hash([formKey, text]);
  const madeBy = (table: Table, at: number) => toUuid(hash([seed, table, at]));
  return database.inTransaction(async (query) => {
    const owner = await query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [ownerId]);
    if (owner.length === 0) return { kind: 'gone' };
    const before = await findImported(query, ownerId, file, madeBy);
    if (before !== null) return { kind: 'imported', imported: before, isRepeated: true };
    const sizes = await customSizeRows(limits).list(query, ownerId);
    const presets = await presetRows(limits).list(query, ownerId);
    const plan = planImport(
      file,
      {
        presetNames: presets.map(({ name }) => name),
        customSizeNames: sizes.map(({ name }) => name),
        customSizes: sizes.flatMap((row) => (row.content === null ? [] : readCustomSize(row))),
      },
      () => customSizePrefix + randomUUID(),
    );
    const freePresets = Math.max(0, limits.presets - presets.length);
    const freeSizes = Math.max(0, limits.customSizes - sizes.length);
    if (plan.presets.length > freePresets)
      return { kind: 'full', of: 'presets', brought: plan.presets.length, free: freePresets };
    if (plan.customSizes.length > freeSizes)
      return { kind: 'full', of: 'customSizes', brought: plan.customSizes.length, free: freeSizes };
    return { kind: 'imported', imported: await insertPlan(query, ownerId, plan, madeBy), isRepeated: false };
  });
}

async function insertPlan(
  query: Query,
  ownerId: string,
  plan: ImportPlan,
  madeBy: (table: Table, at: number) => string,
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

async function insertRows(
  query: Query,
  ownerId: string,
  table: Table,
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

const rowShape = z.object({ id: z.string(), name: z.string(), madeBy: z.string() });

/** What the same form made of the same file before; null: nothing. */
async function findImported(
  query: Query,
  ownerId: string,
  { presets, customSizes }: PresetFile,
  madeBy: (table: Table, at: number) => string,
): Promise<Imported | null> {
  const find = async (table: Table, names: readonly string[]) => {
    const keys = names.map((_, at) => madeBy(table, at));
    const rows = await query(
      `SELECT id, name, made_by AS "madeBy" FROM ${table} WHERE user_id = $1 AND made_by = ANY($2)`,
      [ownerId, keys],
    );
    const found = z.array(rowShape).parse(rows);
    const place = (row: { madeBy: string }) => keys.indexOf(row.madeBy);
    return found
      .sort((a, b) => place(a) - place(b))
      .map((row) => ({ id: row.id, name: row.name, was: names[place(row)] ?? row.name }));
  };
  const madePresets = await find(
    'presets',
    presets.map(({ name }) => name),
  );
  const carried = presets.flatMap(({ items }) =>
    items.flatMap((item) => (item.kind === 'customSize' ? item.customSize.name : [])),
  );
  const sizeNames = [...carried, ...customSizes.map(({ name }) => name)];
  const madeSizes = await find('custom_sizes', sizeNames);
  if (madePresets.length + madeSizes.length === 0) return null;
  const sizes = madeSizes.map(({ id, name }) => ({ id: customSizePrefix + id, name, was: name }));
  return { presets: madePresets, customSizes: sizes, reused: [] };
}

/** Another one for another form, another text, another place: what a row of an import is made by. */
function hash(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function toUuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
