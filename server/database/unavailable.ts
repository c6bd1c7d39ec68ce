/** Tells a database that is not there just now from a mistake of ours. */
import { codeOf } from '../startError.ts';

/**
 * SQLSTATE classes (https://www.postgresql.org/docs/17/errcodes-appendix.html): 08 connection, 53 resources (too many connections,
 * disk full), 57 operator (shutting down, starting up, statement_timeout), 58 system (I/O). 25006: it can only be read.
 * 25P03: idle_in_transaction_session_timeout.
 */
const sqlState = /^(08...|53...|57...|58...|25006|25P03)$/;

const systemErrors = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
];

/** What pg itself throws carries no code. */
const messages = [
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Connection terminated',
  'timeout expired',
  'Client was closed and is not queryable',
  'Client has encountered a connection error and is not queryable',
  'Cannot use a pool after calling end on the pool',
];

/** Whether a query failed because the database can't be reached or can't work at the moment: the visitor may try again. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  return code === '' ? messages.includes(error.message) : sqlState.test(code) || isSystemError(error, code);
}

/** Only of a socket: a file that is missing is our mistake. */
function isSystemError(error: Error, code: string): boolean {
  return (
    systemErrors.includes(code) &&
    'syscall' in error &&
    /^(connect|read|write|getaddrinfo)$/.test(String(error.syscall))
  );
}
