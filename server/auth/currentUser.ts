/** The door of accounts for other features: who is signed in. */
import type { Request, RequestHandler } from 'express';
import type { Query } from '../database/pool.ts';
import { asksForJson } from '../http/asksForJson.ts';
import { goTo } from '../http/render.ts';
import { findLoginById, type Login } from './userQueries.ts';

export type { Login } from './userQueries.ts';

const users = new WeakMap<Request, Login>();

/** Lets only somebody who is signed in pass; everybody else is led to the sign-in page, and a script gets 401. */
export function requireUser(query: Query): RequestHandler {
  return async (req, res, next) => {
    const { userId } = req.session;
    const user = userId === undefined ? null : await findLoginById(query, userId);
    if (user === null) return asksForJson(req) ? void res.status(401).json({}) : goTo(res, signInPath(req));
    users.set(req, user);
    next();
  };
}

/** Whose request it is. Only behind `requireUser`. */
export function currentUser(req: Request): Login {
  const user = users.get(req);
  if (user === undefined) throw new Error('This route is not behind requireUser');
  return user;
}

/** The sign-in page, which leads back to the page that was asked for. */
function signInPath({ method, originalUrl }: Request): string {
  const [path = ''] = originalUrl.split('?');
  return method === 'GET' && path !== '/account' ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in';
}
