/** The second layer against forged requests: the browser itself says which site a request comes from. */
import type { Request, RequestHandler } from 'express';
import { HttpError } from './errors.ts';

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses with 403 what a page of another site asked for: every unsafe request, and every other one unless somebody is going
 * to our page. Pictures, frames and prefetches would use up the visitor's limits unseen. Every browser that we support sends
 * Sec-Fetch-Site (over https) or Origin; what sends neither is no browser and is left to the token.
 * @param publicUrl our own origin; null: whatever Host the request names
 */
export function onlyOwnPages(publicUrl: URL | null): RequestHandler {
  return (req, _res, next) => {
    const isRefused =
      comesFrom(req, publicUrl) === 'elsewhere' && !(safeMethods.includes(req.method) && isVisit(req));
    next(isRefused ? new HttpError(403, 'This request came from a page of another site.') : undefined);
  };
}

/** A link that somebody follows, so that our page takes the place of the other one. Without the headers nothing is said against it. */
function isVisit(req: Request): boolean {
  const mode = req.get('Sec-Fetch-Mode') ?? 'navigate';
  const destination = req.get('Sec-Fetch-Dest') ?? 'document';
  return mode === 'navigate' && destination === 'document' && req.get('Sec-Purpose') === undefined;
}

/**
 * `here` when the browser vouches for it, `elsewhere` when it says so, `unknown` when it says nothing.
 * Sec-Fetch-Site: https://www.w3.org/TR/fetch-metadata/ ; `none` means that no page made the request, such as a reload.
 */
export function comesFrom(req: Request, publicUrl: URL | null): 'here' | 'elsewhere' | 'unknown' {
  const site = req.get('Sec-Fetch-Site');
  if (site === 'same-origin') return 'here';
  if (site !== undefined && site !== 'none') return 'elsewhere';
  const origin = req.get('Origin');
  if (origin === undefined) return 'unknown';
  const isOurs = publicUrl === null ? hostOf(origin) === req.get('Host') : origin === publicUrl.origin;
  return isOurs ? 'here' : 'elsewhere';
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/**
 * Where people reach this site, without a slash at the end.
 * @param publicUrl null: whatever Host the request names
 * @throws HttpError 400 for a Host that is none
 */
export function originOf(req: Request, publicUrl: URL | null): string {
  if (publicUrl !== null) return publicUrl.origin;
  const host = req.headers.host ?? '';
  const asked = `${req.protocol}://${host}`;
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(asked)) throw new HttpError(400);
  return new URL(asked).origin;
}
