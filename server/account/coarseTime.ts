/** Times as coarse as a person needs to recognise a session. */
import { dateWords } from '../specs/words.shared.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** `in the last ten minutes`, `in the last hour`, `5 hours ago`, `yesterday`, or the date (UTC). */
export function seenWords(seen: Date, now: Date): string {
  const ago = now.getTime() - seen.getTime();
  if (ago < 10 * minuteMs) return 'in the last ten minutes';
  if (ago < hourMs) return 'in the last hour';
  if (ago < 24 * hourMs) {
    const hours = Math.floor(ago / hourMs);
    return hours === 1 ? 'an hour ago' : `${hours} hours ago`;
  }
  return ago < 48 * hourMs ? 'yesterday' : `on ${dayWords(seen)}`;
}

/** `21 November 2026`, by UTC. */
export function dayWords(date: Date): string {
  return dateWords(date.toISOString().slice(0, 10));
}
