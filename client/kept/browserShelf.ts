/** The shelf of one kind of thing that a browser keeps: presets, or custom sizes. Pure: each act takes the list as it is kept and gives the next one. */
import { nameKey, withCopyName } from '../../server/presets/names.shared.ts';
import type { Base, Outcome } from './keeper.ts';
import { asObject } from './looseJson.ts';

/** What stands beside a thing in the list. */
export const besideThings = ['madeBy', 'deletedAt'] as const;

interface Kept {
  id: string;
  version: number;
  name: string;
}

export interface ShelfKind<Content extends { name: string }, Thing extends Content & Kept> {
  parse(entry: unknown): Thing | null;
  /** Reads the content as the form on the server would. */
  check(content: Content): { content: Content | null; errors: Record<string, string> };
  build(content: Content, base: Base): Thing;
  makeId(): string;
  /** How many may be kept. */
  most: number;
  taken: string;
  full: string;
}

/** `entries` null: nothing is to be written. */
export interface Act<Value> {
  entries: readonly unknown[] | null;
  outcome: Outcome<Value>;
}

/** Deleted things can be brought back for so long. */
const restorableMs = 24 * 60 * 60 * 1000;

export function list<Thing extends Kept>(
  { parse }: { parse(entry: unknown): Thing | null },
  entries: readonly unknown[],
): Thing[] {
  return entries.filter(isThere).flatMap((entry) => parse(entry) ?? []);
}

/** @param saved `base` null makes a new one, once for each `formKey` */
export function save<Content extends { name: string }, Thing extends Content & Kept>(
  kind: ShelfKind<Content, Thing>,
  entries: readonly unknown[],
  saved: { content: Content; base: Base | null; formKey: string },
): Act<Thing> {
  const { content, errors } = kind.check(saved.content);
  if (content === null) return refuse({ kind: 'refused', errors });
  const things = list(kind, entries);
  const { base, formKey } = saved;
  const made = base === null ? entries.find((entry) => asObject(entry).madeBy === formKey) : undefined;
  if (made !== undefined) return answerTwice(kind, made, content);
  const isTaken = things.some(({ id, name }) => id !== base?.id && nameKey(name) === nameKey(content.name));
  if (base === null) {
    if (things.length >= kind.most) return refuse({ kind: 'refused', errors: { name: kind.full } });
    if (isTaken) return refuse({ kind: 'refused', errors: { name: kind.taken } });
    const thing = kind.build(content, { id: kind.makeId(), version: 1 });
    const entry = { ...thing, madeBy: formKey, deletedAt: null };
    return { entries: [...entries, entry], outcome: { kind: 'saved', value: thing } };
  }
  const now = things.find(({ id }) => id === base.id);
  if (now === undefined) return refuse({ kind: 'gone' });
  if (now.version !== base.version) {
    const isSame = isEqual(kind.build(content, now), now); // the same form, sent twice
    return refuse(isSame ? { kind: 'saved', value: now } : { kind: 'changed', now });
  }
  if (isTaken) return refuse({ kind: 'refused', errors: { name: kind.taken } });
  const thing = kind.build(content, { id: base.id, version: base.version + 1 });
  return { entries: replace(entries, base.id, thing), outcome: { kind: 'saved', value: thing } };
}

/** Deleting twice is once. `now` in milliseconds since 1970. */
export function remove(entries: readonly unknown[], id: string, now: number): Act<null> {
  if (!entries.some((entry) => asObject(entry).id === id)) return refuse({ kind: 'gone' });
  const lasting = entries.filter((entry) => {
    const { deletedAt } = asObject(entry);
    return typeof deletedAt !== 'number' || now - deletedAt < restorableMs;
  });
  return { entries: replace(lasting, id, { deletedAt: now }), outcome: { kind: 'saved', value: null } };
}

/** Deletes it and all that was deleted before, with no way back: for when there is no room to keep them. */
export function removeForGood(entries: readonly unknown[], id: string): Act<null> {
  const left = entries.filter((entry) => isThere(entry) && asObject(entry).id !== id);
  const note = 'Deleted. There was no room to keep it for undo.';
  return { entries: left, outcome: { kind: 'saved', value: null, note } };
}

/** With another name when its own has been given to another meanwhile. */
export function restore<Content extends { name: string }, Thing extends Content & Kept>(
  kind: ShelfKind<Content, Thing>,
  entries: readonly unknown[],
  id: string,
): Act<null> {
  const found = entries.find((entry) => asObject(entry).id === id);
  const thing = kind.parse(found);
  if (thing === null) return refuse({ kind: 'gone' });
  if (isThere(found)) return refuse({ kind: 'saved', value: null });
  const things = list(kind, entries);
  if (things.length >= kind.most) return refuse({ kind: 'refused', errors: { name: kind.full } });
  const names = things.map(({ name }) => name);
  const isTaken = names.map(nameKey).includes(nameKey(thing.name));
  const renamed = isTaken ? { name: withCopyName(thing.name, names), version: thing.version + 1 } : {};
  return {
    entries: replace(entries, id, { deletedAt: null, ...renamed }),
    outcome: { kind: 'saved', value: null },
  };
}

function answerTwice<Content extends { name: string }, Thing extends Content & Kept>(
  kind: ShelfKind<Content, Thing>,
  made: unknown,
  content: Content,
): Act<Thing> {
  const thing = isThere(made) ? kind.parse(made) : null;
  if (thing === null) return refuse({ kind: 'gone' });
  const isSame = isEqual(kind.build(content, thing), thing);
  return refuse(isSame ? { kind: 'saved', value: thing } : { kind: 'changed', now: thing });
}

function refuse<Value>(outcome: Outcome<Value>): Act<Value> {
  return { entries: null, outcome };
}

function isThere(entry: unknown): boolean {
  return typeof asObject(entry).deletedAt !== 'number';
}

/** Entries that this version can't read stay as they are. */
function replace(entries: readonly unknown[], id: string, fields: object): unknown[] {
  return entries.map((entry) => (asObject(entry).id === id ? { ...asObject(entry), ...fields } : entry));
}

/** Both made by `build` or `parse`, which put fields in one order. */
function isEqual(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
