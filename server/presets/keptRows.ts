/**
 * The rows of what a person keeps under a name of its own: presets and custom sizes are kept in the same way. Every query takes
 * the owner, and whatever counts or names rows does so while the row of the owner is locked: one after the other.
 */
import { z } from 'zod';
import type { Database, Query } from '../database/pool.ts';
import { isSameValue } from '../specs/sameValue.shared.ts';
import { codeOf } from '../startError.ts';
import { nameKey, withCopyName } from './names.shared.ts';

export interface KeptRow<Content> {
  /** A UUID. */
  id: string;
  name: string;
  /** Of no use when it is not what the shape asks for; null then, and no other row suffers. */
  content: Content | null;
  version: number;
  changedAt: Date;
}

export type InsertOutcome<Content> =
  /** Also when the same form had made it before: then nothing more was made. */
  | { kind: 'saved'; row: KeptRow<Content> }
  | { kind: 'taken' }
  /** The person keeps as many as may be. */
  | { kind: 'full' }
  /** The same form made one before, which was deleted. */
  | { kind: 'spent' }
  /** The account, or what was to be copied, is not there any more. */
  | { kind: 'gone' };

/** A copy finds a name that is free. */
export type CopyOutcome<Content> = Exclude<InsertOutcome<Content>, { kind: 'taken' }>;

export type SaveOutcome<Content> =
  | { kind: 'saved'; row: KeptRow<Content> }
  | { kind: 'taken' }
  /** Somebody else saved since that version; nothing was overwritten. */
  | { kind: 'changed'; now: KeptRow<Content> }
  | { kind: 'gone' };

export type RestoreOutcome<Content> =
  /** `was`: the name that it had, which another has now; null when it has its name back. */
  { kind: 'restored'; row: KeptRow<Content>; was: string | null } | { kind: 'full' } | { kind: 'gone' };

export interface KeptRows<Content> {
  /** In the order of their names; without those that are deleted. */
  list(query: Query, ownerId: string): Promise<KeptRow<Content>[]>;
  find(query: Query, ownerId: string, id: string): Promise<KeptRow<Content> | null>;
  /** The name of one that was deleted and can still be restored; null when there is none. */
  findDeleted(query: Query, ownerId: string, id: string): Promise<string | null>;
  insert(database: Database, ownerId: string, made: Made<Content>): Promise<InsertOutcome<Content>>;
  /** @param saved `version` is the one that was changed */
  save(database: Database, ownerId: string, saved: Saved<Content>): Promise<SaveOutcome<Content>>;
  /** A copy as `Name 2`, or with the next number that is free. */
  duplicate(database: Database, ownerId: string, source: Source): Promise<CopyOutcome<Content>>;
  /** It can be restored for a while. null when the owner has none with that id; deleting twice is once. */
  remove(database: Database, ownerId: string, id: string): Promise<KeptRow<Content> | null>;
  restore(database: Database, ownerId: string, id: string): Promise<RestoreOutcome<Content>>;
}

interface Made<Content> {
  name: string;
  content: Content;
  /** A UUID of the form: sent twice, it makes one. */
  formKey: string;
}

interface Saved<Content> {
  id: string;
  version: number;
  name: string;
  content: Content;
}

interface Source {
  id: string;
  formKey: string;
}

export interface KeptTable<Content> {
  table: 'presets' | 'custom_sizes';
  /** Of the column `content`. */
  shape: { safeParse(value: unknown): { success: true; data: Content } | { success: false } };
  /** How many one person may keep. */
  most: number;
}

/** https://www.postgresql.org/docs/17/errcodes-appendix.html */
const uniqueViolation = '23505';

/** Of both tables. */
const columns = `id, name, content, version, changed_at AS "changedAt", deleted_at IS NOT NULL AS "isDeleted"`;

/** Until the end of the transaction others wait who count or name what this person keeps. False when the account has gone. */
export async function lockOwner(query: Query, ownerId: string): Promise<boolean> {
  return (await query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [ownerId])).length > 0;
}

export function keepRows<Content>({ table, shape, most }: KeptTable<Content>): KeptRows<Content> {
  const parse = (rows: unknown[]) =>
    z
      .array(rowShape)
      .parse(rows)
      .map(({ content, isDeleted, ...row }) => {
        const read = shape.safeParse(content);
        return { isDeleted, row: { ...row, content: read.success ? read.data : null } };
      });

  const select = async (query: Query, where: string, values: readonly unknown[]) =>
    parse(await query(`SELECT ${columns} FROM ${table} WHERE ${where}`, values));

  const find = async (query: Query, ownerId: string, id: string): Promise<KeptRow<Content> | null> => {
    const found = await select(query, 'user_id = $1 AND id = $2 AND deleted_at IS NULL', [ownerId, id]);
    return found[0]?.row ?? null;
  };

  const namesOf = async (query: Query, ownerId: string): Promise<string[]> => {
    const rows = await query(`SELECT name FROM ${table} WHERE user_id = $1 AND deleted_at IS NULL`, [
      ownerId,
    ]);
    return z
      .array(z.object({ name: z.string() }))
      .parse(rows)
      .map(({ name }) => name);
  };

  /** Makes a row, unless the form has made one before or there are enough. `choose` says what, after the owner is locked. */
  const make = (
    database: Database,
    ownerId: string,
    formKey: string,
    choose: (query: Query) => Promise<{ name: string; content: Content } | null>,
  ): Promise<InsertOutcome<Content>> =>
    database.inTransaction(async (query) => {
      if (!(await lockOwner(query, ownerId))) return { kind: 'gone' };
      const [made] = await select(query, 'user_id = $1 AND made_by = $2', [ownerId, formKey]);
      if (made !== undefined) return made.isDeleted ? { kind: 'spent' } : { kind: 'saved', row: made.row };
      if ((await namesOf(query, ownerId)).length >= most) return { kind: 'full' };
      const chosen = await choose(query);
      if (chosen === null) return { kind: 'gone' };
      const rows = await query(
        `INSERT INTO ${table} (user_id, made_by, name, name_key, content) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING RETURNING ${columns}`,
        [ownerId, formKey, chosen.name, nameKey(chosen.name), JSON.stringify(chosen.content)],
      );
      const [inserted] = parse(rows);
      return inserted === undefined ? { kind: 'taken' } : { kind: 'saved', row: inserted.row };
    });

  return {
    async list(query, ownerId) {
      const found = await select(query, 'user_id = $1 AND deleted_at IS NULL ORDER BY name_key, id', [
        ownerId,
      ]);
      return found.map(({ row }) => row);
    },

    find,

    async findDeleted(query, ownerId, id) {
      const found = await select(query, 'user_id = $1 AND id = $2 AND deleted_at IS NOT NULL', [ownerId, id]);
      return found[0]?.row.name ?? null;
    },

    insert: (database, ownerId, { name, content, formKey }) =>
      make(database, ownerId, formKey, async () => ({ name, content })),

    async duplicate(database, ownerId, { id, formKey }) {
      const copied = await make(database, ownerId, formKey, async (query) => {
        const source = await find(query, ownerId, id);
        if (source === null || source.content === null) return null;
        const name = withCopyName(source.name, await namesOf(query, ownerId));
        return { name, content: source.content };
      });
      if (copied.kind === 'taken') throw new Error('A name was taken although the owner was locked');
      return copied;
    },

    async save(database, ownerId, { id, version, name, content }) {
      try {
        return await database.inTransaction(async (query) => {
          if (!(await lockOwner(query, ownerId))) return { kind: 'gone' };
          const rows = await query(
            `UPDATE ${table} SET name = $4, name_key = $5, content = $6, version = version + 1, changed_at = now()
             WHERE user_id = $1 AND id = $2 AND version = $3 AND deleted_at IS NULL RETURNING ${columns}`,
            [ownerId, id, version, name, nameKey(name), JSON.stringify(content)],
          );
          const [saved] = parse(rows);
          if (saved !== undefined) return { kind: 'saved', row: saved.row };
          const now = await find(query, ownerId, id);
          if (now === null) return { kind: 'gone' };
          const isSame = now.name === name && isSameValue(now.content, content); // the same form, sent twice
          return isSame ? { kind: 'saved', row: now } : { kind: 'changed', now };
        });
      } catch (error) {
        if (codeOf(error) === uniqueViolation) return { kind: 'taken' };
        throw error;
      }
    },

    remove: (database, ownerId, id) =>
      database.inTransaction(async (query) => {
        if (!(await lockOwner(query, ownerId))) return null;
        const rows = await query(
          `UPDATE ${table} SET deleted_at = coalesce(deleted_at, now()) WHERE user_id = $1 AND id = $2
           RETURNING ${columns}`,
          [ownerId, id],
        );
        // What was deleted is not counted as kept: without an end, making and deleting would fill the disk.
        await query(
          `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table}
             WHERE user_id = $1 AND deleted_at IS NOT NULL ORDER BY deleted_at DESC, id OFFSET $2)`,
          [ownerId, most],
        );
        return parse(rows)[0]?.row ?? null;
      }),

    restore: (database, ownerId, id) =>
      database.inTransaction(async (query) => {
        if (!(await lockOwner(query, ownerId))) return { kind: 'gone' };
        const [found] = await select(query, 'user_id = $1 AND id = $2', [ownerId, id]);
        if (found === undefined) return { kind: 'gone' };
        if (!found.isDeleted) return { kind: 'restored', row: found.row, was: null };
        const names = await namesOf(query, ownerId);
        if (names.length >= most) return { kind: 'full' };
        const was = found.row.name;
        const isTaken = names.map(nameKey).includes(nameKey(was));
        const name = isTaken ? withCopyName(was, names) : was;
        const rows = await query(
          `UPDATE ${table} SET deleted_at = NULL, name = $3, name_key = $4,
             version = version + $5, changed_at = CASE WHEN $5 = 0 THEN changed_at ELSE now() END
           WHERE user_id = $1 AND id = $2 RETURNING ${columns}`,
          [ownerId, id, name, nameKey(name), isTaken ? 1 : 0],
        );
        const [restored] = parse(rows);
        if (restored === undefined) return { kind: 'gone' };
        return { kind: 'restored', row: restored.row, was: isTaken ? was : null };
      }),
  };
}

const rowShape = z.object({
  id: z.string(),
  name: z.string(),
  content: z.unknown(),
  version: z.number(),
  changedAt: z.date(),
  isDeleted: z.boolean(),
});
