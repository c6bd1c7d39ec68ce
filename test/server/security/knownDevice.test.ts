/** Row 57 of the security table: a browser that has signed in before is not held up by others, not even at its own address. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testSecretVariables } from '../appParts.ts';
import { createTestDatabase, type TestDatabase } from '../testDatabase.ts';
import {
  type AccountsApp,
  addPerson,
  noLimits,
  type Person,
  sendSignIn,
  serveAccounts,
  signIn,
} from './accountsApp.ts';
import { createVisitor, readForm, type Visitor } from './visitor.ts';

const wrong = { password: 'not the password at all' };
const proxied = { ...noLimits, TRUST_PROXY: '1' };
const from = (address: string) => ({ 'X-Forwarded-For': address });
/** Owner and attacker behind one NAT. */
const shared = from('192.0.2.50');

let own: TestDatabase;
const started: AccountsApp[] = [];

beforeAll(async () => {
  own = await createTestDatabase();
});

afterEach(async () => {
  for (const app of started.splice(0)) await app.stop();
  await own.database.query('TRUNCATE rate_limits');
});

afterAll(() => own.drop());

test('row 57: with a known device the owner signs in though somebody at the same address has used everything up', async () => {
  const app = await serve({ ...proxied, LIMIT_SIGN_IN: '10', LIMIT_CAPTCHA: '12' });
  const alice = await addPerson(own.database);
  const owner = await knownVisitor(app, alice);
  const attacker = createVisitor(app.url, shared);
  expect(await tryWrong(app, attacker, alice, 6)).toEqual([422, 422, 422, 422, 422, 429]);
  const form = readForm((await attacker.get('/sign-in')).body.toString(), '/sign-in');
  while ((await attacker.get('/sign-in')).status === 200);
  for (let i = 0; i < 10; i++) await attacker.post('/sign-in', form);
  expect((await createVisitor(app.url, shared).get('/sign-in')).status).toBe(429);
  expect((await attacker.post('/sign-in', form)).status).toBe(429);
  expect((await sendSignIn(app, owner, alice)).status).toBe(303);
});

test('row 57: a forged cookie, one of another account and one too old are no help, nor do they cost the owner anything', async () => {
  const app = await serve(proxied);
  const [alice, mallory] = [await addPerson(own.database), await addPerson(own.database, 'mallory')];
  const owner = await knownVisitor(app, alice);
  const known = owner.cookies.get('known') ?? '';
  const foreign = (await knownVisitor(app, mallory)).cookies.get('known') ?? '';
  const [device = '', account = '', issued = '', signature = ''] = known.split('.');
  const forged = [
    foreign,
    [foreign.split('.')[0], account, issued, signature].join('.'),
    [device, account, issued, 'A'.repeat(43)].join('.'),
    [device, account, 'zzzzzzz', signature].join('.'),
    'j%3A%7B%7D',
  ];
  expect(await tryWrong(app, createVisitor(app.url, shared), alice, 5)).toEqual(Array(5).fill(422));
  for (const value of forged) {
    const attacker = createVisitor(app.url, shared);
    attacker.cookies.set('known', value);
    expect([value, (await sendSignIn(app, attacker, { ...alice, ...wrong })).status]).toEqual([value, 429]);
  }
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 181 * 24 * 60 * 60 * 1000 });
  const aged = await knownVisitor(app, alice, '192.0.2.51').finally(() => vi.useRealTimers());
  const late = createVisitor(app.url, shared);
  late.cookies.set('known', aged.cookies.get('known') ?? '');
  expect((await sendSignIn(app, late, alice)).status).toBe(429);
  expect((await sendSignIn(app, owner, alice)).status).toBe(303);
});

test('row 57: a stolen cookie is worth five tries on its account from all addresses together, and lets nobody in', async () => {
  const app = await serve(proxied);
  const alice = await addPerson(own.database);
  const known = (await knownVisitor(app, alice)).cookies.get('known') ?? '';
  const statuses: number[] = [];
  for (let i = 0; i < 7; i++) {
    const thief = createVisitor(app.url, from(`198.51.100.${i}`));
    thief.cookies.set('known', known);
    expect((await thief.get('/account')).status).toBe(303);
    statuses.push(...(await tryWrong(app, thief, alice, 1)));
  }
  expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
  expect((await sendSignIn(app, createVisitor(app.url, shared), alice)).status).toBe(303);
});

test('row 57: a device stays known when the secret changes, and is forgotten with its account', async () => {
  const alice = await addPerson(own.database);
  const owner = await knownVisitor(await serve(proxied), alice);
  const fresh = 'another secret of the tests that everybody may read';
  const old = testSecretVariables.SESSION_SECRET;
  const app = await serve({ ...proxied, SESSION_SECRET: `${fresh},${old}` });
  expect(await tryWrong(app, createVisitor(app.url, shared), alice, 5)).toEqual(Array(5).fill(422));
  const again = createVisitor(app.url, shared);
  again.cookies.set('known', owner.cookies.get('known') ?? '');
  expect((await sendSignIn(app, again, alice)).status).toBe(303);
  await again.submit('/account', '/account/delete', { current_password: alice.password });
  expect([...again.cookies.keys()]).toEqual(['sid']);
});

test('row 57: who is signed in has the forms of the account to himself, whoever else is at the address', async () => {
  const app = await serve({ ...proxied, LIMIT_ACCOUNT: '2' });
  const owner = await signIn(app, await addPerson(own.database), shared);
  const attacker = await signIn(app, await addPerson(own.database, 'mallory'), shared);
  const save = async (visitor: Visitor) =>
    (await visitor.submit('/account', '/account/preferences', {})).status;
  expect([await save(attacker), await save(attacker), await save(attacker)]).toEqual([303, 303, 429]);
  expect(await save(owner)).toBe(303);
});

/** Somebody at the shared address who has signed in, and whose session is over. */
async function knownVisitor(app: AccountsApp, person: Person, address = '192.0.2.50'): Promise<Visitor> {
  const visitor = await signIn(app, person, from(address));
  visitor.cookies.delete('sid');
  return visitor;
}

async function tryWrong(app: AccountsApp, visitor: Visitor, { email }: Person, tries: number) {
  const statuses: number[] = [];
  for (let i = 0; i < tries; i++) statuses.push((await sendSignIn(app, visitor, { email, ...wrong })).status);
  return statuses;
}

async function serve(variables: Record<string, string>): Promise<AccountsApp> {
  const app = await serveAccounts(variables, own);
  started.push(app);
  return app;
}
