/** Everything that the database holds, for tests that look for what should not be there. */
import { z } from 'zod';
import type { Database } from '../../../server/database/pool.ts';

export interface Column {
  table: string;
  name: string;
}

/** Every column of every table of ours. */
export async function listColumns({ query }: Database): Promise<Column[]> {
  const rows = await query(
    `SELECT table_name AS "table", column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`,
  );
  return z.array(z.object({ table: z.string(), name: z.string() })).parse(rows);
}

/** Every value as text, by `table.column`. What /readyz writes for itself is left out. */
export async function dumpColumns(database: Database): Promise<Map<string, string[]>> {
  const columns = (await listColumns(database)).filter(({ table }) => table !== 'readiness');
  const dump = new Map<string, string[]>();
  for (const { table, name } of columns) {
    const rows = await database.query(
      `SELECT coalesce("${name}"::text, '') AS text FROM "${table}" ORDER BY 1`,
    );
    const texts = z.array(z.object({ text: z.string() })).parse(rows);
    dump.set(
      `${table}.${name}`,
      texts.map(({ text }) => text),
    );
  }
  return dump;
}
