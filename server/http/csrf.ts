/**
 * The first layer against forged requests: a token in every form. The only file that knows lusca, which is used without
 * options: its `allowlist` would switch the protection off for every other path.
 */
import type { ErrorRequestHandler, RequestHandler } from 'express';
import lusca from 'lusca';
import { asksForJson } from './asksForJson.ts';
import { noteOutOfDate } from './audit.ts';
import { carriedForm, ownAddress } from './carriedForm.ts';
import type { RenderPage } from './render.ts';

declare global {
  namespace Express {
    interface Request {
      /** The token of the request's session, salted anew; absent where no session is. */
      csrfToken?: () => string;
    }
  }
}

/** Refuses every request but GET, HEAD and OPTIONS whose `_csrf` field or `X-CSRF-Token` header is not its session's. */
export function requireToken(): RequestHandler {
  return lusca.csrf();
}

/**
 * A form whose session has changed or ended (another tab signed in, two hours went by) is answered with a page that holds
 * what was typed, and one button that sends it again. Only when the browser vouches that the request came from a page of
 * ours: else somebody else's values would be one click away.
 */
export function answerStaleForm(render: RenderPage, publicUrl: URL | null): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (!(error instanceof Error) || !/^CSRF token (missing|mismatch)$/.test(error.message))
      return next(error);
    const carried = carriedForm(req, publicUrl);
    if (carried !== null) noteOutOfDate(res);
    res.status(403);
    if (asksForJson(req)) return void res.json({ reason: 'This page was out of date. Load it anew.' });
    render(res, 'stale', {
      title: 'This page was out of date · All Img Fit',
      isSignInNeeded:
        req.session?.userId === undefined && /^\/(account|presets)(\/|\?|$)/.test(req.originalUrl),
      isWithoutCookie: req.get('Cookie') === undefined,
      action: ownAddress(req),
      carried,
    });
  };
}
