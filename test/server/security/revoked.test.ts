/** Rows 17 and 25 of the security study: what asks for the password is not done by a session that ended while it was checked. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Query } from '../../../server/database/pool.ts';
import { type AccountsApp, addPerson, type Person, serveAccounts, signIn } from './accountsApp.ts';
import { newEmail } from './registration.ts';
import { readForm } from './visitor.ts';

let app: AccountsApp;

beforeAll(async () => {
  app = await serveAccounts();
});

afterAll(() => app.stop());

const acts = [
  { action: '/account/email', event: 'email-changed' },
  { action: '/account/password', event: 'password-changed' },
  { action: '/account/export', event: 'exported' },
  { action: '/account/delete', event: 'account-deleted' },
];

const ends = [
  {
    words: 'is ended from another one',
    end: (query: Query, { id }: Person) => query('DELETE FROM sessions WHERE user_id = $1', [id]),
  },
  {
    words: 'expires',
    end: (query: Query, { id }: Person) =>
      query('UPDATE sessions SET expires = now() WHERE user_id = $1', [id]),
  },
  {
    words: 'belongs to an account whose password is changed',
    end: (query: Query, { id }: Person) =>
      query(
        `UPDATE users SET password_hash = replace(password_hash, '$2b$', '$2a$'), password_changed_at = now() WHERE id = $1`,
        [id],
      ),
  },
];

const cases = acts.flatMap((act) => ends.map((end) => ({ ...act, ...end })));

test.each(cases)(
  'rows 17, 25: $action is not done by a session that $words meanwhile',
  async ({ action, event, end }) => {
    const alice = await addPerson(app.database);
    const visitor = await signIn(app, alice);
    const form = readForm((await visitor.get('/account')).body.toString(), action);
    const fields = { email: newEmail(), new_password: 'alice has 18 pears by now' };
    const read = () =>
      app.database.query('SELECT email, password_hash AS hash FROM users WHERE id = $1', [alice.id]);
    const { answer, before } = await app.database.inTransaction(async (query) => {
      await query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [alice.id]);
      const waiting = visitor.post(action, { ...form, ...fields, current_password: alice.password });
      await sleep(400); // by now the password was found right, and the account is waited for
      await end(query, alice);
      const kept = await query('SELECT email, password_hash AS hash FROM users WHERE id = $1', [alice.id]);
      return { answer: waiting, before: kept };
    });
    const { status, headers } = await answer;
    expect([status, headers.location]).toEqual([303, '/sign-in']);
    expect(await read()).toEqual(before);
    expect(app.log()).not.toContain(`"event":"${event}"`);
  },
);

test.each(acts)(
  'row 25: $action is done, and written down, by a session that is alive',
  async ({ action, event }) => {
    const alice = await addPerson(app.database);
    const visitor = await signIn(app, alice);
    const fields = { email: newEmail(), new_password: 'alice has 18 pears by now' };
    const answer = await visitor.submit('/account', action, { ...fields, current_password: alice.password });
    expect([200, 303]).toContain(answer.status);
    expect(app.log()).toContain(`"event":"${event}"`);
  },
);

test('row 17: of two sessions of which each ends the other and changes the password one does, and none fails', async () => {
  const alice = await addPerson(app.database);
  const visitors = await Promise.all(Array.from({ length: 4 }, () => signIn(app, alice)));
  const ready = await Promise.all(
    visitors.map(async (visitor, at) => {
      const page = (await visitor.get('/account')).body.toString();
      const password = readForm(page, '/account/password');
      const others = readForm(page, '/account/sessions/end-others');
      return { visitor, others, password: { ...password, new_password: `alice has ${at} pears by now` } };
    }),
  );
  const answers = await Promise.all(
    ready.flatMap(({ visitor, others, password }) => [
      visitor.post('/account/password', { ...password, current_password: alice.password }),
      visitor.post('/account/sessions/end-others', others),
    ]),
  );
  expect(answers.map(({ status }) => status).filter((status) => ![303, 403].includes(status))).toEqual([]);
  const left = await app.database.query('SELECT 1 FROM sessions WHERE user_id = $1', [alice.id]);
  expect(left.length).toBeLessThanOrEqual(1);
});
