/** How an export ended, in words: one sentence on the whole, and one line for each thing that a person should know of. */
import { bytesWords, countWords } from '../../../server/specs/words.shared.ts';
import type { ExportResult, Failure } from '../exporter.ts';
import { specName } from '../specWords.ts';
import { countStates, type JudgedFile } from './judgedFiles.ts';

/** The others are in the receipt. */
const mostItems = 20;

export function resultWords(
  { savedAs, bytes, failures }: Pick<ExportResult, 'savedAs' | 'bytes' | 'failures'>,
  judged: readonly JudgedFile[],
): { sum: string; items: string[] } {
  const failed = failures.reduce((sum, failure) => sum + failure.files, 0);
  const parts = [
    savedAs === null
      ? 'No file could be made'
      : `${filesWords(judged)}, ${bytesWords(bytes)}, saved as ${savedAs}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...stateWords(judged),
  ];
  const items = [...failures.map(failureWords), ...judged.flatMap(brokenWords)];
  const more = items.length - mostItems;
  const shown = more > 1 ? [...items.slice(0, mostItems), `${more} more: see the receipt.`] : items;
  return { sum: `${parts.join(' · ')}.`, items: shown };
}

/** `6 files for 11 uses` where a file serves several specs. */
function filesWords(judged: readonly JudgedFile[]): string {
  const uses = judged.reduce((sum, one) => sum + one.uses.length, 0);
  const files = countWords(judged.length, 'file');
  return uses > judged.length ? `${files} for ${uses} uses` : files;
}

function stateWords(judged: readonly JudgedFile[]): string[] {
  if (judged.length === 0) return [];
  const [[, red = 0] = [], [, amber = 0] = []] = countStates(judged);
  if (red + amber === 0) return [judged.length === 1 ? 'it keeps all rules' : 'all keep all rules'];
  return [
    ...(red > 0 ? [`${red} ${red === 1 ? 'breaks' : 'break'} a rule`] : []),
    ...(amber > 0 ? [`${amber} with remarks`] : []),
  ];
}

/** Reasons from the worker often begin with the file's name already. */
function failureWords({ name, reason, files }: Failure): string {
  const words = reason.startsWith(name) ? reason : `${name}: ${reason}`;
  return files > 1 ? `${words} (${files} files)` : words;
}

function brokenWords({ file, uses }: JudgedFile): string[] {
  return uses.flatMap(({ spec, rows }) => {
    const place = uses.length > 1 ? ` at ${specName(spec)}` : '';
    const broken = rows.filter(({ state }) => state === 'red');
    return broken.map(({ words }) => `${file.name}${place}: ${words}`);
  });
}
