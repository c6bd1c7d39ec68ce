/** A form of megabytes takes tens of milliseconds to read: how often somebody may send one is asked before it is read. */
import { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import { HttpError } from './errors.ts';
import { isLargeForm } from './form.ts';
import type { Limits } from './rateLimit.ts';
import type { Sessions } from './session.ts';

/**
 * To be mounted before the forms are read. Counts by account, or by address for whoever is not signed in, and refuses with 429.
 * @param perQuarter how many may be sent in a quarter of an hour
 */
export function limitLargeForms(sessions: Sessions, limits: Limits, perQuarter: number): RequestHandler {
  const rule = { name: 'large-form', limit: perQuarter, windowMinutes: 15 };
  const routes = Router();
  routes.use((req, _res, next) => next(isLargeForm(req) ? undefined : 'router'));
  routes.use(
    sessions.middleware,
    limits.byAddress(rule, (req) => req.session.userId ?? null),
  );
  routes.use(goOnUncounted);
  return routes;
}

/** While the database is not there nothing is imported anyway, and what was typed can be handed back only when it is read. */
const goOnUncounted: ErrorRequestHandler = (error: unknown, _req, _res, next) => {
  next(error instanceof HttpError && error.status === 503 ? undefined : error);
};
