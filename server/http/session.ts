/** Who a request belongs to: the signed cookie, the pre-session of a visitor, and signing in and out. The only file that knows express-session. */
import type { Request, RequestHandler, Response } from 'express';
import session from 'express-session';
import { describeDevice } from './device.ts';
import {
  deriveCsrfSecret,
  hashSessionId,
  isAgedPreSessionId,
  isPreSessionId,
  makePreSessionId,
  makeSessionId,
} from './sessionIds.ts';
import { type SessionOwner, SessionStore, type StoreSettings } from './sessionStore.ts';

declare module 'express-session' {
  interface SessionData {
    /** Set exactly when somebody is signed in. */
    userId?: string;
    /** For lusca; derived from the id, stored nowhere. */
    _csrfSecret: string;
  }
}

export interface Sessions {
  /** Sets `req.session` and `res.locals.signedIn`. */
  middleware: RequestHandler[];
  /**
   * Signs somebody in under a new id; call it when the password has been found right. Resolves when the row is stored, so a
   * redirect may follow. False when the account has gone or its password changed meanwhile: then nobody is signed in.
   */
  start(req: Request, res: Response, owner: SessionOwner): Promise<boolean>;
  /** A new id for a visitor's session that is more than an hour old. Call it before a form is shown: it can be sent for an hour then. */
  refresh(req: Request, res: Response): void;
  /** A new id for the session that is signed in (after its password changed). False when it has been ended meanwhile. */
  renew(req: Request, res: Response): Promise<boolean>;
  /** Signs out: the row is deleted, and the browser told to forget its cookie and the pages it kept. */
  end(req: Request, res: Response): Promise<void>;
}

export type SessionsSettings = Omit<StoreSettings, 'secret'> & {
  /** SESSION_SECRET, newest first: the first one signs, all are accepted. */
  secrets: readonly [string, ...string[]];
  /** Whether people reach the site by https. */
  isHttps: boolean;
};

/** The name of the session's cookie. `__Host-`: only over https, for this host alone, for every path. */
export function sessionCookieName(isHttps: boolean): string {
  return isHttps ? '__Host-sid' : 'sid';
}

/** The name of the other cookie: it knows a browser again (see server/auth/knownDevice.ts). */
export function knownCookieName(isHttps: boolean): string {
  return isHttps ? '__Host-known' : 'known';
}

/** Names the session of a request for a captcha's `bound_to`. Call it before `start` gives the session another id. */
export function sessionKey(req: Request): string {
  return hashSessionId(req.sessionID);
}

/** The answer to this request sets no cookie, whatever the request came with. Nothing may ask for its session afterwards. */
export function leaveNoSession(req: Request): void {
  Reflect.deleteProperty(req, 'session');
  Reflect.deleteProperty(req, 'csrfToken');
}

export function createSessions({ secrets, isHttps, ...settings }: SessionsSettings): Sessions {
  const [secret] = secrets;
  const store = new SessionStore({ ...settings, secret });
  /** Requests whose next session is a signed-in one: it gets another kind of id, and a cookie that lasts. */
  const signingIn = new WeakSet<Request>();
  const name = sessionCookieName(isHttps);
  const maxAge = settings.maxDays * 24 * 60 * 60 * 1000;

  const load = session({
    name,
    secret: [...secrets],
    store,
    genid: (req) => (signingIn.has(req) ? makeSessionId() : makePreSessionId()),
    cookie: (req) => ({
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: isHttps || req.secure,
      ...(signingIn.has(req) && { maxAge }),
    }),
    resave: false,
    saveUninitialized: false,
  });

  /** A session that began in this request has no secret yet. */
  const complete: RequestHandler = (req, res, next) => {
    req.session._csrfSecret ??= deriveCsrfSecret(secret, req.sessionID);
    res.locals.signedIn = req.session.userId !== undefined;
    next();
  };

  /** Puts a new session in the place of the request's; the old row stays as it is. */
  const replace = (req: Request, res: Response, userId: string | null): void => {
    if (userId === null) signingIn.delete(req);
    else signingIn.add(req);
    req.sessionStore.generate(req);
    if (userId !== null) req.session.userId = userId;
    req.session._csrfSecret = deriveCsrfSecret(secret, req.sessionID);
    res.locals.signedIn = userId !== null;
  };

  return {
    middleware: [load, complete],
    async start(req, res, owner) {
      await destroy(store, req.sessionID);
      replace(req, res, owner.id);
      const isStarted = await store.create(req.sessionID, owner, describeDevice(req.get('User-Agent') ?? ''));
      if (!isStarted) replace(req, res, null);
      return isStarted;
    },
    refresh(req, res) {
      if (isAgedPreSessionId(req.sessionID)) replace(req, res, null);
    },
    async renew(req, res) {
      const { userId } = req.session;
      if (userId === undefined) return false;
      const oldSid = req.sessionID;
      replace(req, res, userId);
      const isRenewed = await store.rename(oldSid, req.sessionID);
      if (!isRenewed) replace(req, res, null);
      return isRenewed;
    },
    async end(req, res) {
      if (!isPreSessionId(req.sessionID)) await destroy(store, req.sessionID);
      replace(req, res, null);
      res.set('Clear-Site-Data', '"cache"');
    },
  };
}

function destroy(store: SessionStore, sid: string): Promise<void> {
  return new Promise((resolve, reject) => {
    store.destroy(sid, (error) => (error ? reject(error) : resolve()));
  });
}
