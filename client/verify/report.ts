/** The result of a check as lines for a terminal. */
import { dateWords } from '../../server/specs/words.shared.ts';
import type { CheckedFile } from '../engine/receipt/checkFiles.ts';
import { type VerdictRow, verdictStates } from '../engine/verdict.ts';

/** A line for each file, below it what is not green, and the count at the end. */
export function reportWords(checked: readonly CheckedFile[]): string {
  const lines = checked.flatMap(({ name, state, notes, uses }) => [
    `${state.padEnd(6)} ${name}`,
    ...notes.map((note) => `         ${note}`),
    ...uses.flatMap(({ spec, rows }) =>
      rows
        .filter((row) => row.state !== 'green')
        .map((row) => `         ${spec.group}, ${spec.name}: ${row.words}${sourceWords(row)}`),
    ),
  ]);
  const counts = verdictStates
    .map((state) => ({ state, count: checked.filter((file) => file.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state}`);
  const total = `${checked.length} ${checked.length === 1 ? 'file' : 'files'}`;
  return [...lines, counts.length > 0 ? `${total}: ${counts.join(', ')}.` : `${total}.`].join('\n');
}

function sourceWords({ source, checkedOn }: VerdictRow): string {
  if (!source) return '';
  const place = source.url === null ? source.text : `${source.text}, ${source.url}`;
  return ` (${place}${checkedOn === null ? '' : `; read ${dateWords(checkedOn)}`})`;
}
