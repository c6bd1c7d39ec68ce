/** What every account page goes through before its own route, in order. Home, workspace, specs and legal pages need none of it. */
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Config } from '../config.ts';
import type { Database } from '../database/pool.ts';
import type { Log } from '../log.ts';
import type { Secrets } from '../secrets.ts';
import { auditRefusals, createAudit } from './audit.ts';
import { answerStaleForm, requireToken } from './csrf.ts';
import { readForms } from './form.ts';
import { limitLargeForms } from './largeForms.ts';
import { onlyOwnPages } from './origin.ts';
import { createLimits, type Limits } from './rateLimit.ts';
import type { RenderPage } from './render.ts';
import { createSessions, type Sessions } from './session.ts';

/** The beginnings of all addresses that have a session, take forms and may ask the database. */
export const accountPaths = ['/register', '/sign-in', '/sign-out', '/account', '/captcha', '/presets'];

/** What the routes of accounts are made from. */
export interface AccountParts {
  config: Config;
  database: Database;
  render: RenderPage;
  log: Log;
  sessions: Sessions;
  limits: Limits;
  secrets: Secrets;
}

export function createAccountParts(
  given: Pick<AccountParts, 'config' | 'database' | 'render' | 'log' | 'secrets'>,
  isHttps: boolean,
): AccountParts {
  const { config, database, log, secrets, render } = given;
  const sessions = createSessions({
    database,
    log,
    isHttps,
    secrets: secrets.session,
    idleHours: config.sessionIdleHours,
    maxDays: config.sessionMaxDays,
  });
  const limits = createLimits(database, secrets.session[0]);
  return { config, database, render, log, secrets, sessions, limits };
}

/** For `app.use(accountPaths, ...)`, once, before all account routes. Sets `req.session`, `req.body` and `req.csrfToken`. */
export function accountStack({
  config,
  limits,
  log,
  render,
  secrets,
  sessions,
}: AccountParts): (RequestHandler | ErrorRequestHandler)[] {
  const { publicUrl } = config;
  return [
    neverKept,
    auditRefusals(createAudit(log, secrets.session[0])),
    onlyOwnPages(publicUrl),
    limitLargeForms(sessions, limits, config.limits.imports),
    ...readForms(), // before the session is looked up: without a database the form can still be handed back
    ...sessions.middleware,
    requireToken(),
    answerStaleForm(render, publicUrl),
  ];
}

/** No cache may keep a page that belongs to one person, and none may mix up a page and its part. */
const neverKept: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  res.vary('Cookie').vary('HX-Request');
  next();
};
