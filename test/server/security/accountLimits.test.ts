/** Rows 24, 44, 56 and 57 of the security study: how much one account may do and hold, from however many addresses. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessionsPerAccount } from '../../../server/http/sessionStore.ts';
import { type AccountsApp, addPerson, noLimits, sendSignIn, serveAccounts, signIn } from './accountsApp.ts';
import { newEmail } from './registration.ts';
import { createVisitor } from './visitor.ts';

const wrong = { password: 'not the password at all' };

let app: AccountsApp;

beforeAll(async () => {
  app = await serveAccounts({ ...noLimits, TRUST_PROXY: '1' });
});

afterAll(() => app.stop());

const from = (last: number) => ({ 'X-Forwarded-For': `192.0.2.${last}` });

test('row 44: an account may ask for five other addresses in an hour, taken or free; another account is not touched', async () => {
  const [alice, bob] = [await addPerson(app.database), await addPerson(app.database, 'bob')];
  const statuses: number[] = [];
  for (let i = 0; i < 7; i++) {
    const visitor = await signIn(app, alice, from(i));
    const fields = { email: i === 3 ? newEmail() : bob.email, current_password: alice.password };
    statuses.push((await visitor.submit('/account', '/account/email', fields)).status);
    if (i === 3)
      await app.database.query('UPDATE users SET email = $2, email_key = $2 WHERE id = $1', [
        alice.id,
        alice.email,
      ]);
  }
  expect(statuses).toEqual([422, 422, 422, 303, 422, 429, 429]);
  const stranger = await signIn(app, bob, from(1));
  const fields = { email: newEmail(), current_password: bob.password };
  expect((await stranger.submit('/account', '/account/email', fields)).status).toBe(303);
});

test('row 56: an account may be exported ten times in an hour', async () => {
  const alice = await addPerson(app.database);
  const visitor = await signIn(app, alice);
  const statuses: number[] = [];
  for (let i = 0; i < 12; i++) {
    const fields = { current_password: alice.password };
    statuses.push((await visitor.submit('/account', '/account/export', fields)).status);
  }
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429, 429]);
});

test('row 24: an account has a hundred sessions at most: signing in ends those that were not used for longest', async () => {
  const [alice, bob] = [await addPerson(app.database), await addPerson(app.database, 'bob')];
  for (const { id } of [alice, bob]) {
    await app.database.query(
      `INSERT INTO sessions (sid, user_id, device, created_at, last_seen, expires)
       SELECT $1 || ' of a session ' || at, $1::uuid, 'number ' || at, now() - interval '2 days', now() - at * interval '1 minute',
         now() + interval '1 day' FROM generate_series(1, $2::int) at`,
      [id, sessionsPerAccount],
    );
  }
  const visitors = await Promise.all([1, 2, 3].map((last) => signIn(app, alice, from(last))));
  const rows = await app.database.query('SELECT device FROM sessions WHERE user_id = $1', [alice.id]);
  const devices = rows.map((row) => (row as { device: string }).device);
  expect(devices).toHaveLength(sessionsPerAccount);
  expect(devices).toContain('number 97');
  expect(devices.filter((device) => ['number 98', 'number 99', 'number 100'].includes(device))).toEqual([]);
  for (const visitor of visitors) expect((await visitor.get('/account')).status).toBe(200);
  const untouched = await app.database.query('SELECT 1 FROM sessions WHERE user_id = $1', [bob.id]);
  expect(untouched).toHaveLength(sessionsPerAccount);
});

test('row 57: who shares the owner’s address can use up the tries of signing in there, and none of an open session', async () => {
  const alice = await addPerson(app.database);
  const owner = await signIn(app, alice, from(57));
  const elsewhere = createVisitor(app.url, from(58));
  for (let i = 0; i < 6; i++) {
    const neighbour = createVisitor(app.url, from(57));
    await sendSignIn(app, neighbour, { email: alice.email, ...wrong });
  }
  expect((await sendSignIn(app, createVisitor(app.url, from(57)), alice)).status).toBe(429);
  expect((await sendSignIn(app, elsewhere, alice)).status).toBe(303);
  const current = { current_password: alice.password };
  expect((await owner.submit('/account', '/account/export', current)).status).toBe(200);
  expect((await owner.submit('/account', '/account/delete', current)).status).toBe(303);
});

test('row 57: a session has five tries at the current password, and another session has its own', async () => {
  const alice = await addPerson(app.database);
  const [thief, owner] = [await signIn(app, alice), await signIn(app, alice)];
  const statuses: number[] = [];
  for (let i = 0; i < 6; i++)
    statuses.push(
      (await thief.submit('/account', '/account/export', { current_password: 'a guess' })).status,
    );
  expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
  const answer = await owner.submit('/account', '/account/export', { current_password: alice.password });
  expect(answer.status).toBe(200);
});
