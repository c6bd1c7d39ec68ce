/** Row 86 of the security study: deleting an account, and acts that race. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type AccountsApp,
  addPerson,
  type Person,
  serveAccounts,
  signIn,
  solveCheck,
} from './accountsApp.ts';
import { newEmail } from './registration.ts';
import { createVisitor, readForm, type Visitor } from './visitor.ts';

let app: AccountsApp;

beforeAll(async () => {
  app = await serveAccounts();
});

afterAll(() => app.stop());

interface Column {
  table: string;
  column: string;
}

/** Every column of every table that could name an account, as the database itself lists them. */
async function idColumns(): Promise<Column[]> {
  const rows = await app.database.query(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type IN ('uuid', 'text', 'jsonb', 'character varying')`,
  );
  return rows as Column[];
}

/** Where the account's id or address still stands. */
async function tracesOf({ id, email }: Pick<Person, 'id' | 'email'>): Promise<string[]> {
  const traces: string[] = [];
  for (const { table, column } of await idColumns()) {
    const found = await app.database.query(
      `SELECT 1 FROM "${table}" WHERE "${column}"::text LIKE '%' || $1 || '%' OR "${column}"::text ILIKE '%' || $2 || '%'`,
      [id, email],
    );
    if (found.length > 0) traces.push(`${table}.${column}`);
  }
  return traces;
}

/** The form on the account page that is sent there, with the password. */
async function guardedForm(
  visitor: Visitor,
  action: string,
  password: string,
): Promise<Record<string, string>> {
  const page = (await visitor.get('/account')).body.toString();
  return { ...readForm(page, action), current_password: password };
}

test('the scan finds an account wherever it is kept', async () => {
  const alice = await addPerson(app.database);
  await signIn(app, alice);
  expect((await tracesOf(alice)).sort()).toEqual([
    'sessions.user_id',
    'users.email',
    'users.email_key',
    'users.id',
  ]);
});

test('row 86: every table that names an account lets it go with the account', async () => {
  const rules = await app.database.query(
    `SELECT conrelid::regclass::text AS "table", confdeltype AS rule FROM pg_constraint
     WHERE contype = 'f' AND confrelid = 'users'::regclass`,
  );
  expect(rules.length).toBeGreaterThan(0);
  expect(rules.filter((row) => (row as { rule: string }).rule !== 'c')).toEqual([]);
});

test('row 86: deleting leaves no row and no session, and the address is free again', async () => {
  const [alice, bob] = [await addPerson(app.database), await addPerson(app.database, 'bob')];
  const [here, there, stranger] = [
    await signIn(app, alice),
    await signIn(app, alice),
    await signIn(app, bob),
  ];
  const oldCookies = new Map(here.cookies);
  const answer = await here.post(
    '/account/delete',
    await guardedForm(here, '/account/delete', alice.password),
  );
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toBe('/sign-in?done=deleted');
  expect((await here.get('/sign-in?done=deleted')).body.toString()).toContain('Your account is deleted');
  expect(await tracesOf(alice)).toEqual([]);
  const replayed = createVisitor(app.url);
  for (const [name, value] of oldCookies) replayed.cookies.set(name, value);
  for (const visitor of [here, there, replayed]) {
    const { status, headers } = await visitor.get('/account');
    expect([status, headers.location]).toEqual([303, '/sign-in']);
  }
  expect((await stranger.get('/account')).status).toBe(200);
  await addPerson(app.database, 'alice');
  const form = readForm((await here.get('/register')).body.toString(), '/register');
  await solveCheck(app.database, form);
  expect(
    (await here.post('/register', { ...form, email: alice.email, password: alice.password })).status,
  ).toBe(303);
});

test('row 86: a deletion in the middle of a burst of writes leaves nothing, and every request gets a clean answer', async () => {
  for (let round = 0; round < 6; round += 1) {
    // A password change that comes first ends the session that wants to delete: then there is nothing to be deleted by it.
    const hasRivals = round % 2 === 1;
    const alice = await addPerson(app.database, 'burst');
    const visitors = await Promise.all(Array.from({ length: 4 }, () => signIn(app, alice)));
    const [deleting] = visitors;
    if (deleting === undefined) throw new Error('Nobody');
    const deletion = await guardedForm(deleting, '/account/delete', alice.password);
    const forms = await Promise.all(
      visitors.map(async (visitor) => {
        const page = (await visitor.get('/account')).body.toString();
        return {
          visitor,
          preferences: readForm(page, '/account/preferences'),
          password: { ...readForm(page, '/account/password'), current_password: alice.password },
          email: { ...readForm(page, '/account/email'), current_password: alice.password },
        };
      }),
    );
    const burst = forms.flatMap(({ visitor, preferences, password, email }, at) => [
      ...Array.from({ length: 6 }, (_, quality) =>
        visitor.post('/account/preferences', { ...preferences, quality: String(quality + 1) }),
      ),
      ...(hasRivals
        ? [
            visitor.post('/account/password', {
              ...password,
              new_password: `another sentence ${round}${at}`,
            }),
            visitor.post('/account/email', { ...email, email: newEmail() }),
          ]
        : []),
      visitor.get('/account'),
      signIn(app, alice).catch(() => null),
    ]);
    await sleep(round * 8);
    const deleted = await deleting.post('/account/delete', deletion);
    const answers = (await Promise.all(burst)).filter((answer) => answer !== null && 'status' in answer);
    const statuses = new Set([deleted, ...answers].map(({ status }) => status));
    expect([...statuses].filter((status) => ![200, 303, 403, 422, 429].includes(status))).toEqual([]);
    if (!hasRivals) expect(deleted.headers.location).toBe('/sign-in?done=deleted');
    else await app.database.query('DELETE FROM users WHERE id = $1', [alice.id]);
    await sleep(50);
    expect(await tracesOf(alice)).toEqual([]);
  }
});

test('row 86: of eight people who register one address at the same time one gets it', async () => {
  const email = newEmail();
  const visitors = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const visitor = createVisitor(app.url);
      const form = readForm((await visitor.get('/register')).body.toString(), '/register');
      await solveCheck(app.database, form);
      return { visitor, form };
    }),
  );
  const answers = await Promise.all(
    visitors.map(({ visitor, form }) =>
      visitor.post('/register', { ...form, email, password: 'seven plums in a bowl' }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array.from({ length: 7 }, () => 422)]);
  expect(await app.database.query('SELECT 1 FROM users WHERE email = $1', [email])).toHaveLength(1);
});

test('row 86: a registration sent twice makes one account', async () => {
  const visitor = createVisitor(app.url);
  const email = newEmail();
  const form = readForm((await visitor.get('/register')).body.toString(), '/register');
  await solveCheck(app.database, form);
  const send = () => visitor.post('/register', { ...form, email, password: 'seven plums in a bowl' });
  const statuses = (await Promise.all([send(), send(), send()])).map(({ status }) => status).sort();
  expect(statuses[0]).toBe(303);
  expect(statuses.slice(1).every((status) => [303, 403, 422].includes(status))).toBe(true);
  expect(await app.database.query('SELECT 1 FROM users WHERE email = $1', [email])).toHaveLength(1);
});

test('row 86: of two who change to one address at the same time one gets it, and the other is told', async () => {
  const email = newEmail();
  const people = await Promise.all(['ann', 'ben', 'cas'].map((name) => addPerson(app.database, name)));
  const ready = await Promise.all(
    people.map(async (person) => {
      const visitor = await signIn(app, person);
      return { visitor, form: await guardedForm(visitor, '/account/email', person.password) };
    }),
  );
  const answers = await Promise.all(
    ready.map(({ visitor, form }) => visitor.post('/account/email', { ...form, email })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422]);
  expect(answers.filter(({ body }) => body.includes('has an account already'))).toHaveLength(2);
});
