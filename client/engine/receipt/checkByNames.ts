/** Holds the files of a folder against specs, those of a preset: which file is for which spec is told by names. */
import { specWord } from '../fileNames.ts';
import { type JudgedSpec, judge, type Making, unknownMaking, worstOf } from '../verdict.ts';
import type { CheckedFile, FoundFile } from './checkFiles.ts';

export interface NamedCheck {
  specs: readonly JudgedSpec[];
  /** Where the folder has a receipt: file name -> words of the specs that it serves, see `specWord`. */
  uses: ReadonlyMap<string, readonly string[]>;
  /** What is known of how the files were to be made. */
  making?: Partial<Making>;
}

/**
 * Each file for the specs that `uses` names, else for the one whose word is in its name (the longest, where one word is part of
 * another). A spec without a file is red, a file without a spec amber.
 */
export function checkByNames(
  { specs, uses, making }: NamedCheck,
  found: readonly FoundFile[],
): CheckedFile[] {
  const longestFirst = specs.toSorted((a, b) => specWord(b).length - specWord(a).length);
  const served = new Set<JudgedSpec>();
  const checked = found.map(({ name, facts }): CheckedFile => {
    const words = uses.get(name) ?? [];
    const listed = specs.filter((spec) => words.includes(specWord(spec)));
    const named =
      listed.length > 0 ? listed : longestFirst.filter((spec) => hasWord(name, specWord(spec))).slice(0, 1);
    if (named.length === 0) {
      return { name, state: 'amber', notes: ['Its name holds none of the specs.'], uses: [] };
    }
    const verdicts = named.map((spec) => ({ spec, ...judge(facts, spec, { ...unknownMaking, ...making }) }));
    for (const spec of named) served.add(spec);
    return { name, state: worstOf(verdicts.map(({ state }) => state)), notes: [], uses: verdicts };
  });
  const missing = specs
    .filter((spec) => !served.has(spec))
    .map((spec): CheckedFile => {
      const notes = [`No file is for ${spec.group}, ${spec.name}.`];
      return { name: specWord(spec), state: 'red', notes, uses: [] };
    });
  return [...checked, ...missing];
}

/** Not as a part of a longer word: `x-post` is not in `xx-post`. */
function hasWord(name: string, id: string): boolean {
  const isLetter = (character: string | undefined) => character !== undefined && /[a-z0-9]/i.test(character);
  for (let at = name.indexOf(id); at >= 0 && id !== ''; at = name.indexOf(id, at + 1)) {
    if (!isLetter(name[at - 1]) && !isLetter(name[at + id.length])) return true;
  }
  return false;
}
