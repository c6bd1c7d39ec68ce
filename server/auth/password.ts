/** Hashing and checking passwords. The only file that knows bcrypt. */
import { createHmac, randomInt } from 'node:crypto';
import bcrypt from 'bcrypt';
import type { Log } from '../log.ts';
import type { Pepper } from '../secrets.ts';
import type { HashGate } from './hashGate.ts';
import { isPossiblePassword, normalisePassword } from './passwordRules.ts';

export interface StoredPassword {
  hash: string;
  pepperVersion: number;
}

export interface Passwords {
  /** @throws HttpError 503 when too many hashes wait */
  hash(typed: string): Promise<StoredPassword>;
  /**
   * Whether the typed password is the stored one, and whether its hash should be made anew (older cost or pepper). Without a
   * stored one, or without its pepper, it does the same work and answers no, so that time does not tell which accounts exist.
   * @throws HttpError 503 when too many hashes wait
   */
  check(typed: string, stored: StoredPassword | null): Promise<{ isRight: boolean; isOutdated: boolean }>;
}

interface Settings {
  /** log2 of bcrypt's rounds. */
  cost: number;
  /** Newest first; never empty. */
  peppers: readonly Pepper[];
  gate: HashGate;
  log: Pick<Log, 'error'>;
}

/** bcrypt reads 72 bytes and no more: it gets the 64 characters of base64(HMAC-SHA-384(pepper, password)). */
export function createPasswords({ cost, peppers, gate, log }: Settings): Passwords {
  const [newest] = peppers;
  if (newest === undefined) throw new Error('There is no pepper');
  const nobody: StoredPassword = { hash: makeNobodysHash(cost), pepperVersion: newest.version };
  return {
    async hash(typed) {
      const text = digest(newest, typed);
      return { hash: await gate.run(() => bcrypt.hash(text, cost)), pepperVersion: newest.version };
    },
    async check(typed, stored) {
      const { hash, pepperVersion } = stored ?? nobody;
      const pepper = peppers.find(({ version }) => version === pepperVersion);
      if (pepper === undefined) {
        log.error(
          { pepperVersion },
          'the pepper of a password hash is not configured: nobody has this password',
        );
      }
      const isPossible = isPossiblePassword(typed);
      const text = digest(pepper ?? newest, isPossible ? typed : '');
      const isSame = await gate.run(() => bcrypt.compare(text, hash));
      return {
        isRight: isSame && isPossible && pepper !== undefined && stored !== null,
        isOutdated: pepper !== newest || bcrypt.getRounds(hash) !== cost,
      };
    },
  };
}

function digest({ key }: Pepper, typed: string): string {
  return createHmac('sha384', key)
    .update(normalisePassword(typed) ?? '')
    .digest('base64');
}

/** A well-formed hash of the same cost that no password has: a malformed one would be refused without work. */
function makeNobodysHash(cost: number): string {
  const letters = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const tail = Array.from({ length: 31 }, () => letters[randomInt(letters.length)]).join('');
  return bcrypt.genSaltSync(cost) + tail;
}
