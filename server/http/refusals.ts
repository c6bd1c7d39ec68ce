/** Requests that no page of ours would ever make, refused before anything else looks at them. */
import type { RequestHandler } from 'express';
import { HttpError } from './errors.ts';

/**
 * Refuses every method but GET and HEAD, and POST where forms are, with 405; the connection closes, so a body is never read.
 * @param formPaths the beginnings of the addresses that take forms
 */
export function onlyMethods(formPaths: readonly string[]): RequestHandler {
  return (req, res, next) => {
    const takesForms = formPaths.some((path) => isBelow(req.path.toLowerCase(), path));
    const methods = takesForms ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD'];
    if (methods.includes(req.method)) return next();
    res.set({ Allow: methods.join(', '), Connection: 'close' });
    next(new HttpError(405));
  };
}

/** Refuses every Host header but the one of PUBLIC_URL with 421 (RFC 9110, 15.5.20), so that no page or link can be made for a foreign name. */
export function onlyHost(publicUrl: URL | null): RequestHandler {
  return (req, _res, next) => {
    const isOurs = publicUrl === null || req.headers.host?.toLowerCase() === publicUrl.host;
    next(isOurs ? undefined : new HttpError(421));
  };
}

/** As `app.use(path)` sees it: the path itself, or something below it. */
function isBelow(address: string, path: string): boolean {
  return address === path || address.startsWith(`${path}/`);
}
