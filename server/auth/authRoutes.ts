/** Registering, signing in and out. */
import { type RequestHandler, type Response, Router } from 'express';
import { HttpError } from '../http/errors.ts';
import { readRaw } from '../http/form.ts';
import { goTo } from '../http/render.ts';
import { requestId } from '../http/requestLog.ts';
import { safeNext } from '../http/safeNext.ts';
import { sessionKey } from '../http/session.ts';
import {
  type Credentials,
  type FormErrors,
  readCaptchaAnswer,
  readRegistration,
  readSignIn,
} from './authForms.ts';
import type { AuthParts } from './authParts.ts';
import { readNotice } from './notice.ts';
import { passwordLength } from './passwordRules.ts';
import { findLogin, insertUser, type Login, replaceHash } from './userQueries.ts';

/** One text for an unknown address and for a wrong password: which of them it was is nobody's business. */
const wrongCredentials = 'The e-mail address or the password is not right.';
const wrongCaptcha = 'The check was not answered, not right, or older than five minutes. Here is a new one.';

const notices: Record<string, string> = {
  'signed-out': 'You are signed out.',
  deleted: 'Your account is deleted, with everything that was kept for it.',
};

export function authRoutes(parts: AuthParts): Router {
  const { config, database, render, log, sessions, limits, passwords, captchas, audit, knownDevices } = parts;
  const routes = Router();
  const limitShown = (name: string) =>
    limits.byAddress({ name, limit: config.limits.captcha, windowMinutes: 15 }, knownDevices.accountOf);
  const limitForms = limitShown('form');
  const limitPictures = limitShown('picture');

  const showForm = async (
    res: Response,
    { view, title, description, email = '', errors = {}, notice = '', next = '' }: ShownForm,
  ) => {
    const isRefused = Object.keys(errors).length > 0;
    sessions.refresh(res.req, res);
    const captcha = await captchas.issue(sessionKey(res.req));
    res.status(isRefused ? 422 : 200);
    render(res, view, {
      title: [isRefused ? 'Error' : notice, title, 'All Img Fit'].filter(Boolean).join(' · '),
      description,
      pageScripts: ['account.js'],
      captcha,
      errors,
      values: { email, next },
      nextQuery: next === '' ? '' : `?next=${encodeURIComponent(next)}`,
      wallOfNext: wallOf(next),
      notice,
      passwordLength,
      operatorContact: config.operator.contact,
    });
  };

  /** Says whether the form may go on; otherwise it has been answered. */
  const passes = async (res: Response, form: ShownForm, { email, errors }: Credentials): Promise<boolean> => {
    const answer = readCaptchaAnswer(res.req.body);
    const isComplete = Object.keys(errors).length === 0;
    const isHuman = isComplete && answer !== null && (await captchas.spend(answer, sessionKey(res.req)));
    if (isHuman) return true;
    await showForm(res, { ...form, email, errors: isComplete ? { captcha: wrongCaptcha } : errors });
    return false;
  };

  const begin = async (res: Response, login: Login): Promise<boolean> => {
    return sessions.start(res.req, res, { id: login.id, passwordChangedAt: login.passwordChangedAt });
  };

  /** As well as it can: when too many hashes wait, the next time will do, and signing in goes on. */
  const renewHash = async (login: Login, typed: string): Promise<void> => {
    try {
      await replaceHash(database.query, login, await passwords.hash(typed));
    } catch (error) {
      log.warn({ err: error }, 'password hash could not be made anew');
    }
  };

  const register: ShownForm = {
    view: 'register',
    title: 'Register',
    description:
      'An account keeps your preferences. It needs an e-mail address and a password, and nothing else.',
  };

  routes.get('/register', onlyStrangers, ...limitForms, (req, res) =>
    showForm(res, { ...register, next: safeNext(req.query.next, '') }),
  );

  routes.post(
    '/register',
    onlyStrangers,
    ...limits.byAddress({ name: 'register', limit: config.limits.register, windowMinutes: 60 }),
    async (req, res) => {
      const form = readRegistration(req.body);
      const shown = { ...register, next: safeNext(readRaw(req.body, 'next'), '') };
      if (!(await passes(res, shown, form))) return;
      const stored = await passwords.hash(form.password); // also for an address that is taken: both take the same time
      const login = await insertUser(database.query, { ...form, stored });
      if (login === null) {
        audit('register-refused', { requestId: requestId(res), reason: 'taken' });
        const errors = { email: 'This address has an account already. Sign in, or use another address.' };
        return showForm(res, { ...shown, email: form.email, errors });
      }
      audit('registered', { userId: login.id, requestId: requestId(res) });
      if (!(await begin(res, login))) throw new HttpError(409, 'This account has just been deleted.');
      knownDevices.remember(req, res, form.emailKey);
      goTo(res, shown.next || '/account?done=registered');
    },
  );

  const signIn: ShownForm = {
    view: 'sign-in',
    title: 'Sign in',
    description: 'Sign in to your account. The workspace does everything without one.',
  };

  routes.get('/sign-in', onlyStrangers, ...limitForms, (req, res) =>
    showForm(res, {
      ...signIn,
      notice: readNotice(notices, req.query.done),
      next: safeNext(req.query.next, ''),
    }),
  );

  routes.post(
    '/sign-in',
    onlyStrangers,
    ...limits.byAddress({ name: 'sign-in', limit: config.limits.signIn, windowMinutes: 15 }, (req) =>
      knownDevices.deviceOf(req, readSignIn(req.body).emailKey),
    ),
    async (req, res) => {
      const form = readSignIn(req.body);
      const shown = { ...signIn, next: safeNext(readRaw(req.body, 'next'), '') };
      if (!(await passes(res, shown, form))) return;
      const device = knownDevices.deviceOf(req, form.emailKey);
      const trier = device === null ? 'address' : { device };
      await limits.takeTry(req, form.emailKey, trier);
      const login = await findLogin(database.query, form.emailKey);
      const { isRight, isOutdated } = await passwords.check(form.password, login?.stored ?? null);
      if (isRight && isOutdated && login !== null) {
        await renewHash(login, form.password);
      }
      const isIn = isRight && login !== null && (await begin(res, login));
      if (!isIn) {
        await limits.countFailure(form.emailKey);
        audit('sign-in-failed', { userId: login?.id ?? null, requestId: requestId(res) });
        return showForm(res, { ...shown, email: form.email, errors: { password: wrongCredentials } });
      }
      audit('signed-in', { userId: login.id, requestId: requestId(res) });
      await limits.forgetTries(req, form.emailKey, trier);
      knownDevices.remember(req, res, form.emailKey);
      goTo(res, shown.next || '/account');
    },
  );

  routes.post('/sign-out', async (req, res) => {
    const { userId = null } = req.session;
    await sessions.end(req, res);
    if (userId !== null) audit('signed-out', { userId, requestId: requestId(res) });
    goTo(res, '/sign-in?done=signed-out');
  });

  routes.get('/sign-out', (_req, res) => goTo(res, '/account')); // a reload after signing out in another tab

  routes.get('/captcha/:file', ...limitPictures, async (req, res) => {
    const id = /^([0-9a-f-]{36})\.svg$/.exec(String(req.params.file))?.[1] ?? '';
    const picture = await captchas.draw(id, sessionKey(req));
    if (picture === null) throw new HttpError(404, 'This picture has expired. Load the form anew.');
    res.type('image/svg+xml').send(picture);
  });

  return routes;
}

interface ShownForm {
  view: 'register' | 'sign-in';
  title: string;
  description: string;
  email?: string;
  errors?: FormErrors;
  notice?: string;
  /** Where to go afterwards, checked; empty for the account. */
  next?: string;
}

/** Where the specs that are to go into a new preset can be laid out without an account; null when `next` is another page. */
function wallOf(next: string): string | null {
  const [path, query = ''] = next.split('?');
  if (path !== '/presets/new') return null;
  const specs = new URLSearchParams(query).get('specs');
  return specs === null ? '/generate' : `/generate?${new URLSearchParams({ specs })}`;
}

const onlyStrangers: RequestHandler = (req, res, next) => {
  if (req.session.userId !== undefined) return goTo(res, '/account');
  next();
};
