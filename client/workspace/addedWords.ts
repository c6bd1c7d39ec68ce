/** What is spoken of files that came in, as pure words. */
import { countWords } from '../../server/specs/words.shared.ts';

/** `reasons`: of each file that was refused. A single one is told; of several only the number, the list has them all. */
export function addedWords(added: number, reasons: readonly string[]): string {
  const words: string[] = [];
  if (added > 0) words.push(`${countWords(added, 'photo')} added.`);
  if (reasons.length === 1) words.push(...reasons);
  if (reasons.length > 1)
    words.push(`${countWords(reasons.length, 'file')} not added, listed with the reasons.`);
  return words.join(' ');
}
