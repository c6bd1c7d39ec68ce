/** What somebody at an unlocked computer must not be able to do: each of these asks for the current password. */
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { collectErrors } from '../auth/authForms.ts';
import type { AuthParts } from '../auth/authParts.ts';
import { currentUser } from '../auth/currentUser.ts';
import { readEmail } from '../auth/emailAddress.ts';
import { refusePassword } from '../auth/passwordRules.ts';
import {
  actWhileSignedIn,
  changeEmail,
  changePassword,
  deleteUser,
  type Login,
} from '../auth/userQueries.ts';
import { readRaw } from '../http/form.ts';
import { goTo } from '../http/render.ts';
import { requestId } from '../http/requestLog.ts';
import type { Section } from './accountPage.ts';
import { listSessions, listStored, selectAccount } from './accountQueries.ts';
import { makeExport } from './exportedData.ts';
import type { ShowAccount } from './showAccount.ts';

/** The answer tells whether an address has an account, without a check against robots: so it may be asked less often than registering. */
const emailLimit = { name: 'email', limit: 5, windowMinutes: 60 };
const exportLimit = { name: 'export', limit: 10, windowMinutes: 60 };

const taken = 'This address has an account already. Use another address.';

export function guardedRoutes(parts: AuthParts, show: ShowAccount): Router {
  const { database, sessions, limits, passwords, audit, knownDevices } = parts;
  const routes = Router();

  /** What is wrong with the current password that came with the form, or null. Tries are counted for the session. */
  const refuseCurrentPassword = async (req: Request, res: Response, login: Login): Promise<string | null> => {
    const typed = readRaw(req.body, 'current_password');
    if (typed === '') return 'Your current password is missing.';
    await limits.takeTry(req, login.emailKey, 'session');
    const { isRight } = await passwords.check(typed, login.stored);
    if (isRight) {
      await limits.forgetTries(req, login.emailKey, 'session');
      return null;
    }
    await limits.countFailure(login.emailKey);
    audit('password-refused', { userId: login.id, requestId: requestId(res) });
    return 'This is not your current password.';
  };

  /** Does `act` when the other fields are right and the password is; otherwise shows what has to be mended. */
  const guard = (section: Section, readFields: ReadFields, act: Act): RequestHandler => {
    return async (req, res) => {
      const login = currentUser(req);
      const { values, faults } = readFields(req, login);
      const errors = collectErrors(faults);
      const isReady = Object.keys(errors).length === 0;
      const refusal = isReady ? await refuseCurrentPassword(req, res, login) : null;
      if (refusal !== null) errors.current_password = refusal;
      const isRefused = Object.keys(errors).length > 0;
      const outcome: Outcome = isRefused ? { kind: 'mend', errors } : await act(req, res, login);
      if (outcome.kind === 'next') goTo(res, outcome.path);
      if (outcome.kind === 'mend') await show(req, res, { section, errors: outcome.errors, values });
    };
  };

  routes.post(
    '/account/email',
    guard('email', readNewEmail, async (req, res, login) => {
      await limits.takeAct(login.id, emailLimit);
      const typed = readEmail(req.body);
      const outcome = await changeEmail(database, { login, sid: req.sessionID }, typed);
      if (outcome === 'taken') return { kind: 'mend', errors: { email: taken } };
      if (outcome === 'ended') return signedOut;
      audit('email-changed', { userId: login.id, requestId: requestId(res) });
      knownDevices.remember(req, res, typed.emailKey);
      const isRenewed = await sessions.renew(req, res);
      return isRenewed ? { kind: 'next', path: '/account?done=email' } : signedOut;
    }),
  );

  routes.post(
    '/account/password',
    guard('password', readNewPassword, async (req, res, login) => {
      const stored = await passwords.hash(readRaw(req.body, 'new_password'));
      const sid = req.sessionID;
      const isChanged = await actWhileSignedIn(database, { login, sid }, (query) =>
        changePassword(query, { login, stored, keepSid: sid }),
      );
      if (isChanged !== true) return signedOut;
      audit('password-changed', { userId: login.id, requestId: requestId(res) });
      const isRenewed = await sessions.renew(req, res);
      return isRenewed ? { kind: 'next', path: '/account?done=password' } : signedOut;
    }),
  );

  routes.post(
    '/account/export',
    guard('export', noFields, async (req, res, login) => {
      await limits.takeAct(login.id, exportLimit);
      const sid = req.sessionID;
      const file = await actWhileSignedIn(database, { login, sid }, async (query) => {
        const account = await selectAccount(query, login.id);
        if (account === null) return null;
        const sessions = await listSessions(query, login.id, { sid, limit: null });
        const presets = await listStored(query, login.id, 'presets');
        const customSizes = await listStored(query, login.id, 'custom_sizes');
        return makeExport({ account, sessions, presets, customSizes }, new Date());
      });
      if (file === null) return signedOut;
      audit('exported', { userId: login.id, requestId: requestId(res) });
      res.attachment(file.name).type('application/json').send(file.content);
      return { kind: 'sent' };
    }),
  );

  routes.post(
    '/account/delete',
    guard('delete', noFields, async (req, res, login) => {
      const isDeleted = await actWhileSignedIn(database, { login, sid: req.sessionID }, (query) =>
        deleteUser(query, login.id),
      );
      if (isDeleted === null) return signedOut;
      audit('account-deleted', { userId: login.id, requestId: requestId(res) });
      await sessions.end(req, res);
      knownDevices.forget(req, res);
      return { kind: 'next', path: '/sign-in?done=deleted' };
    }),
  );

  return routes;
}

type ReadFields = (
  req: Request,
  login: Login,
) => { values: Record<string, string>; faults: Record<string, string | null> };
type Outcome =
  /** Carried out: that page is next. */
  | { kind: 'next'; path: string }
  /** There is something to mend after all. */
  | { kind: 'mend'; errors: Record<string, string> }
  /** The answer has been sent. */
  | { kind: 'sent' };
type Act = (req: Request, res: Response, login: Login) => Promise<Outcome>;

/** The account or the session has ended meanwhile. */
const signedOut: Outcome = { kind: 'next', path: '/sign-in' };

const noFields: ReadFields = () => ({ values: {}, faults: {} });

const readNewEmail: ReadFields = (req, login) => {
  const { email, fault } = readEmail(req.body);
  const isSame = email === login.email;
  return { values: { email }, faults: { email: fault ?? (isSame ? 'This is your address already.' : null) } };
};

const readNewPassword: ReadFields = (req, { email }) => {
  const [typed, current] = [readRaw(req.body, 'new_password'), readRaw(req.body, 'current_password')];
  const missing = typed === '' ? 'Choose a new password.' : null;
  const isSame = typed.normalize('NFC') === current.normalize('NFC');
  const refusal =
    missing ?? refusePassword(typed, email) ?? (isSame ? 'This is your password already.' : null);
  return { values: {}, faults: { new_password: refusal } };
};
