/** Keeps presets and custom sizes with the account: sends the very forms of the pages, and reads the outcome. */
import { writeCustomSizeForm } from '../../server/presets/customSizes/customSizeForm.shared.ts';
import type { CustomSize, Preset, PresetLimits } from '../../server/presets/preset.shared.ts';
import { writePresetForm } from '../../server/presets/presetForm.shared.ts';
import type { AccountRequests, SentAnswer, SignedIn } from './accountRequests.ts';
import type { Base, Keeper, Outcome } from './keeper.ts';
import { inOrderOfNames, parseCustomSize, parsePreset } from './keptThings.ts';
import { asList, asObject } from './looseJson.ts';

const unreachable = 'The server can’t be reached just now, so nothing was saved. Try again in a moment.';
const notUnderstood = 'The server could not save it. Load the page anew, then try again.';
const usualLimits: PresetLimits = { presets: 200, specsPerPreset: 60, customSizes: 200 };

export interface AccountKeeper extends Keeper {
  /** Asks the account again what there is: something else than the keeper has changed it. */
  refresh(): Promise<void>;
}

/**
 * @param tag of the account that the page was made for: with any other one nothing is read or written
 * @param account what GET /account/mine said of it; null: it could not be asked yet, and is before anything is sent
 */
export function createAccountKeeper(
  requests: AccountRequests,
  tag: string,
  account: SignedIn | null,
): AccountKeeper {
  const listeners = new Set<() => void>();
  let token: string | null = null;
  let limits = usualLimits;
  let isFilled = false;
  const presets = createShelf('/presets', 'your preset', (sent) => parsePreset(sent), 'preset');
  const sizes = createShelf(
    '/presets/sizes',
    'your custom size',
    (sent) => parseCustomSize(sent),
    'customSize',
  );
  if (account?.tag === tag) fill(account);

  function fill({ csrfToken, body }: SignedIn): void {
    token = csrfToken;
    limits = readLimits(body.limits);
    presets.fill(asList(body.presets));
    sizes.fill(asList(body.customSizes));
    isFilled = true;
  }

  function tell(): void {
    for (const listener of [...listeners]) listener();
  }

  /** Asks for another token once when the one at hand is not good any more, or there is none yet. */
  async function send(address: string, fields: [string, string][], name: string): Promise<SentAnswer> {
    if (token !== null) {
      const answer = await requests.send(address, new URLSearchParams([...fields, ['_csrf', token]]), name);
      if (answer.kind !== 'refused') return answer;
    }
    const who = await requests.ask();
    if (who.kind === 'unreachable') return { kind: 'unreachable' };
    if (who.kind === 'signedOut' || who.account.tag !== tag) return { kind: 'refused' };
    const { csrfToken } = who.account;
    token = csrfToken;
    if (!isFilled) {
      fill(who.account);
      tell();
    }
    return requests.send(address, new URLSearchParams([...fields, ['_csrf', csrfToken]]), name);
  }

  function createShelf<Thing extends Preset | CustomSize>(
    address: string,
    name: string,
    parse: (sent: unknown) => Thing | null,
    field: 'preset' | 'customSize',
  ) {
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
      fill(sent: readonly unknown[]): void {
        things = inOrderOfNames(sent.flatMap((one) => parse(one) ?? []));
      },
      list: () => things,
      async save(fields: [string, string][], base: Base | null, formKey: string): Promise<Outcome<Thing>> {
        const to = base === null ? address : `${address}/${base.id}`;
        const own: [string, string] =
          base === null ? ['formKey', formKey] : ['version', String(base.version)];
        const answer = await send(to, [...fields, own, ['do', 'save']], name);
        const outcome = outcomeOf(answer, { id: base?.id ?? null, saved: (said) => parse(said[field]) });
        if (outcome.kind === 'saved') put(outcome.value);
        return outcome;
      },
      async remove(id: string): Promise<Outcome<null>> {
        const answer = await send(`${address}/${id}/delete`, [], name);
        const outcome = outcomeOf(answer, { id, saved: () => ({}) });
        if (outcome.kind === 'saved') drop(id);
        return withoutValue(outcome);
      },
      async restore(id: string): Promise<Outcome<null>> {
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

  return {
    where: 'account',
    get limits() {
      return limits;
    },
    async refresh() {
      const who = await requests.ask();
      if (who.kind !== 'signedIn' || who.account.tag !== tag) return;
      fill(who.account);
      tell();
    },
    presets: presets.list,
    customSizes: sizes.list,
    savePreset(content, base, formKey) {
      const { item, ...fields } = writePresetForm(content);
      const items = item.map((text): [string, string] => ['item', text]);
      return presets.save([...Object.entries(fields), ...items], base, formKey);
    },
    saveCustomSize: (content, base, formKey) =>
      sizes.save(Object.entries(writeCustomSizeForm(content)), base, formKey),
    deletePreset: presets.remove,
    restorePreset: presets.restore,
    deleteCustomSize: sizes.remove,
    restoreCustomSize: sizes.restore,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
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

function readLimits(sent: unknown): PresetLimits {
  const { presets, specsPerPreset, customSizes } = asObject(sent);
  const read = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);
  return {
    presets: read(presets, usualLimits.presets),
    specsPerPreset: read(specsPerPreset, usualLimits.specsPerPreset),
    customSizes: read(customSizes, usualLimits.customSizes),
  };
}
