/** Periods of the configuration in words. */
import { countWords } from '../specs/words.shared.ts';

/** How many days a browser is known again after signing in with it. */
export const knownDeviceDays = 180;

/** `5 minutes`, `1 hour`, `36 hours`, `7 days`: in the largest unit in which the number stays whole. */
export function minutesWords(minutes: number): string {
  for (const [size, unit] of units) {
    if (minutes >= size && minutes % size === 0) return countWords(minutes / size, unit);
  }
  return countWords(minutes, 'minute');
}

export const hoursWords = (hours: number): string => minutesWords(hours * 60);

export const daysWords = (days: number): string => countWords(days, 'day');

const units: readonly [size: number, unit: string][] = [
  [24 * 60, 'day'],
  [60, 'hour'],
];
