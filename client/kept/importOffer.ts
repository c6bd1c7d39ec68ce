/** Presets and custom sizes that were saved in this browser while signed out, for the account that signed in since. */

import { longestFile } from '../../server/presets/file/presetFile.shared.ts';
import { writePresetFile } from '../../server/presets/file/writtenPresetFile.shared.ts';
import type { CustomSize, Preset } from '../../server/presets/preset.shared.ts';
import { countWords } from '../../server/specs/words.shared.ts';
import type { AccountRequests } from './accountRequests.ts';
import { besideThings, list } from './browserShelf.ts';
import { parseCustomSize, parsePreset } from './keptThings.ts';
import { asList, asObject, parseObject } from './looseJson.ts';
import { makeUuid } from './randomId.ts';
import { type BrowserStorage, storageKeys } from './storage.ts';

export type Imported =
  /** `words` say what there is in the account now. */
  | { kind: 'added'; words: string }
  /** What went well so far is in the account, and no more in the browser. */
  | { kind: 'failed'; reason: string };

export interface ImportOffer {
  /** `3 presets and 1 custom size are kept in this browser only.` */
  words: string;
  add(): Promise<Imported>;
  /** They stay here, and nobody is asked again. */
  keepHere(): void;
}

interface Found {
  presets: Preset[];
  sizes: CustomSize[];
}

/** null when there is nothing to offer, or it was turned down before. */
export function findImportOffer(
  storage: BrowserStorage,
  requests: AccountRequests,
  csrfToken: string,
): ImportOffer | null {
  const found = findKept(storage);
  if (found.presets.length + found.sizes.length === 0) return null;
  return {
    words: `${foundWords(found)} kept in this browser only.`,
    keepHere() {
      const ids = [...found.presets, ...found.sizes].map(({ id }) => id);
      change(storage, (kept) => ({ ...kept, keptHere: [...asList(kept.keptHere), ...ids] }));
    },
    async add() {
      const now = findKept(storage); // another tab may have changed them since the page was made
      if (now.presets.length + now.sizes.length === 0) return { kind: 'added', words: nothingLeft };
      const formKey = importKey(storage);
      const body = (json: string) => new URLSearchParams({ json, formKey, _csrf: csrfToken });
      for (const part of cut(now)) {
        const answer = await requests.send('/presets/import', body(part.text), 'your presets');
        if (answer.kind === 'refused') return failed('You are not signed in any more. Load the page anew.');
        if (answer.kind === 'unreachable') return failed(unreachable);
        if (answer.status !== 200 && answer.status !== 201) return failed(reasonOf(answer.body));
        removeAll(storage, part);
      }
      change(storage, ({ importKey: _used, ...kept }) => kept);
      return { kind: 'added', words: `${foundWords(now)} in your account now.` };
    },
  };
}

const nothingLeft = 'There is nothing left in this browser that is not in your account.';
const unreachable =
  'The server can’t be reached just now. They are still in this browser: try again in a moment.';

function failed(reason: string): Imported {
  return { kind: 'failed', reason };
}

/** Without what is to stay here; but a preset takes the sizes along that it is made of. */
function findKept(storage: BrowserStorage): Found {
  const kept = parseObject(storage.read(storageKeys.presets));
  const keptHere = new Set(asList(kept.keptHere));
  const all = list({ parse: (entry) => parsePreset(entry, besideThings) }, asList(kept.presets));
  const allSizes = list({ parse: (entry) => parseCustomSize(entry, besideThings) }, asList(kept.customSizes));
  const presets = all.filter(({ id }) => !keptHere.has(id));
  const used = usedIds(presets);
  return { presets, sizes: allSizes.filter(({ id }) => used.has(id) || !keptHere.has(id)) };
}

function usedIds(presets: readonly Preset[]): Set<string> {
  return new Set(presets.flatMap(({ items }) => items.map(({ specId }) => specId)));
}

function foundWords({ presets, sizes }: Found): string {
  const counts = [
    ...(presets.length > 0 ? [countWords(presets.length, 'preset')] : []),
    ...(sizes.length > 0 ? [countWords(sizes.length, 'custom size')] : []),
  ];
  return `${counts.join(' and ')} ${presets.length + sizes.length === 1 ? 'is' : 'are'}`;
}

/** The server takes files up to a length: as many presets in each as go in, and the sizes that no preset has in the last. */
function cut({ presets, sizes }: Found): (Found & { text: string })[] {
  const used = usedIds(presets);
  const others = sizes.filter(({ id }) => !used.has(id));
  const half = Math.ceil(presets.length / 2);
  const text = writePresetFile(presets, sizes);
  const isShort = text.length <= longestFile && encodedLength(text) <= longestSent;
  if (isShort || presets.length < 2) return [{ presets, sizes, text }];
  const first = { presets: presets.slice(0, half), sizes: sizesOf(presets.slice(0, half), sizes) };
  const rest = presets.slice(half);
  return [...cut(first), ...cut({ presets: rest, sizes: [...sizesOf(rest, sizes), ...others] })];
}

/** Of a form, in bytes; the server takes 4 MB. */
const longestSent = 3_800_000;

function encodedLength(json: string): number {
  return new URLSearchParams({ json }).toString().length;
}

function sizesOf(presets: readonly Preset[], sizes: readonly CustomSize[]): CustomSize[] {
  const used = usedIds(presets);
  return sizes.filter(({ id }) => used.has(id));
}

/** A number that makes an import which is sent twice one; it stays until all is done. */
function importKey(storage: BrowserStorage): string {
  const { importKey: kept } = parseObject(storage.read(storageKeys.presets));
  if (typeof kept === 'string') return kept;
  const key = makeUuid();
  change(storage, (all) => ({ ...all, importKey: key }));
  return key;
}

/**
 * What is in the account now, unless it was changed since it was sent. Sizes stay for as long as a preset here needs them, and
 * where they were to stay.
 */
function removeAll(storage: BrowserStorage, { presets, sizes }: Found): void {
  change(storage, (kept) => {
    const left = asList(kept.presets).filter((entry) => !presets.some((sent) => isSent(entry, sent)));
    const needed = new Set([
      ...left.flatMap((entry) => asList(asObject(entry).items).map((item) => asObject(item).specId)),
      ...asList(kept.keptHere),
    ]);
    const gone = sizes.filter(({ id }) => !needed.has(id));
    const leftSizes = asList(kept.customSizes).filter((entry) => !gone.some((sent) => isSent(entry, sent)));
    return { ...kept, presets: left, customSizes: leftSizes };
  });
}

function isSent(entry: unknown, sent: { id: string; version: number }): boolean {
  const { id, version } = asObject(entry);
  return id === sent.id && version === sent.version;
}

function change(
  storage: BrowserStorage,
  decide: (kept: Record<string, unknown>) => Record<string, unknown>,
): void {
  const next = decide(parseObject(storage.read(storageKeys.presets)));
  const isEmpty = asList(next.presets).length + asList(next.customSizes).length === 0;
  if (isEmpty) storage.remove(storageKeys.presets);
  else storage.write(storageKeys.presets, JSON.stringify(next));
}

/** The server names what is wrong by its place in the file; here the sentence is enough. */
function reasonOf({ errors, reason }: Record<string, unknown>): string {
  const [fault] = asList(errors);
  const { message } = asObject(fault);
  if (typeof message === 'string') return message;
  return typeof reason === 'string' ? reason : unreachable;
}
