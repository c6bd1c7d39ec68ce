/** What a visitor sees when a request is refused or fails: one view, a request id, never a stack. A script gets the sentence. */
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { isUnavailable } from '../database/unavailable.ts';
import type { Log } from '../log.ts';
import { asksForJson } from './asksForJson.ts';
import { carriedForm, sentToken } from './carriedForm.ts';
import { HttpError } from './errors.ts';
import type { RenderPage } from './render.ts';
import { requestId } from './requestLog.ts';

/** Sentences by status; any other status in the range gets the sentence of 400 or 500. */
const sentences: Record<number, { title: string; text: string }> = {
  400: { title: 'Bad request', text: 'The server could not read this request.' },
  403: { title: 'Not allowed', text: 'This request is not allowed.' },
  404: { title: 'Page not found', text: 'There is no page at this address.' },
  405: { title: 'Not accepted here', text: 'This address does not accept that kind of request.' },
  413: { title: 'Too much at once', text: 'The form is larger than this address accepts.' },
  415: { title: 'Not readable here', text: 'This address takes plain forms only.' },
  421: { title: 'Wrong host', text: 'This server does not answer for that host name.' },
  422: { title: 'Not accepted', text: 'The form was not filled in as this page expects.' },
  429: {
    title: 'Too many tries',
    text: 'There were too many tries from here. Wait a while, then try again.',
  },
  500: {
    title: 'Something failed',
    text: 'The server could not finish this request. The failure has been written down.',
  },
  503: { title: 'Not available now', text: 'This part is not available now. Try again in a minute.' },
};

/** In seconds. */
const defaultRetryAfter: Record<number, number> = { 429: 60, 503: 5 };

export const notFound: RequestHandler = (_req, _res, next) => next(new HttpError(404));

/**
 * The last handler. Honours `err.status`, then a status already set on the response (lusca sets only that). A form of ours that
 * comes at a bad time (429, 503) is answered with a page that holds what was typed, and a button that sends it once more.
 * @param publicUrl our own origin; null: whatever Host the request names
 */
export function errorPage(render: RenderPage, log: Log, publicUrl: URL | null): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const status = statusOf(error, res.statusCode);
    const id = requestId(res);
    if (status >= 500) log.error({ id, method: req.method, err: error }, 'request failed');
    if (res.headersSent) return void res.destroy(); // half an answer must not look like a whole one
    for (const name of ['Content-Encoding', 'Content-Length', 'ETag', 'Last-Modified'])
      res.removeHeader(name);
    res.status(status).set('Cache-Control', 'no-store');
    const retryAfter = (error instanceof HttpError && error.retryAfterSeconds) || defaultRetryAfter[status];
    if (retryAfter !== undefined) res.set('Retry-After', String(Math.ceil(retryAfter)));
    const words = sentences[status] ?? sentences[status < 500 ? 400 : 500];
    const title = words?.title ?? 'Error';
    const text = error instanceof HttpError && error.message ? error.message : (words?.text ?? '');
    if (asksForJson(req)) return void res.json({ reason: text });
    const carried = req.method === 'POST' && retryAfter !== undefined ? carriedForm(req, publicUrl) : null;
    try {
      render(res, 'error', {
        title,
        text,
        status,
        requestId: id,
        carried,
        isWithoutPassword: hasPassword(req.body),
        token: tokenFor(req),
      });
    } catch (renderError) {
      log.error({ id, err: renderError }, 'error page failed');
      res.type('text').send(`${status} ${title}\n${text}\nRequest ${id}\n`);
    }
  };
}

/** Without a database nobody knows the session: then the token that came with the form is good for the next try as well. */
function tokenFor(req: Request): string {
  return sentToken(req) || (req.csrfToken?.() ?? '');
}

function hasPassword(body: unknown): boolean {
  return (
    typeof body === 'object' && body !== null && Object.keys(body).some((name) => /password/i.test(name))
  );
}

function statusOf(error: unknown, responseStatus: number): number {
  if (isUnavailable(error)) return 503;
  const own = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 0;
  if (own >= 400 && own <= 599) return own;
  return responseStatus >= 400 ? responseStatus : 500;
}
