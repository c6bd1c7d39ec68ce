/** The shelf of one kind of thing that an account keeps: sends the very forms of its pages, and reads what the answers mean. */
import type { CustomSize, Preset } from '../../server/presets/preset.shared.ts';
import type { SentAnswer } from './accountRequests.ts';
import type { Base, Outcome } from './keeper.ts';
import { inOrderOfNames } from './keptThings.ts';
import { asObject } from './looseJson.ts';

const unreachable = 'The server can’t be reached just now, so nothing was saved. Try again in a moment.';
const notUnderstood = 'The server could not save it. Load the page anew, then try again.';

type Fields = [name: string, value: string][];

interface ShelfParts<Thing> {
  address: string;
  /** What is sent, for who counts it. */
  name: string;
  /** Of the answer, in which the thing is. */
  field: 'preset' | 'customSize';
  parse: (sent: unknown) => Thing | null;
}

interface ShelfWays {
  send(address: string, fields: Fields, name: string): Promise<SentAnswer>;
  /** Called after every change. */
  tell(): void;
}

export interface AccountShelf<Thing> {
  /** What the account says that there is. */
  fill(sent: readonly unknown[]): void;
  list(): readonly Thing[];
  save(fields: Fields, base: Base | null, formKey: string): Promise<Outcome<Thing>>;
  remove(id: string): Promise<Outcome<null>>;
  restore(id: string): Promise<Outcome<null>>;
}

export function createAccountShelf<Thing extends Preset | CustomSize>(
  { address, name, field, parse }: ShelfParts<Thing>,
  { send, tell }: ShelfWays,
): AccountShelf<Thing> {
  let things: readonly Thing[] = [];
  const removed = new Map<string, Thing>();

  function put(thing: Thing): void {
    things = inOrderOfNames([...things.filter(({ id }) => id !== thing.id), thing]);
    tell();
  }

  function drop(id: string): void {
    const thing = things.find((known) => known.id === id);
    if (thing) removed.set(id, thing);
    things = things.filter((known) => known.id !== id);
    tell();
  }

  /** What an answer means; `saved` reads the value of one that went well. */
  function outcomeOf<Value>(
    answer: SentAnswer,
    { id, saved }: { id: string | null; saved: (body: Record<string, unknown>) => Value | null },
  ): Outcome<Value> | { kind: 'changed'; now: Thing } {
    if (answer.kind === 'refused') return { kind: 'signedOut' };
    if (answer.kind === 'unreachable') return { kind: 'failed', reason: unreachable };
    const { status, body: said } = answer;
    if (status === 404) {
      if (id !== null) drop(id);
      return { kind: 'gone' };
    }
    if (status === 409 && said.now === null) return { kind: 'gone' }; // the form made one, which was deleted since
    if (status === 409) {
      const now = parse(said.now);
      if (now === null) return { kind: 'failed', reason: notUnderstood };
      put(now);
      return { kind: 'changed', now };
    }
    if (status === 422) return { kind: 'refused', errors: readErrors(said.errors, said.reason) };
    const value = status === 200 || status === 201 ? saved(said) : null;
    if (value !== null) return { kind: 'saved', value };
    return { kind: 'failed', reason: typeof said.reason === 'string' ? said.reason : notUnderstood };
  }

  return {
    fill(sent) {
      things = inOrderOfNames(sent.flatMap((one) => parse(one) ?? []));
    },
    list: () => things,
    async save(fields, base, formKey) {
      const to = base === null ? address : `${address}/${base.id}`;
      const own: [string, string] = base === null ? ['formKey', formKey] : ['version', String(base.version)];
      const answer = await send(to, [...fields, own, ['do', 'save']], name);
      const outcome = outcomeOf(answer, { id: base?.id ?? null, saved: (said) => parse(said[field]) });
      if (outcome.kind === 'saved') put(outcome.value);
      return outcome;
    },
    async remove(id) {
      const answer = await send(`${address}/${id}/delete`, [], name);
      const outcome = outcomeOf(answer, { id, saved: () => ({}) });
      if (outcome.kind === 'saved') drop(id);
      return withoutValue(outcome);
    },
    async restore(id) {
      const answer = await send(`${address}/${id}/restore`, [], name);
      const outcome = outcomeOf(answer, {
        id: null,
        saved: (said) => parse(said[field]) ?? removed.get(id) ?? null,
      });
      if (outcome.kind === 'saved') put(outcome.value);
      return withoutValue(outcome);
    },
  };
}

function withoutValue(outcome: Outcome<unknown>): Outcome<null> {
  if (outcome.kind === 'saved') return { kind: 'saved', value: null };
  if (outcome.kind === 'changed') return { kind: 'failed', reason: notUnderstood };
  return outcome;
}

function readErrors(errors: unknown, reason: unknown): Record<string, string> {
  const sentences = Object.entries(asObject(errors)).flatMap(([name, text]): [string, string][] =>
    typeof text === 'string' ? [[name, text]] : [],
  );
  if (sentences.length > 0) return Object.fromEntries(sentences);
  return { name: typeof reason === 'string' ? reason : notUnderstood };
}
