/** Holds the files of a folder against a receipt, or against specs by their names: by headers alone, nothing is decoded. */
import type { FileFacts } from '../headers/fileFacts.ts';
import { type JudgedSpec, judge, type VerdictRow, type VerdictState, verdictStates } from '../verdict.ts';
import type { Receipt } from './receipt.ts';

/** A file as it lies in the folder. */
export interface FoundFile {
  name: string;
  /** null where the bytes could not be read as an image. */
  facts: FileFacts | null;
  sha256: string;
}

export interface CheckedFile {
  name: string;
  state: VerdictState;
  /** What is to be said of it beside the rules. */
  notes: readonly string[];
  uses: readonly { spec: JudgedSpec; state: VerdictState; rows: readonly VerdictRow[] }[];
}

/** Every file of the receipt, then those that it does not name. A file that is not there is red; one that it does not name is amber. */
export function checkByReceipt(receipt: Receipt, found: readonly FoundFile[]): CheckedFile[] {
  const byName = new Map(found.map((file) => [file.name, file]));
  const specs = new Map(receipt.specs.map((spec) => [spec.id, spec]));
  const { format: wish, kept } = receipt.settings;
  const listed = receipt.files.map((entry): CheckedFile => {
    const file = byName.get(entry.name);
    if (!file) return { name: entry.name, state: 'red', notes: ['It is not in the folder.'], uses: [] };
    const { output, enlargement } = entry;
    const making = { output, enlargement, wish, kept };
    const uses = entry.specIds.flatMap((id) => {
      const spec = specs.get(id);
      return spec ? [{ spec, ...judge(file.facts, spec, making) }] : [];
    });
    const isChanged = file.sha256 !== entry.sha256;
    const notes = isChanged ? ['It is another file than the one that the receipt was written for.'] : [];
    const states = [...uses.map(({ state }) => state), ...(isChanged ? (['amber'] as const) : [])];
    return { name: entry.name, state: worstOf(states), notes, uses };
  });
  const names = new Set(receipt.files.map(({ name }) => name));
  const others = found
    .filter(({ name }) => !names.has(name))
    .map(
      ({ name }): CheckedFile => ({
        name,
        state: 'amber',
        notes: ['The receipt does not name it.'],
        uses: [],
      }),
    );
  return [...listed, ...others];
}

/**
 * Each file by the spec whose id is in its name (the longest, where one id is part of another). A spec without a file is red, a
 * file without a spec amber.
 */
export function checkByNames(specs: readonly JudgedSpec[], found: readonly FoundFile[]): CheckedFile[] {
  const longestFirst = specs.toSorted((a, b) => b.id.length - a.id.length);
  const served = new Set<string>();
  const checked = found.map(({ name, facts }): CheckedFile => {
    const spec = longestFirst.find(({ id }) => hasWord(name, id));
    if (!spec) return { name, state: 'amber', notes: ['Its name holds none of the specs.'], uses: [] };
    served.add(spec.id);
    const verdict = judge(facts, spec);
    return { name, state: verdict.state, notes: [], uses: [{ spec, ...verdict }] };
  });
  const missing = specs
    .filter(({ id }) => !served.has(id))
    .map(({ id, group, name }): CheckedFile => {
      const notes = [`No file is for ${group}, ${name}.`];
      return { name: id, state: 'red', notes, uses: [] };
    });
  return [...checked, ...missing];
}

function worstOf(states: readonly VerdictState[]): VerdictState {
  return verdictStates.findLast((state) => states.includes(state)) ?? 'green';
}

/** Not as a part of a longer word: `x-post` is not in `xx-post`. */
function hasWord(name: string, id: string): boolean {
  const isLetter = (character: string | undefined) => character !== undefined && /[a-z0-9]/i.test(character);
  for (let at = name.indexOf(id); at >= 0 && id !== ''; at = name.indexOf(id, at + 1)) {
    if (!isLetter(name[at - 1]) && !isLetter(name[at + id.length])) return true;
  }
  return false;
}
