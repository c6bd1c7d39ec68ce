/** How often something may be tried, counted in Postgres for all processes together. The only file that knows express-rate-limit. */
import { createHmac } from 'node:crypto';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import { z } from 'zod';
import type { Database } from '../database/pool.ts';
import { minutesWords } from '../pages/periods.shared.ts';
import { HttpError } from './errors.ts';

export interface CountedLimit {
  /** What is counted: `sign-in`. Each name has its own counters. */
  name: string;
  /** How many pass in one window: requests of one address, or acts of one account. */
  limit: number;
  windowMinutes: number;
}

export interface Limits {
  /**
   * Refuses with 429 beyond the limit, and with 503 while the database can't count. An address is an IPv4 address or an IPv6 /56;
   * a /48 may have four times as much. Mount it before anything costly.
   * @param knownAs names somebody who is known by more than the address and is counted by that instead; null counts the address
   */
  byAddress(limit: CountedLimit, knownAs?: KnownAs): RequestHandler[];
  /**
   * Counts a try on this account (known or not) and refuses the sixth in a quarter of an hour with 429: of those from one
   * address, or of those that a session or a known device makes, which nobody else can use up. When ten have failed on the
   * account in an hour, from wherever, it waits, up to two seconds. So strangers slow the owner down, and only those who share
   * the owner's address can keep the owner from signing in there, with a browser that has never signed in to the account.
   * @param account the normalised e-mail
   */
  takeTry(req: Request, account: string, by: Trier): Promise<void>;
  /**
   * Counts something that an account does, from wherever, and refuses it beyond the limit with 429.
   * @param account its id
   */
  takeAct(account: string, limit: CountedLimit): Promise<void>;
  /** After a wrong password. */
  countFailure(account: string): Promise<void>;
  /** After the right password: this address or session begins anew on this account. */
  forgetTries(req: Request, account: string, by: Trier): Promise<void>;
}

/** Who is held to have tried: `session` is for somebody who is signed in, `device` for a browser that did so before. */
type Trier = 'address' | 'session' | { device: string };
type KnownAs = (req: Request) => string | null;

const accountLimits = {
  triesOfOne: 5,
  tryWindowMinutes: 15,
  failuresBeforeDelay: 10,
  failureWindowMinutes: 60,
  firstDelayMs: 250,
  longestDelayMs: 2000,
};

/** How much wider the limit of an IPv6 /48 is than that of the /56 networks in it. */
const wideFactor = 4;

/**
 * @param secret any secret of this server: what is counted is named by a hash keyed from it, so that the table holds neither
 * addresses nor e-mails
 */
export function createLimits(database: Database, secret: string): Limits {
  const key = createHmac('sha256', secret).update('names of counters').digest();
  const nameCounter = (...parts: string[]): string =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
  const hit = (counter: string, windowMinutes: number) => countHit(database, counter, windowMinutes);
  const tryCounter = (req: Request, account: string, by: Trier) =>
    typeof by === 'object'
      ? nameCounter('try', 'device', by.device, account)
      : nameCounter('try', by, by === 'session' ? req.sessionID : networkOf(req, 56), account);
  const failureCounter = (account: string) => nameCounter('failure', account);

  const limitNetworks = (
    { name, limit, windowMinutes }: CountedLimit,
    prefix: 48 | 56,
    knownAs: KnownAs,
  ): RequestHandler =>
    rateLimit({
      windowMs: windowMinutes * 60_000,
      limit: prefix === 48 ? limit * wideFactor : limit,
      keyGenerator(req) {
        const known = knownAs(req);
        if (known !== null) return nameCounter('known', name, known);
        return nameCounter('address', name, String(prefix), networkOf(req, prefix));
      },
      skip: (req) => prefix === 48 && (isIP(addressOf(req)) === 4 || knownAs(req) !== null),
      store: asStore((counter) => hit(counter, windowMinutes)),
      handler: (req, _res, next) => next(tooMany(secondsLeft(req))),
      legacyHeaders: false,
      standardHeaders: false,
      validate: false, // its checks are for the settings that we don't use
    });

  return {
    byAddress: (limit, knownAs = () => null) => [
      limitNetworks(limit, 56, knownAs),
      limitNetworks(limit, 48, knownAs),
    ],
    async takeTry(req, account, by) {
      const { hits, seconds } = await hit(tryCounter(req, account, by), accountLimits.tryWindowMinutes);
      if (hits > accountLimits.triesOfOne) throw tooMany(seconds);
      await sleep(delayAfter(await readHits(database, failureCounter(account))));
    },
    async takeAct(account, { name, limit, windowMinutes }) {
      const { hits, seconds } = await hit(nameCounter('act', name, account), windowMinutes);
      if (hits > limit) throw tooMany(seconds);
    },
    async countFailure(account) {
      await hit(failureCounter(account), accountLimits.failureWindowMinutes);
    },
    async forgetTries(req, account, by) {
      await database.query('DELETE FROM rate_limits WHERE key = $1', [tryCounter(req, account, by)]);
    },
  };
}

/** Milliseconds to wait before the next try on an account with so many failures. */
function delayAfter(failures: number): number {
  const beyond = failures - accountLimits.failuresBeforeDelay;
  if (beyond < 0) return 0;
  return Math.min(accountLimits.firstDelayMs * 2 ** beyond, accountLimits.longestDelayMs);
}

function tooMany(retryAfterSeconds: number): HttpError {
  const wait = minutesWords(Math.ceil(retryAfterSeconds / 60));
  return new HttpError(429, `There were too many tries. Try again in ${wait}.`, { retryAfterSeconds });
}

/** One statement counts and reads, so that no two requests are ever given the same number. A window that is over begins anew. */
async function countHit(database: Database, counter: string, windowMinutes: number): Promise<Count> {
  const rows = await database.query(
    `INSERT INTO rate_limits (key, hits, reset_at) VALUES ($1, 1, now() + make_interval(mins => $2))
     ON CONFLICT (key) DO UPDATE SET
       hits = CASE WHEN rate_limits.reset_at <= now() THEN 1 ELSE least(rate_limits.hits, 1000000) + 1 END,
       reset_at = CASE WHEN rate_limits.reset_at <= now() THEN excluded.reset_at ELSE rate_limits.reset_at END
     RETURNING hits, greatest(1, ceil(extract(epoch FROM reset_at - now())))::int AS seconds`,
    [counter, windowMinutes],
  );
  return countShape.parse(rows)[0];
}

const countShape = z.tuple([z.object({ hits: z.number(), seconds: z.number() })]);
/** `seconds` until the window is over. */
type Count = z.infer<typeof countShape>[0];

async function readHits(database: Database, counter: string): Promise<number> {
  const rows = await database.query('SELECT hits FROM rate_limits WHERE key = $1 AND reset_at > now()', [
    counter,
  ]);
  return z.array(z.object({ hits: z.number() })).parse(rows)[0]?.hits ?? 0;
}

/** The library asks for more than we use: counters go by themselves (retention), and nothing is ever taken back. */
function asStore(hit: (counter: string) => Promise<Count>): Store {
  return {
    async increment(counter) {
      try {
        const { hits, seconds } = await hit(counter);
        return { totalHits: hits, resetTime: new Date(Date.now() + seconds * 1000) };
      } catch (error) {
        throw new HttpError(503, '', { cause: error });
      }
    },
    decrement() {},
    resetKey() {},
    localKeys: false,
  };
}

function secondsLeft(req: Request): number {
  const info = infoShape.safeParse('rateLimit' in req ? req.rateLimit : null);
  return info.success ? Math.max(1, Math.ceil((info.data.resetTime.getTime() - Date.now()) / 1000)) : 60;
}

const infoShape = z.object({ resetTime: z.date() });

/** The visitor's address as TRUST_PROXY makes it. What a proxy passes on unread and is no address counts as the proxy's own. */
function addressOf(req: Request): string {
  const address = req.ip ?? '';
  return isIP(address) > 0 ? address : (req.socket.remoteAddress ?? '');
}

/** An IPv4 address, or the IPv6 network of that many bits: a household or a server has a /56 or more to itself. */
function networkOf(req: Request, prefix: 48 | 56): string {
  return ipKeyGenerator(addressOf(req), prefix);
}
