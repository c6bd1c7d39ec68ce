/** What a session is called. A visitor without an account has an id that says everything itself, so that no row is needed. */
import { createHash, createHmac, randomBytes } from 'node:crypto';

const preSessionPattern = /^pre\.([0-9a-z]{1,9})\.[\w-]{24}$/;
const preSessionLifeSeconds = 2 * 60 * 60;
/** A form that is shown later than this gets an id of its own, so that it can be sent for an hour at least. */
const renewedAfterSeconds = 60 * 60;
/** Two machines may disagree about the time by this much. */
const clockSkewSeconds = 5 * 60;

/** `pre.<seconds since 1970, base 36>.<144 random bits>` for a visitor who is not signed in. */
export function makePreSessionId(nowMs = Date.now()): string {
  return `pre.${Math.floor(nowMs / 1000).toString(36)}.${randomBytes(18).toString('base64url')}`;
}

/** 192 random bits for somebody who is signed in. It never looks like the id of a pre-session. */
export function makeSessionId(): string {
  return randomBytes(24).toString('base64url');
}

export function isPreSessionId(sid: string): boolean {
  return sid.startsWith('pre.');
}

/** Whether the id is a pre-session's, and was given out in the last two hours. That we gave it out is for the cookie's signature to say. */
export function isFreshPreSessionId(sid: string, nowMs = Date.now()): boolean {
  const age = ageSeconds(sid, nowMs);
  return age !== null && age >= -clockSkewSeconds && age < preSessionLifeSeconds;
}

/** Whether the id is a pre-session's that was given out more than an hour ago. */
export function isAgedPreSessionId(sid: string, nowMs = Date.now()): boolean {
  const age = ageSeconds(sid, nowMs);
  return age !== null && age > renewedAfterSeconds;
}

/** How long ago the id of a pre-session was given out, by the time in it; null for any other id. */
function ageSeconds(sid: string, nowMs: number): number | null {
  const issuedAt = preSessionPattern.exec(sid)?.[1];
  return issuedAt === undefined ? null : nowMs / 1000 - Number.parseInt(issuedAt, 36);
}

/** What lusca salts and hashes into the form tokens of this session; stored nowhere. */
export function deriveCsrfSecret(sessionSecret: string, sid: string): string {
  return createHmac('sha256', sessionSecret).update(`csrf ${sid}`).digest('base64url');
}

/** Names a session where its id must not stand, such as in the row of a captcha. */
export function hashSessionId(sid: string): string {
  return createHash('sha256').update(`bound to ${sid}`).digest('base64url');
}
