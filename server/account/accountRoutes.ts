/** The account page: what is kept, the sessions, the preferences. What asks for the password is in guardedRoutes.ts. */
import { Router } from 'express';
import type { AuthParts } from '../auth/authParts.ts';
import { currentUser, requireUser } from '../auth/currentUser.ts';
import { isUuid } from '../database/uuid.ts';
import { HttpError } from '../http/errors.ts';
import { goTo } from '../http/render.ts';
import { requestId } from '../http/requestLog.ts';
import { endOtherSessions, endSession } from './accountQueries.ts';
import { guardedRoutes } from './guardedRoutes.ts';
import { mineRoutes } from './mineRoutes.ts';
import { preferenceRoutes } from './preferenceRoutes.ts';
import { createShowAccount } from './showAccount.ts';

export function accountRoutes(parts: AuthParts): Router {
  const { config, database, limits, audit } = parts;
  const { query } = database;
  const show = createShowAccount(parts);
  const routes = Router();
  routes.use(mineRoutes(parts));
  routes.use('/account', requireUser(query));

  routes.get('/account', (req, res) => show(req, res, null));

  const limitForms = limits.byAddress(
    { name: 'account', limit: config.limits.account, windowMinutes: 15 },
    (req) => currentUser(req).id,
  );
  routes.use(preferenceRoutes(parts, { show, limitForms }));
  routes.post('/account/{*rest}', ...limitForms);

  routes.post('/account/sessions/end-others', async (req, res) => {
    const { id } = currentUser(req);
    await database.inTransaction((run) => endOtherSessions(run, id, req.sessionID));
    audit('other-sessions-ended', { userId: id, requestId: requestId(res) });
    goTo(res, '/account?done=sessions');
  });

  routes.post('/account/sessions/:publicId/end', async (req, res) => {
    const { id } = currentUser(req);
    const { publicId } = req.params;
    const isEnded = isUuid(publicId) && (await endSession(query, id, publicId));
    if (!isEnded) throw new HttpError(404, 'There is no such session. It may have ended already.');
    audit('session-ended', { userId: id, requestId: requestId(res) });
    goTo(res, '/account?done=session');
  });

  routes.use(guardedRoutes(parts, show));

  for (const section of ['email', 'password', 'sessions', 'preferences', 'export', 'delete']) {
    routes.get(`/account/${section}`, (_req, res) => goTo(res, `/account#${section}`)); // a reload of a refused form
  }

  for (const address of ['/account/sessions/end-others', '/account/sessions/:publicId/end']) {
    routes.get(address, (_req, res) => goTo(res, '/account#sessions')); // after signing in again, or a reload
  }

  return routes;
}
