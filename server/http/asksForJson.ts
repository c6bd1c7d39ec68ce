/** Who asks: a page that wants HTML, or a script of ours that sends the same form and wants the outcome alone. */
import type { Request } from 'express';

/** Whether the request would rather have JSON than a page. A browser that goes somewhere never does. */
export function asksForJson(req: Request): boolean {
  return req.accepts(['html', 'json']) === 'json';
}
