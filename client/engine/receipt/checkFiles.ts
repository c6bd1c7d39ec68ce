/** Holds the files of a folder against a receipt: by headers alone, nothing is decoded. */
import type { FileFacts } from '../headers/fileFacts.ts';
import { type JudgedSpec, judge, type VerdictRow, type VerdictState, worstOf } from '../verdict.ts';
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
    const making = { output, enlargement, wish, kept, tried: null };
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
