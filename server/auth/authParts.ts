/** What the routes of accounts work with, beside the parts that every account page has. */
import { randomInt as systemRandomInt } from 'node:crypto';
import os from 'node:os';
import type { AccountParts } from '../http/accountStack.ts';
import { type Audit, createAudit } from '../http/audit.ts';
import { type Captchas, createCaptchas } from './captcha.ts';
import type { RandomInt } from './captchaText.ts';
import { createHashGate } from './hashGate.ts';
import { createKnownDevices, type KnownDevices } from './knownDevice.ts';
import { createPasswords, type Passwords } from './password.ts';

export interface AuthParts extends AccountParts {
  passwords: Passwords;
  captchas: Captchas;
  audit: Audit;
  knownDevices: KnownDevices;
}

/** How many hashes wait for their turn: at a quarter of a second each, the last one waits about a second on two cores. */
const waitingHashes = 8;

/** @param randomInt what captchas are drawn with; tests alone bring their own */
export function createAuthParts(parts: AccountParts, randomInt: RandomInt = systemRandomInt): AuthParts {
  const { config, database, log, secrets } = parts;
  const [secret] = secrets.session;
  return {
    ...parts,
    passwords: createPasswords({
      cost: config.bcryptCost,
      peppers: secrets.peppers,
      gate: createHashGate(os.availableParallelism(), waitingHashes),
      log,
    }),
    captchas: createCaptchas({ query: database.query, secret, randomInt }),
    audit: createAudit(log, secret),
    knownDevices: createKnownDevices({
      secrets: secrets.session,
      isHttps: config.publicUrl?.protocol === 'https:',
    }),
  };
}
