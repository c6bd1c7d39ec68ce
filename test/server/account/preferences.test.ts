/** Preferences that scripts send by themselves: of two browsers the newest change counts. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  defaultPreferences,
  isSamePreferences,
  parsePreferences,
  writePreferences,
} from '../../../server/account/preferences.shared.ts';
import {
  type AccountsApp,
  addPerson,
  noLimits,
  type Person,
  serveAccounts,
  signIn,
} from '../security/accountsApp.ts';
import { createVisitor, readToken, type Visitor } from '../security/visitor.ts';

let app: AccountsApp;
let alice: Person;
let visitor: Visitor;
let token: string;

beforeAll(async () => {
  app = await serveAccounts();
});

beforeEach(async () => {
  alice = await addPerson(app.database);
  visitor = await signIn(app, alice);
  token = readToken((await visitor.get('/account')).body.toString());
});

afterAll(() => app.stop());

const json = { Accept: 'application/json' };
const minute = 60_000;

async function send(quality: number, age: number | string, fields: Record<string, string> = {}) {
  const form = { ...writePreferences({ ...defaultPreferences, quality }), _csrf: token, ...fields };
  const answer = await visitor.post('/account/preferences', { ...form, age: String(age) }, json);
  return { status: answer.status, json: JSON.parse(answer.body.toString() || 'null') };
}

test('the newest change counts, whichever comes last, and the answer says what counts', async () => {
  const first = await send(60, 5 * minute);
  expect(first).toEqual({
    status: 200,
    json: { preferences: { ...defaultPreferences, quality: 60 }, preferencesAge: 5 * minute },
  });
  const late = await send(50, 9 * minute);
  expect(late.json.preferences).toEqual(first.json.preferences);
  expect(late.json.preferencesAge - 5 * minute).toBeLessThan(minute);
  const newer = await send(40, minute);
  expect(newer.json.preferences.quality).toBe(40);
});

test('a change of a moment ago counts over one of the moment before', async () => {
  expect((await send(60, 0)).json.preferencesAge).toBe(0);
  expect((await send(61, 0)).json).toMatchObject({ preferences: { quality: 61 }, preferencesAge: 0 });
});

test('a change of very long ago is kept where there is none, and gives way to all others', async () => {
  const { status, json: answer } = await send(60, '999999999999999');
  expect([status, answer.preferences.quality]).toEqual([200, 60]);
  expect((await send(61, 525_600 * minute)).json.preferences.quality).toBe(61);
});

test.each(['', 'yesterday', '1e9', '-1', '99999999999999999999'])(
  'an age that is none (%j) counts in any case, as now',
  async (age) => {
    await send(32, 0);
    const { status, json: answer } = await send(33, age);
    expect([status, answer.preferences.quality]).toEqual([200, 33]);
    expect(answer.preferencesAge).toBe(0);
  },
);

test('the form of the account page counts whatever was there, and says when', async () => {
  await send(60, 0);
  await visitor.submit('/account', '/account/preferences', { quality: '20' });
  const [row] = await app.database.query(
    `SELECT preferences->'quality' AS quality, preferences_changed_at > now() - interval '1 minute' AS "isNew" FROM users WHERE id = $1`,
    [alice.id],
  );
  expect(row).toEqual({ quality: 20, isNew: true });
});

test('two at once: one of them counts, and both hear which', async () => {
  const answers = await Promise.all([2, 1, 3, 0].map((ago) => send(14 - ago, (ago + 1) * minute)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const [row] = await app.database.query('SELECT preferences FROM users WHERE id = $1', [alice.id]);
  expect(row).toEqual({ preferences: { ...defaultPreferences, quality: 14 } });
});

test('bad input is answered with the sentences by field, and changes nothing', async () => {
  const { status, json: answer } = await send(60, 0, { quality: '900', template: '{who}' });
  expect([status, Object.keys(answer.errors)]).toEqual([422, ['quality', 'template']]);
  const [row] = await app.database.query('SELECT preferences FROM users WHERE id = $1', [alice.id]);
  expect(row).toEqual({ preferences: {} });
});

test('without its token, and signed out, nothing is kept', async () => {
  expect((await visitor.post('/account/preferences', { quality: '5' }, json)).status).toBe(403);
  const stranger = createVisitor(app.url);
  const own = readToken((await stranger.get('/sign-in')).body.toString());
  const { status } = await stranger.post('/account/preferences', { _csrf: own, quality: '5' }, json);
  expect([303, 401]).toContain(status);
});

test('what scripts send does not use up the tries of the forms, and has a limit of its own', async () => {
  const limited = await serveAccounts({ ...noLimits, LIMIT_ACCOUNT: '1', LIMIT_PRESET_WRITES: '3' });
  try {
    const person = await addPerson(limited.database);
    const own = await signIn(limited, person);
    const csrf = readToken((await own.get('/account')).body.toString());
    const form = { ...writePreferences(defaultPreferences), _csrf: csrf };
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      statuses.push((await own.post('/account/preferences', form, json)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await own.post('/account/preferences', form)).status).toBe(303);
  } finally {
    await limited.stop();
  }
});

test('whatever was kept, what is read of it is complete, and writes and reads the same again', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (kept) => {
      const read = parsePreferences(kept);
      expect(Object.keys(read).sort()).toEqual(Object.keys(defaultPreferences).sort());
      expect(parsePreferences(read)).toEqual(read);
      expect(isSamePreferences(read, { ...read })).toBe(true);
    }),
  );
  expect(isSamePreferences(defaultPreferences, { ...defaultPreferences, units: 'in' })).toBe(false);
});
