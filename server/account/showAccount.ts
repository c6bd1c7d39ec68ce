/** Renders the account page, plain or with a form on it to mend. */
import type { Request, Response } from 'express';
import type { AuthParts } from '../auth/authParts.ts';
import { readNotice } from '../auth/notice.ts';
import { passwordLength } from '../auth/passwordRules.ts';
import { goTo } from '../http/render.ts';
import { sessionsPerAccount } from '../http/sessionStore.ts';
import { daysWords, hoursWords } from '../pages/periods.shared.ts';
import { describeAccount, type Refusal } from './accountPage.ts';
import { listSessions, selectAccount } from './accountQueries.ts';

export type ShowAccount = (req: Request, res: Response, refusal: Refusal | null) => Promise<void>;

/** After a form that was carried out, the address names what was done. */
const notices: Record<string, string> = {
  registered: 'Your account is ready, and you are signed in.',
  email: 'Your e-mail address is changed.',
  password: 'Your password is changed. Every other session has ended.',
  session: 'The session has ended.',
  sessions: 'All other sessions have ended.',
  preferences: 'Your preferences are saved.',
};

export function createShowAccount({ config, database, render }: AuthParts): ShowAccount {
  const { query } = database;
  const sessionPeriods = { idle: hoursWords(config.sessionIdleHours), max: daysWords(config.sessionMaxDays) };
  return async (req, res, refusal) => {
    const { userId = '' } = req.session;
    const account = await selectAccount(query, userId);
    if (account === null) return goTo(res, '/sign-in');
    const sessions = await listSessions(query, userId, { sid: req.sessionID, limit: sessionsPerAccount });
    const notice = refusal === null ? readNotice(notices, req.query.done) : '';
    res.status(refusal === null ? 200 : 422);
    render(res, 'account', {
      ...describeAccount({ account, sessions, refusal, now: new Date() }),
      title: [refusal === null ? notice : 'Error', 'Account', 'All Img Fit'].filter(Boolean).join(' · '),
      pageScripts: ['account.js'],
      notice,
      passwordLength,
      sessionPeriods,
    });
  };
}
