/** One JSON object per line on standard output, time in UTC. The only file that knows pino. */
import { type DestinationStream, pino } from 'pino';

type Fields = Record<string, unknown>;

export interface Log {
  info(fields: Fields, message: string): void;
  warn(fields: Fields, message: string): void;
  error(fields: Fields, message: string): void;
}

/** @param destination where lines go; standard output when left out. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/**
 * Makes outside text safe to print: control characters, also the ones that JSON leaves alone (DEL, C1) and the
 * two line separators, become visible; long text is cut.
 */
export function printable(text: string, maxLength = 300): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return cut.replace(/\p{Cc}|[\u2028\u2029]/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
