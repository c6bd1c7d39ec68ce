/** Every route of presets with a request that its own person may make of it, for tests of everybody else. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Database } from '../../../server/database/pool.ts';
import { writeCustomSizeForm } from '../../../server/presets/customSizes/customSizeForm.shared.ts';
import { expectProtectedHeaders } from '../http/protectedHeaders.ts';
import type { Answer } from '../http/request.ts';
import { type AccountsApp, addPerson, type Person, signIn } from '../security/accountsApp.ts';
import { readToken, type Visitor } from '../security/visitor.ts';

/** Somebody who is signed in and keeps a preset and a custom size, and has deleted one of each. */
export interface Furnished {
  person: Person;
  visitor: Visitor;
  token: string;
  ids: Record<Kept, string>;
}

type Kept = 'preset' | 'deletedPreset' | 'size' | 'deletedSize';
type Fields = Record<string, string>;

export interface AttackedRoute {
  method: 'GET' | 'POST';
  path: string;
  /** What `:id` names; null where the address has none. */
  of: Kept | null;
  /** Of the form, without the token. */
  fields(): Fields;
  /** What its own person gets. */
  status: number;
}

const fit = { mode: 'cover', enlarge: false, background: { kind: 'colour', colour: '#ffffff' } };
export const settings = { format: 'auto', quality: 90, template: '{photo}-{spec}' };
export const rules = {
  size: { kind: 'size', width: 1500, height: 500, unit: 'px' },
  fit: null,
  formats: ['jpeg'],
  quality: null,
  minBytes: null,
  maxBytes: 240_000,
  dpi: null,
  safeArea: null,
  mask: null,
};

export const itemOf = (specId: string) => ({ specId, version: 1, fit: null });
const presetFields: Fields = {
  name: 'A name that nobody has',
  item: JSON.stringify(itemOf('x-post')),
  mode: 'contain',
  background: 'blur',
  colour: '#204060',
  format: 'png',
  quality: '71',
  template: '{photo}',
  do: 'save',
  q: '',
  shownQuery: '',
};
const sizeFields: Fields = {
  ...writeCustomSizeForm(null),
  name: 'A size that nobody has',
  width: '70',
  height: '90',
};
const importedFile = JSON.stringify({
  schema: 'all-img-fit-presets/1',
  presets: [{ name: 'Brought', fit, settings, items: [{ spec: 'x-post', version: 1 }] }],
});

const noFields = (): Fields => ({});
const keyed = (fields: Fields = {}) => ({ ...fields, formKey: randomUUID() });
const versioned = (fields: Fields) => ({ ...fields, version: '1' });
const read = (path: string, status = 200, of: Kept | null = null): AttackedRoute => ({
  method: 'GET',
  path,
  of,
  fields: noFields,
  status,
});
const write = (path: string, of: Kept | null, fields: () => Fields, status = 303): AttackedRoute => ({
  method: 'POST',
  path,
  of,
  fields,
  status,
});

/** One row for each; a test compares them with those that Express knows. */
export const attackedRoutes: readonly AttackedRoute[] = [
  read('/presets'),
  read('/presets/new'),
  read('/presets/export'),
  read('/presets/import'),
  read('/presets/sizes', 303),
  read('/presets/sizes/new'),
  read('/presets/:id', 200, 'preset'),
  read('/presets/:id/export', 200, 'preset'),
  read('/presets/:id/duplicate', 303, 'preset'),
  read('/presets/:id/delete', 303, 'preset'),
  read('/presets/:id/restore', 303, 'deletedPreset'),
  read('/presets/sizes/:id', 200, 'size'),
  read('/presets/sizes/:id/duplicate', 303, 'size'),
  read('/presets/sizes/:id/delete', 303, 'size'),
  read('/presets/sizes/:id/restore', 303, 'deletedSize'),
  write('/presets', null, () => keyed(presetFields)),
  write('/presets/import', null, () => keyed({ json: importedFile }), 200),
  write('/presets/:id', 'preset', () => versioned(presetFields)),
  write('/presets/:id/duplicate', 'preset', () => keyed()),
  write('/presets/:id/delete', 'preset', noFields),
  write('/presets/:id/restore', 'deletedPreset', noFields),
  write('/presets/sizes', null, () => keyed(sizeFields)),
  write('/presets/sizes/:id', 'size', () => versioned(sizeFields)),
  write('/presets/sizes/:id/duplicate', 'size', () => keyed()),
  write('/presets/sizes/:id/delete', 'size', noFields),
  write('/presets/sizes/:id/restore', 'deletedSize', noFields),
];

export const named = attackedRoutes.filter(({ of }) => of !== null);
export const posts = attackedRoutes.filter(({ method }) => method === 'POST');

export function addressOf({ path, of }: AttackedRoute, { ids }: Pick<Furnished, 'ids'>): string {
  return of === null ? path : path.replace(':id', ids[of]);
}

export async function furnish(
  app: Pick<AccountsApp, 'url' | 'database'>,
  name = 'alice',
): Promise<Furnished> {
  const person = await addPerson(app.database, name);
  const content = { items: [itemOf('x-post')], fit, settings };
  const ids = {
    preset: await keep(app.database, person.id, 'presets', `Preset of ${name}`, content),
    deletedPreset: await keep(app.database, person.id, 'presets', `Old preset of ${name}`, content, true),
    size: `my-${await keep(app.database, person.id, 'custom_sizes', `Size of ${name}`, rules)}`,
    deletedSize: `my-${await keep(app.database, person.id, 'custom_sizes', `Old size of ${name}`, rules, true)}`,
  };
  const visitor = await signIn(app, person);
  const token = readToken((await visitor.get('/account')).body.toString());
  return { person, visitor, token, ids };
}

/** A row as the forms make it. @returns its id */
async function keep(
  { query }: Pick<Database, 'query'>,
  ownerId: string,
  table: 'presets' | 'custom_sizes',
  name: string,
  content: object,
  isDeleted = false,
): Promise<string> {
  const rows = await query(
    `INSERT INTO ${table} (user_id, made_by, name, name_key, content, deleted_at)
     VALUES ($1, gen_random_uuid(), $2, lower($2), $3, CASE WHEN $4 THEN now() END) RETURNING id`,
    [ownerId, name, JSON.stringify(content), isDeleted],
  );
  return (rows[0] as { id: string }).id;
}

/** Fails unless the answer is one of ours: no failure, kept by no cache, with all headers. @returns its status */
export function sound({ status, headers, body }: Answer): number {
  expect([status, status < 500]).toEqual([status, true]);
  expectProtectedHeaders(headers);
  expect(headers['cache-control']).toBe('no-store');
  const vary = String(headers.vary).split(/\s*,\s*/);
  expect(vary).toEqual(expect.arrayContaining(['Cookie', 'HX-Request']));
  expect(body.toString()).not.toMatch(/node_modules|^\s+at |SELECT |INSERT |violates/m);
  return status;
}
