/** An import that is sent again after something was deleted, and one that meets a rename: nothing is lost, nothing fails. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../server/database/pool.ts';
import { type PresetFile, parsePresetFile } from '../../../server/presets/file/presetFile.shared.ts';
import { importPresets } from '../../../server/presets/file/presetImportQueries.ts';
import { presetRows } from '../../../server/presets/presetQueries.ts';
import { exportSettingsShape, fitShape } from '../../../server/presets/presetShape.shared.ts';
import { addPerson } from '../security/accountsApp.ts';
import { createTestDatabase, type TestDatabase } from '../testDatabase.ts';

const limits = { presets: 20, specsPerPreset: 9, customSizes: 20 };

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await createTestDatabase();
  database = own.database;
});

afterAll(() => own.drop());

const passport = { name: 'Passport', size: { kind: 'longest', px: 600 }, formats: ['jpeg'] };
const presetOf = (name: string) => ({
  name,
  fit: { mode: 'cover', enlarge: false, background: { kind: 'blur' } },
  settings: { format: 'auto', quality: 90, template: '{photo}' },
  items: [{ spec: 'x-post', version: 1 }, { customSize: 'Passport' }],
});
const text = JSON.stringify({
  schema: 'all-img-fit-presets/1',
  presets: [presetOf('Shop'), presetOf('Blog')],
  customSizes: [passport, { ...passport, name: 'Visa' }],
});

function fileOf(json: string): PresetFile {
  const read = parsePresetFile(json, limits);
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.faults));
  return read;
}

async function bring(ownerId: string, formKey: string, on = database) {
  const outcome = await importPresets(on, ownerId, { file: fileOf(text), text, formKey }, limits);
  if (outcome.kind !== 'imported') throw new Error(outcome.kind);
  return outcome;
}

async function namesOf(table: 'presets' | 'custom_sizes', ownerId: string): Promise<unknown[]> {
  const rows = await database.query(
    `SELECT name FROM ${table} WHERE user_id = $1 AND deleted_at IS NULL ORDER BY name`,
    [ownerId],
  );
  return rows.map((row) => Object(row).name);
}

const remove = (table: 'presets' | 'custom_sizes', ownerId: string, name: string) =>
  database.query(`UPDATE ${table} SET deleted_at = now() WHERE user_id = $1 AND name = $2`, [ownerId, name]);

test('what was deleted since is made again, once, and what is still there is not', async () => {
  const { id } = await addPerson(database, 'alice');
  const formKey = randomUUID();
  const first = await bring(id, formKey);
  await remove('presets', id, 'Shop');
  const second = await bring(id, formKey);
  expect(second.isRepeated).toBe(false);
  expect(second.imported.presets.map(({ name }) => name).sort()).toEqual(['Blog', 'Shop']);
  const blog = first.imported.presets.find(({ name }) => name === 'Blog');
  expect(second.imported.presets).toContainEqual(blog);
  expect((await bring(id, formKey)).isRepeated).toBe(true);
  expect(await namesOf('presets', id)).toEqual(['Blog', 'Shop']);
  expect(await namesOf('custom_sizes', id)).toEqual(['Passport', 'Visa']);
});

test('a custom size of no preset that was deleted since is made again', async () => {
  const { id } = await addPerson(database, 'bella');
  const formKey = randomUUID();
  await bring(id, formKey);
  await remove('custom_sizes', id, 'Visa');
  expect((await bring(id, formKey)).isRepeated).toBe(false);
  expect(await namesOf('custom_sizes', id)).toEqual(['Passport', 'Visa']);
  expect(await namesOf('presets', id)).toEqual(['Blog', 'Shop']);
});

test('when all of it was deleted, all of it is made again', async () => {
  const { id } = await addPerson(database, 'carla');
  const formKey = randomUUID();
  await bring(id, formKey);
  for (const name of ['Shop', 'Blog']) await remove('presets', id, name);
  for (const name of ['Passport', 'Visa']) await remove('custom_sizes', id, name);
  await bring(id, formKey);
  expect(await namesOf('presets', id)).toEqual(['Blog', 'Shop']);
  expect(await namesOf('custom_sizes', id)).toEqual(['Passport', 'Visa']);
});

test('a preset that is to get a name of the file while it is imported waits for its turn, and neither fails', async () => {
  const { id } = await addPerson(database, 'doris');
  const rows = presetRows(limits);
  const { name, fit, settings } = presetOf('Old');
  const content = {
    fit: fitShape.parse(fit),
    settings: exportSettingsShape.parse(settings),
    items: [{ specId: 'x-post', version: 1, fit: null }],
  };
  const made = await rows.insert(database, id, { name, content, formKey: randomUUID() });
  if (made.kind !== 'saved') throw new Error(made.kind);
  const rename = () => rows.save(database, id, { id: made.row.id, version: 1, name: 'Shop', content });
  let renamed: ReturnType<typeof rename> | undefined;
  const renaming: Database = {
    ...database,
    inTransaction: (work) =>
      database.inTransaction((query) =>
        work(async (statement, values) => {
          if (statement.includes('INSERT INTO presets')) {
            renamed = rename();
            await Promise.race([renamed, setTimeout(300)]); // as good as done, if it does not wait
          }
          return query(statement, values);
        }),
      ),
  };
  const { imported } = await bring(id, randomUUID(), renaming);
  expect(imported.presets.map((one) => one.name)).toEqual(['Shop', 'Blog']);
  expect((await renamed)?.kind).toBe('taken');
  expect(await namesOf('presets', id)).toEqual(['Blog', 'Old', 'Shop']);
});
