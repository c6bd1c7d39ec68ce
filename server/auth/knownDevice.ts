/**
 * A cookie by which a browser is known again at signing in: no stranger uses up its tries, not even from the same address.
 * It lets nobody in, and stands in no row of the database.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { CookieOptions, Request, Response } from 'express';
import { knownCookieName, type SessionsSettings } from '../http/session.ts';
import { knownDeviceDays } from '../pages/periods.shared.ts';

export interface KnownDevices {
  /** The random id of this browser when somebody has signed in to that account with it, else null. */
  deviceOf(req: Request, emailKey: string): string | null;
  /** A keyed hash that stands for the account of the cookie, whichever it is; null without a cookie of ours. */
  accountOf(req: Request): string | null;
  /** Call it when the password has been found right. A browser that is known for the account already keeps its id. */
  remember(req: Request, res: Response, emailKey: string): void;
  forget(req: Request, res: Response): void;
}

type Settings = Pick<SessionsSettings, 'secrets' | 'isHttps'>;

const lifeSeconds = knownDeviceDays * 24 * 60 * 60;
/** Device, account, seconds since 1970 in base 36, and the signature of these three. */
const pattern = /^(([\w-]{24})\.([\w-]{43})\.([0-9a-z]{1,9}))\.([\w-]{43})$/;

export function createKnownDevices({ secrets, isHttps }: Settings): KnownDevices {
  const name = knownCookieName(isHttps);
  const [newest] = secrets;

  /** What the cookie says and which secret signed it; null when it is missing, forged or too old. */
  const read = (req: Request) => {
    const sent = (req.headers.cookie ?? '').split(';').map((part) => part.trim());
    const value = sent.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
    const [, said, device, account, issued, signature] = pattern.exec(value) ?? [];
    if (!said || !device || !account || !issued || !signature) return null;
    const secret = secrets.find((each) => isSame(sign(each, 'cookie', said), signature));
    const age = Date.now() / 1000 - Number.parseInt(issued, 36);
    return secret === undefined || age > lifeSeconds ? null : { device, account, secret };
  };

  const deviceOf = (req: Request, emailKey: string): string | null => {
    const cookie = read(req);
    const isOwn = cookie !== null && isSame(sign(cookie.secret, 'account', emailKey), cookie.account);
    return isOwn ? cookie.device : null;
  };

  const options = (req: Request): CookieOptions => ({
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps || req.secure,
  });

  return {
    deviceOf,
    accountOf: (req) => read(req)?.account ?? null,
    remember(req, res, emailKey) {
      const device = deviceOf(req, emailKey) ?? randomBytes(18).toString('base64url');
      const issued = Math.floor(Date.now() / 1000).toString(36);
      const said = `${device}.${sign(newest, 'account', emailKey)}.${issued}`;
      const value = `${said}.${sign(newest, 'cookie', said)}`;
      res.cookie(name, value, { ...options(req), maxAge: lifeSeconds * 1000 });
    },
    forget: (req, res) => void res.clearCookie(name, options(req)),
  };
}

/** The key is made from the secret for this use alone: no other signature of the server is good here, nor this one elsewhere. */
function sign(secret: string, what: 'cookie' | 'account', text: string): string {
  const key = createHmac('sha256', secret).update('known devices').digest();
  return createHmac('sha256', key).update(`${what} ${text}`).digest('base64url');
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
