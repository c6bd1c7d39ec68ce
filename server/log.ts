/** One JSON object per line on standard output, time in UTC. The only file that knows pino. */
import { type DestinationStream, pino } from 'pino';
import { codeOf } from './startError.ts';

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
    serializers: { err: describeError },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/**
 * An error's kind, code, message and stack, and nothing else that hangs on it: Postgres puts rows into `detail`. The
 * messages of data exceptions (SQLSTATE class 22) quote values, so they stay out too.
 */
function describeError(error: unknown): Fields {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = codeOf(error);
  const stack = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 12);
  const message = /^22...$/.test(code) ? '(holds a value)' : printable(error.message);
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  return { type: error.name, ...(code && { code }), message, stack, ...cause };
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
