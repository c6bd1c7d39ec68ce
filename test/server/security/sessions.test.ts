/** Rows 14, 16 to 18, 20, 21, 24, 25 and 29 of the security table: sessions begin, end, and stay ended. */
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type AccountsApp,
  addPerson,
  type Person,
  sendSignIn,
  serveAccounts,
  signIn,
  solveCheck,
} from './accountsApp.ts';
import { createVisitor, readForm, readToken, type Visitor } from './visitor.ts';

let app: AccountsApp;
let alice: Person;
let visitor: Visitor;

beforeAll(async () => {
  app = await serveAccounts();
});

beforeEach(async () => {
  alice = await addPerson(app.database);
  visitor = await signIn(app, alice);
});

afterAll(() => app.stop());

test('row 14: signing in gives a new id, and the old one is nobody', async () => {
  const person = createVisitor(app.url);
  await person.get('/sign-in');
  const planted = person.cookies.get('sid') ?? '';
  await sendSignIn(app, person, alice);
  expect(person.cookies.get('sid')).not.toBe(planted);
  expect(await isSignedIn(person)).toBe(true);
  expect(await isSignedIn(withCookie(planted))).toBe(false);
});

test('row 14: registering gives a new id', async () => {
  const person = createVisitor(app.url);
  const form = readForm((await person.get('/register')).body.toString(), '/register');
  const planted = person.cookies.get('sid') ?? '';
  await solveCheck(app.database, form);
  const typed = { email: 'carol.14@example.org', password: 'carol keeps 17 plums in a bowl' };
  expect((await person.post('/register', { ...form, ...typed })).status).toBe(303);
  expect(person.cookies.get('sid')).not.toBe(planted);
  expect(await isSignedIn(person)).toBe(true);
  expect(await isSignedIn(withCookie(planted))).toBe(false);
});

test('row 14: changing the password gives a new id', async () => {
  const before = visitor.cookies.get('sid') ?? '';
  await changePassword(visitor, alice);
  expect(visitor.cookies.get('sid')).not.toBe(before);
  expect(await isSignedIn(visitor)).toBe(true);
  expect(await isSignedIn(withCookie(before))).toBe(false);
});

test('row 16: signing out ends the session on the server: the old cookie is nobody', async () => {
  const before = visitor.cookies.get('sid') ?? '';
  const answer = await visitor.submit('/account', '/sign-out', {});
  expect(answer.status).toBe(303);
  expect(answer.headers['clear-site-data']).toBe('"cache"');
  expect(await isSignedIn(visitor)).toBe(false);
  expect(await isSignedIn(withCookie(before))).toBe(false);
  expect(await countSessions(alice)).toBe(0);
});

test('row 17: a request that is still running when its session is ended does not bring it back', async () => {
  const other = await signIn(app, alice);
  for (const address of ['/account/preferences', '/account/email', '/sign-out']) {
    const running = await signIn(app, alice);
    const cookie = running.cookies.get('sid') ?? '';
    const form = { _csrf: readToken((await running.get('/account')).body.toString()), quality: '80' };
    const slow = await sendSlowly(cookie, address, new URLSearchParams(form).toString());
    await other.submit('/account', '/account/sessions/end-others', {});
    expect(await countSessions(alice)).toBe(1);
    expect(await slow.finish()).toBe(403); // the session is looked up when the form is there: it is nobody's
    expect(await countSessions(alice)).toBe(1);
    expect(await isSignedIn(withCookie(cookie))).toBe(false);
  }
});

test.each([
  [
    '/account/preferences',
    { theme: 'dark', format: 'auto', quality: '80', detection: 'automatic', units: 'px' },
  ],
  ['/account/password', { new_password: 'alice has 18 pears by now' }],
])(
  'row 17: %s that waits for the account while its session is ended does not bring it back',
  async (address, fields) => {
    const cookie = visitor.cookies.get('sid') ?? '';
    const _csrf = readToken((await visitor.get('/account')).body.toString());
    const form = { _csrf, current_password: alice.password, template: '{photo}', ...fields };
    const { answer } = await app.database.inTransaction(async (query) => {
      await query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [alice.id]);
      const waiting = visitor.post(address, form);
      await sleep(500);
      await query('DELETE FROM sessions WHERE user_id = $1', [alice.id]);
      return { answer: waiting };
    });
    expect((await answer).status).toBe(303);
    expect(await countSessions(alice)).toBe(0);
    expect(await isSignedIn(withCookie(cookie))).toBe(false);
    expect(await isSignedIn(await signIn(app, alice))).toBe(true);
  },
);

test('row 17: the store alone never makes a row: what it is asked to save for an ended session is dropped', async () => {
  const cookie = visitor.cookies.get('sid') ?? '';
  await app.database.query('DELETE FROM sessions WHERE user_id = $1', [alice.id]);
  for (let i = 0; i < 5; i++) await withCookie(cookie).get('/account');
  expect(await countSessions(alice)).toBe(0);
});

test('row 17: somebody whose password is changed while it is being checked is not signed in with the old one', async () => {
  const person = createVisitor(app.url);
  const { answer } = await app.database.inTransaction(async (query) => {
    await query('UPDATE users SET password_changed_at = clock_timestamp() WHERE id = $1', [alice.id]);
    const waiting = sendSignIn(app, person, alice); // has checked the old password, and waits for the row
    await sleep(500);
    await query('DELETE FROM sessions WHERE user_id = $1', [alice.id]);
    return { answer: waiting };
  });
  expect((await answer).status).toBe(422);
  expect(await countSessions(alice)).toBe(0);
  expect(await isSignedIn(person)).toBe(false);
});

test('row 18: a password change ends every other session at once and keeps this one', async () => {
  const others = [await signIn(app, alice), await signIn(app, alice)];
  const bob = await signIn(app, await addPerson(app.database, 'bob'));
  expect((await changePassword(visitor, alice)).status).toBe(303);
  expect(await isSignedIn(visitor)).toBe(true);
  for (const other of others) expect(await isSignedIn(other)).toBe(false);
  expect(await isSignedIn(bob)).toBe(true);
});

test('row 20: a session that was not used for seven days has ended, by the database’s clock', async () => {
  expect(await hoursUntilExpiry()).toBeCloseTo(168, 1);
  await moveBack('expires', "interval '167 hours 59 minutes'");
  expect(await isSignedIn(visitor)).toBe(true);
  await moveBack('expires', "interval '2 minutes'");
  expect(await isSignedIn(visitor)).toBe(false);
});

test('row 20: using a session makes it last, and is written down at most once a minute', async () => {
  const read = async () =>
    (
      await app.database.query('SELECT last_seen, expires, xmin::text FROM sessions WHERE user_id = $1', [
        alice.id,
      ])
    )[0];
  const before = await read();
  for (let i = 0; i < 5; i++) await visitor.get('/account');
  expect(await read()).toEqual(before);
  await moveBack('last_seen', "interval '61 seconds'");
  await moveBack('expires', "interval '2 hours'");
  await visitor.get('/account');
  expect(await hoursUntilExpiry()).toBeCloseTo(168, 1);
  const touched = await read();
  for (let i = 0; i < 5; i++) await visitor.get('/account');
  expect(await read()).toEqual(touched);
});

test('row 21: thirty days after signing in a session has ended, however much it is used', async () => {
  await moveBack('created_at', "interval '29 days 23 hours'");
  await moveBack('last_seen', "interval '2 minutes'");
  expect(await isSignedIn(visitor)).toBe(true);
  expect(await hoursUntilExpiry()).toBeCloseTo(1, 1);
  await moveBack('created_at', "interval '2 hours'");
  await app.database.query(`UPDATE sessions SET expires = now() + interval '1 day' WHERE user_id = $1`, [
    alice.id,
  ]);
  expect(await isSignedIn(visitor)).toBe(false);
});

test('row 24: sessions are listed in coarse words and end one by one; a stranger’s can not be named', async () => {
  const phone = createVisitor(app.url, {
    'User-Agent': 'Mozilla/5.0 (Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0',
  });
  await sendSignIn(app, phone, alice);
  const html = (await visitor.get('/account')).body.toString();
  expect(html).toContain('Firefox on Android');
  const [, action = ''] = /action="(\/account\/sessions\/[0-9a-f-]{36}\/end)"/.exec(html) ?? [];
  const bob = await signIn(app, await addPerson(app.database, 'bob'));
  const _csrf = readToken((await bob.get('/account')).body.toString());
  expect((await bob.post(action, { _csrf })).status).toBe(404);
  expect(await isSignedIn(phone)).toBe(true);
  expect((await visitor.submit('/account', action, {})).status).toBe(303);
  expect(await isSignedIn(phone)).toBe(false);
  expect(await isSignedIn(visitor)).toBe(true);
});

test.each(['/account/email', '/account/password', '/account/export', '/account/delete'])(
  'row 25: %s without the current password, or with a wrong one, is refused',
  async (address) => {
    const fields = { email: 'new.address@example.org', new_password: 'alice has 18 pears by now' };
    for (const current_password of [undefined, '', 'a wrong one entirely']) {
      const sent = current_password === undefined ? fields : { ...fields, current_password };
      expect((await visitor.submit('/account', address, sent)).status).toBe(422);
    }
    const rows = await app.database.query('SELECT email FROM users WHERE id = $1', [alice.id]);
    expect(rows).toEqual([{ email: alice.email }]);
  },
);

test('row 29: 200 people sign in, and the very next page of each is signed in', async () => {
  let right = 0;
  for (let i = 0; i < 200; i++) {
    const person = createVisitor(app.url);
    const answer = await sendSignIn(app, person, alice);
    const next = await person.get(answer.headers.location ?? '/nowhere');
    if (answer.status === 303 && next.body.toString().includes(alice.email)) right += 1;
  }
  expect(right).toBe(200);
}, 120_000);

async function isSignedIn(person: Visitor): Promise<boolean> {
  const { status, headers } = await person.get('/account');
  if (status === 200) return true;
  expect([status, headers.location]).toEqual([303, '/sign-in']);
  return false;
}

function withCookie(value: string): Visitor {
  const person = createVisitor(app.url);
  person.cookies.set('sid', value);
  return person;
}

function changePassword(person: Visitor, { password }: Person) {
  const fields = { current_password: password, new_password: 'alice has 18 pears by now' };
  return person.submit('/account', '/account/password', fields);
}

async function countSessions({ id }: Person): Promise<number> {
  const rows = await app.database.query('SELECT count(*)::int AS count FROM sessions WHERE user_id = $1', [
    id,
  ]);
  return (rows[0] as { count: number }).count;
}

function moveBack(column: 'expires' | 'created_at' | 'last_seen', interval: string) {
  return app.database.query(`UPDATE sessions SET ${column} = ${column} - ${interval} WHERE user_id = $1`, [
    alice.id,
  ]);
}

async function hoursUntilExpiry(): Promise<number> {
  const rows = await app.database.query(
    'SELECT extract(epoch FROM expires - now())::float / 3600 AS hours FROM sessions WHERE user_id = $1',
    [alice.id],
  );
  return (rows[0] as { hours: number }).hours;
}

/** Sends all but the last byte of a form, so that the session has been read; `finish` sends the rest and gives the status. */
async function sendSlowly(
  cookie: string,
  address: string,
  body: string,
): Promise<{ finish(): Promise<number> }> {
  const { hostname, port } = new URL(app.url);
  const sent = http.request({
    hostname,
    port,
    path: address,
    method: 'POST',
    agent: false,
    headers: {
      Cookie: `sid=${cookie}`,
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': String(Buffer.byteLength(body)),
      'Sec-Fetch-Site': 'same-origin',
    },
  });
  const answered = new Promise<number>((resolve, reject) => {
    sent.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
  });
  sent.write(body.slice(0, -1));
  await sleep(300);
  return {
    finish() {
      sent.end(body.slice(-1));
      return answered;
    },
  };
}
