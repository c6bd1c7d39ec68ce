/** When something was changed, in words that are right in every time zone. */
import { dateWords } from '../specs/words.shared.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** `less than a minute ago`, `3 minutes ago`, `an hour ago`, `yesterday`, `on 21 Nov 2026` (UTC). */
export function changedWords(changedAt: Date, now: Date): string {
  const ago = now.getTime() - changedAt.getTime();
  if (ago < minuteMs) return 'less than a minute ago';
  if (ago < hourMs) return countAgo(Math.floor(ago / minuteMs), 'a minute', 'minutes');
  if (ago < dayMs) return countAgo(Math.floor(ago / hourMs), 'an hour', 'hours');
  return ago < 2 * dayMs ? 'yesterday' : `on ${dateWords(changedAt.toISOString().slice(0, 10))}`;
}

function countAgo(count: number, one: string, many: string): string {
  return `${count === 1 ? one : `${count} ${many}`} ago`;
}
