/** Rows 40 and 42 of the security study: how passwords are kept, and the gate before the work. */
import bcrypt from 'bcrypt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHashGate } from '../../../server/auth/hashGate.ts';
import { createPasswords } from '../../../server/auth/password.ts';
import { createLog } from '../../../server/log.ts';
import { testConfig, testSecrets } from '../appParts.ts';
import { type AccountsApp, canSignIn, noLimits, serveAccounts, storedHash } from './accountsApp.ts';
import { registered } from './registration.ts';

let app: AccountsApp;

beforeAll(async () => {
  app = await serveAccounts();
});

afterAll(() => app.stop());
const good = 'seven plums in a bowl';
const gate = createHashGate(2, 1000);

describe('row 40', () => {
  test('hashes cost 12 unless configured otherwise', async () => {
    const { bcryptCost } = testConfig({ BCRYPT_COST: '' });
    expect(bcryptCost).toBe(12);
    const costly = createPasswords({
      cost: bcryptCost,
      peppers: testSecrets.peppers,
      gate,
      log: createLog('silent'),
    });
    const stored = await costly.hash(good);
    expect(stored.hash).toMatch(/^\$2b\$12\$/);
    expect(await costly.check(good, stored)).toEqual({ isRight: true, isOutdated: false });
  });

  test('signing in makes a hash of lower cost or older pepper anew, and ends no session', async () => {
    const email = await registered(app, good);
    const old = await storedHash(app, email);
    expect(old).toMatch(/^\$2b\$04\$/);
    const newer = {
      ...noLimits,
      BCRYPT_COST: '5',
      PASSWORD_PEPPER: `1:${Buffer.alloc(32, 'pepper').toString('base64')},2:${Buffer.alloc(32, 'chili').toString('base64')}`,
    };
    const served = await serveAccounts(newer, app.own);
    try {
      expect(await canSignIn(served, email, 'another sentence')).toBe(false);
      expect(await storedHash(app, email)).toBe(old);
      expect(await canSignIn(served, email, good)).toBe(true);
      expect(await storedHash(app, email)).toMatch(/^\$2b\$05\$/);
      const versions = await app.database.query('SELECT pepper_version FROM users WHERE email = $1', [email]);
      expect(versions).toEqual([{ pepper_version: 2 }]);
      expect(await canSignIn(served, email, good)).toBe(true);
      const sessions = 'SELECT 1 FROM sessions JOIN users ON users.id = user_id WHERE email = $1';
      expect(await app.database.query(sessions, [email])).toHaveLength(3);
    } finally {
      await served.stop();
    }
  });
});

test('row 40: when a hash can not be made anew, signing in goes on', async () => {
  const email = await registered(app, good);
  const old = await storedHash(app, email);
  await app.database.query(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no new hash'; END $$;
     CREATE TRIGGER refuse BEFORE UPDATE OF password_hash ON users EXECUTE FUNCTION refuse()`,
  );
  const served = await serveAccounts({ ...noLimits, BCRYPT_COST: '5' }, app.own);
  try {
    expect(await canSignIn(served, email, good)).toBe(true);
    expect(await storedHash(app, email)).toBe(old);
    expect(served.log()).toContain('password hash could not be made anew');
  } finally {
    await served.stop();
    await app.database.query('DROP FUNCTION refuse CASCADE');
  }
});

test('row 42: the database alone cannot tell whether a password is right: the pepper is not in it', async () => {
  const email = await registered(app, good);
  const hash = await storedHash(app, email);
  expect(await bcrypt.compare(good, hash)).toBe(false);
  const dump = JSON.stringify(await app.database.query('SELECT * FROM users'));
  for (const { key } of testSecrets.peppers) {
    expect(dump).not.toContain(key.toString('base64').slice(0, 20));
  }
});

test('row 42: an account whose pepper is no longer configured is one with a wrong password, and the log says why', async () => {
  const email = await registered(app, good);
  const PASSWORD_PEPPER = `7:${Buffer.alloc(32, 'chili').toString('base64')}`;
  const served = await serveAccounts({ ...noLimits, PASSWORD_PEPPER }, app.own);
  try {
    expect(await canSignIn(served, email, good)).toBe(false);
    expect(served.log()).toMatch(/"level":"error".*"pepperVersion":1.*is not configured/);
  } finally {
    await served.stop();
  }
  expect(await canSignIn(app, email, good)).toBe(true);
});

describe('the gate before the hashes', () => {
  test('lets as many run as there are places, as many wait as may, and refuses the next at once with 503', async () => {
    const small = createHashGate(2, 3);
    const ends: (() => void)[] = [];
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
    };
    const runs = Array.from({ length: 5 }, () => small.run(work));
    await expect(small.run(work)).rejects.toMatchObject({ status: 503, retryAfterSeconds: 3 });
    for (let done = 0; done < 5; done += 1) {
      await expect.poll(() => ends.length).toBeGreaterThan(0);
      ends.shift()?.();
    }
    await Promise.all(runs);
    expect(most).toBe(2);
    await small.run(async () => {});
  });

  test('gives a place back when the work fails', async () => {
    const small = createHashGate(1, 0);
    await expect(small.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await small.run(async () => 'next')).toBe('next');
  });
});
