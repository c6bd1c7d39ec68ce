/**
 * Proof of work in the manner of ALTCHA: find the number whose SHA-256 with the salt is the challenge. The browser does
 * it by itself (client/account/proofOfWork.ts); a phone needs about two seconds.
 */
import { createHash } from 'node:crypto';
import type { RandomInt } from './captchaText.ts';

/**
 * The number is drawn from 0 to below this; half of it is tried on average. Measured in Chromium: 81,000 tries a second on a
 * desktop, 16,000 with the processor slowed down sixfold, as a phone's: 1.3 s there on average, 2.5 s at worst.
 */
export const workLimit = 40_000;

export interface Work {
  /** 32 hex digits. */
  salt: string;
  /** SHA-256 of salt and number, 64 hex digits. */
  challenge: string;
}

export function makeWork(randomInt: RandomInt): Work {
  const salt = Array.from({ length: 16 }, () => randomInt(256).toString(16).padStart(2, '0')).join('');
  return { salt, challenge: hashWork(salt, String(randomInt(workLimit))) };
}

/** @param answer the number in decimal digits */
export function isSolved({ salt, challenge }: Work, answer: string): boolean {
  return /^\d{1,6}$/.test(answer) && hashWork(salt, answer) === challenge;
}

function hashWork(salt: string, number: string): string {
  return createHash('sha256')
    .update(salt + number)
    .digest('hex');
}
