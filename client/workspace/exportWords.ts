/** What the export bar says, as pure words. */
import { countWords } from '../../server/specs/words.shared.ts';
import { timeLeft, timeWords } from '../engine/timeLeft.ts';

/** `8 specs × 3 photos`: what an export would give. */
export function sumWords(specs: number, photos: number): string {
  return photos === 0
    ? `${countWords(specs, 'spec')} on the wall`
    : `${countWords(specs, 'spec')} × ${countWords(photos, 'photo')}`;
}

/** `left` of the `total` photos are still being read. */
export function waitWords(left: number, total: number): string {
  return `Waiting for the last photos: ${total - left} of ${total} read`;
}

export function progressWords(done: number, total: number, elapsedMs: number, isToFolder: boolean): string {
  if (done === total)
    return total === 1 ? 'Saving the file' : isToFolder ? 'Writing the files' : 'Writing the zip';
  const left = timeLeft(done, total, elapsedMs);
  return `${done} of ${countWords(total, 'file')}${left === null ? '' : ` · ${timeWords(left)} left`}`;
}
