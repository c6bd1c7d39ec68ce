/** Gives every request an id and writes one line when its response has ended. */
import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { type Log, printable } from '../log.ts';

/** The id that the visitor sees on an error page and that the log line of the same request carries. */
export function requestId(res: Response): string {
  return String(res.getHeader('X-Request-Id') ?? '');
}

/** Asked every few seconds by supervisors: a line is written only when the answer is not 200. */
const probes = ['/healthz', '/readyz'];

/** The line holds id, method, path without its query, status and duration: no header, no body, no address. */
export function requestLog(log: Log): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    const path = printable(req.path);
    res.set('X-Request-Id', randomUUID());
    res.once('close', () => {
      if (probes.includes(path) && res.statusCode === 200) return;
      const fields = {
        id: requestId(res),
        method: req.method,
        path,
        status: res.statusCode,
        ms: Math.round(performance.now() - startedAt),
      };
      if (res.writableFinished) log.info(fields, 'request');
      else log.info({ ...fields, aborted: true }, 'request');
    });
    next();
  };
}
