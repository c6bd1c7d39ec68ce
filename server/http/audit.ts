/** Security events as structured log lines: what happened to which account, without an e-mail, an address or a secret. */
import { createHmac } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Log } from '../log.ts';
import { requestId } from './requestLog.ts';

/** What is written down, and whether it is worth somebody's attention. */
const levels = {
  registered: 'info',
  'signed-in': 'info',
  'signed-out': 'info',
  'password-changed': 'info',
  'email-changed': 'info',
  'session-ended': 'info',
  'other-sessions-ended': 'info',
  exported: 'info',
  'account-deleted': 'info',
  'register-refused': 'warn',
  'sign-in-failed': 'warn',
  'password-refused': 'warn',
  'form-out-of-date': 'info',
  'request-forged': 'warn',
  'limit-reached': 'warn',
  'admin-sessions-ended': 'warn',
  'admin-account-deleted': 'warn',
  'admin-password-reset': 'warn',
} as const;

export type AuditEvent = keyof typeof levels;

interface AuditFields {
  /** The account that it happened to; null or left out when there is none, or none is known. */
  userId?: string | null;
  /** The request's id, as the visitor sees it: requestId(res). */
  requestId?: string;
  /** Why it was refused, or which limit it was: a fixed word of ours, never a visitor's text. */
  reason?: string;
}

/** Writes one event down. Never throws, never waits. */
export type Audit = (event: AuditEvent, fields?: AuditFields) => void;

/**
 * @param secret any secret of this server: ids are keyed with a key made from it, so that a log alone names nobody. With
 * another secret the same account gets another name.
 */
export function createAudit(log: Log, secret: string): Audit {
  const key = createHmac('sha256', secret).update('account names in the audit log').digest();
  return (event, { userId = null, requestId, reason } = {}) => {
    const fields = {
      event,
      ...(requestId !== undefined && { id: requestId }),
      ...(userId !== null && { account: accountName(key, userId) }),
      ...(reason !== undefined && { reason }),
    };
    log[levels[event]](fields, 'audit');
  };
}

/** 64 bits tell accounts apart, and fit in a column. */
function accountName(key: Buffer, userId: string): string {
  return createHmac('sha256', key).update(userId).digest('hex').slice(0, 16);
}

/** To be called for a form of our own page whose session has changed or ended: nobody forged it. */
export function noteOutOfDate(res: Response): void {
  res.locals.isOutOfDate = true;
}

/** Notes each request that ends with 403 (no token, or from another site) or 429. */
export function auditRefusals(audit: Audit): RequestHandler {
  return (req, res, next) => {
    res.once('finish', () => {
      const event = res.locals.isOutOfDate === true ? 'form-out-of-date' : refusals[res.statusCode];
      if (event === undefined) return;
      const userId = req.session?.userId ?? null; // no session when it was refused before that
      audit(event, { userId, requestId: requestId(res) });
    });
    next();
  };
}

const refusals: Record<number, AuditEvent> = { 403: 'request-forged', 429: 'limit-reached' };
