/** The door of accounts for other features: who is signed in. */
import type { Request, RequestHandler, Response } from 'express';
import type { Query } from '../database/pool.ts';
import { asksForJson } from '../http/asksForJson.ts';
import { goTo } from '../http/render.ts';
import { safeNext } from '../http/safeNext.ts';
import { findLoginById, type Login } from './userQueries.ts';

export type { Login } from './userQueries.ts';

const users = new WeakMap<Request, Login>();

/** Lets only somebody who is signed in pass; everybody else is led to the sign-in page, and a script gets 401. */
export function requireUser(query: Query): RequestHandler {
  return async (req, res, next) => {
    const { userId } = req.session;
    const user = userId === undefined ? null : await findLoginById(query, userId);
    if (user === null) return refuseStranger(req, res);
    users.set(req, user);
    next();
  };
}

/**
 * The same for routes that need no more of the person than the id. The database is not asked again: the session was read for
 * this request, and its row goes with the account's.
 */
export const requireOwner: RequestHandler = (req, res, next) => {
  if (req.session.userId === undefined) refuseStranger(req, res);
  else next();
};

/** Whose rows a request is about: the id of who is signed in. Only behind `requireOwner` or `requireUser`. */
export function currentOwner(req: Request): string {
  const { userId } = req.session;
  if (userId === undefined) throw new Error('This route is not behind requireOwner');
  return userId;
}

/** Whose request it is. Only behind `requireUser`. */
export function currentUser(req: Request): Login {
  const user = users.get(req);
  if (user === undefined) throw new Error('This route is not behind requireUser');
  return user;
}

function refuseStranger(req: Request, res: Response): void {
  if (asksForJson(req)) res.status(401).json({});
  else goTo(res, signInPath(req));
}

/** The sign-in page, which leads back to the page that was asked for, with its query when that is not too long. */
function signInPath({ method, originalUrl }: Request): string {
  const [path = ''] = originalUrl.split('?');
  if (method !== 'GET' || path === '/account') return '/sign-in';
  return `/sign-in?next=${encodeURIComponent(safeNext(originalUrl, path))}`;
}
