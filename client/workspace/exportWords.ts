/** What the export bar says, as pure words. */
import { bytesWords, countWords } from '../../server/specs/words.shared.ts';
import { timeLeft, timeWords } from '../engine/timeLeft.ts';
import type { ExportResult, Failure, TooLarge } from './exporter.ts';

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

export function progressWords(done: number, total: number, elapsedMs: number): string {
  if (done === total) return total === 1 ? 'Saving the file' : 'Writing the zip';
  const left = timeLeft(done, total, elapsedMs);
  return `${done} of ${countWords(total, 'file')}${left === null ? '' : ` · ${timeWords(left)} left`}`;
}

/** One sentence on the whole, and one line for each thing that a person should know of. */
export function resultWords({ savedAs, files, bytes, failures, tooLarge }: ExportResult): {
  sum: string;
  items: string[];
} {
  const parts =
    savedAs === null
      ? ['No file could be made']
      : [`${countWords(files, 'file')}, ${bytesWords(bytes)}, saved as ${savedAs}`];
  const failed = failures.reduce((sum, failure) => sum + failure.files, 0);
  if (failed > 0) parts.push(`${failed} failed`);
  if (tooLarge.length > 0) parts.push(`${tooLarge.length} over the limit of the place`);
  return {
    sum: `${parts.join(' · ')}.`,
    items: [...failures.map(failureWords), ...tooLarge.map(tooLargeWords)],
  };
}

/** Reasons from the worker often begin with the file's name already. */
function failureWords({ name, reason, files }: Failure): string {
  const words = reason.startsWith(name) ? reason : `${name}: ${reason}`;
  return files > 1 ? `${words} (${files} files)` : words;
}

function tooLargeWords(file: TooLarge): string {
  const limit = `${bytesWords(file.bytes)}, the limit is ${bytesWords(file.maxBytes)}`;
  return `${file.name}: ${limit}. ${adviceFor(file)}`;
}

/** PNG has no quality to lower; where the place takes another format, that one makes the smaller file. */
function adviceFor({ format, allowed }: TooLarge): string {
  if (format !== 'png') return 'Lower the quality.';
  const others = (['jpeg', 'webp'] as const).filter((other) => allowed.includes(other));
  if (others.length > 0) return `Choose ${others.map((other) => names[other]).join(' or ')}.`;
  return 'This place takes PNG alone: a plainer crop or background makes a smaller file.';
}

const names = { jpeg: 'JPEG', webp: 'WebP' };
