/** People at the presets of a running app: forms are filled in and sent as a browser would, repeated fields and all. */

import { randomUUID } from 'node:crypto';
import { noExtras } from '../../../server/presets/exportExtras.shared.ts';
import type { PresetContent } from '../../../server/presets/preset.shared.ts';
import { writePresetForm } from '../../../server/presets/presetForm.shared.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';
import type { Answer } from '../http/request.ts';
import { type AccountsApp, addPerson, signIn } from '../security/accountsApp.ts';
import { readToken, type Visitor } from '../security/visitor.ts';

/** Names and values in the order of the form. */
export type Entries = [name: string, value: string][];

export interface PresetPerson extends Visitor {
  id: string;
  token: string;
}

export const scripts = { Accept: 'application/json' };
export const byHtmx = { 'HX-Request': 'true' };

/** Somebody who has signed in. */
export async function enter(app: AccountsApp, name = 'alice'): Promise<PresetPerson> {
  const person = await addPerson(app.database, name);
  const visitor = await signIn(app, person);
  const token = readToken((await visitor.get('/account')).body.toString());
  return { ...visitor, id: person.id, token };
}

export const aPreset: PresetContent = {
  name: 'Shop',
  items: ['instagram-square', 'x-post', 'facebook-page-cover'].map((specId) => ({
    specId,
    version: 1,
    fit: null,
  })),
  fit: defaultFit,
  settings: { format: 'auto', quality: 90, template: '{photo}-{spec}', ...noExtras },
};

/** The fields of a preset, changed where `changes` says. */
export function fieldsOf(changes: Partial<PresetContent> = {}): Entries {
  return Object.entries(writePresetForm({ ...aPreset, ...changes })).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
}

/** Sends a form as a page of ours would. */
export function send(
  person: PresetPerson,
  address: string,
  entries: Entries,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const hasToken = entries.some(([name]) => name === '_csrf');
  const body = new URLSearchParams(hasToken ? entries : [['_csrf', person.token], ...entries]);
  return person.post(address, body.toString(), headers);
}

/** Makes a preset and gives its id. */
export async function makePreset(
  person: PresetPerson,
  changes: Partial<PresetContent> = {},
): Promise<string> {
  const answer = await send(person, '/presets', [['formKey', randomUUID()], ...fieldsOf(changes)]);
  const id = /^\/presets\?done=created&id=([0-9a-f-]{36})$/.exec(answer.headers.location ?? '')?.[1];
  if (answer.status !== 303 || id === undefined) throw new Error(`${answer.status}\n${answer.body}`);
  return id;
}

/** What the editor on that page would send if nobody touched it. */
export function readEditor(answer: Pick<Answer, 'body'>): Entries {
  const html = answer.body.toString();
  const form = /<form\b[^>]*\sid="preset"[\s\S]*?<\/form>/.exec(html)?.[0];
  if (form === undefined) throw new Error(`No editor:\n${html}`);
  const fields = [...form.matchAll(/<input\b[^>]*>|<select\b[^>]*>[\s\S]*?<\/select>/g)];
  return fields.flatMap(([field]): Entries => {
    const tag = field.slice(0, field.indexOf('>') + 1);
    const name = attribute(tag, 'name');
    if (name === '' || /\sdisabled\b/.test(tag)) return [];
    if (/type="(radio|checkbox)"/.test(tag) && !/\schecked\b/.test(tag)) return [];
    if (!tag.startsWith('<select')) return [[name, attribute(tag, 'value')]];
    const chosen = /<option\b[^>]*\sselected\b[^>]*>/.exec(field)?.[0] ?? '';
    return [[name, attribute(chosen, 'value')]];
  });
}

/** The same fields, with one of them holding another value. */
export function withField(entries: Entries, name: string, ...values: string[]): Entries {
  return [
    ...entries.filter((entry) => entry[0] !== name),
    ...values.map((value): [string, string] => [name, value]),
  ];
}

export const valuesOf = (entries: Entries, name: string): string[] =>
  entries.filter((entry) => entry[0] === name).map(([, value]) => value);

/** The spec ids of a form, in its order. */
export function specIdsOf(entries: Entries): string[] {
  return valuesOf(entries, 'item').map((item) => (JSON.parse(item) as { specId: string }).specId);
}

/** What is kept of a person's presets, in the order of names. */
export async function keptPresets(app: AccountsApp, { id }: PresetPerson): Promise<unknown[]> {
  return app.database.query(
    `SELECT id, name, version, content FROM presets WHERE user_id = $1 AND deleted_at IS NULL
     ORDER BY name_key`,
    [id],
  );
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return value.replace(/&(amp|lt|gt|#34|#39);/g, (_, entity: string) => entities[entity] ?? '');
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', '#34': '"', '#39': "'" };
