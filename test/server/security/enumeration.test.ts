/** Rows 43 and 44 of the security study: nobody learns here who has an account, beyond what can't be kept from them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../http/request.ts';
import {
  type AccountsApp,
  addPerson,
  noLimits,
  sendSignIn,
  serveAccounts,
  solveCheck,
} from './accountsApp.ts';
import { mannWhitneyP, median } from './rankTest.ts';
import { sendRegistration } from './registration.ts';
import { createVisitor, readForm } from './visitor.ts';

/** bcrypt at cost 8 takes longer than all the rest of the request: a way without it would stand out at once. */
const variables = { ...noLimits, BCRYPT_COST: '8' };
let app: AccountsApp;

beforeAll(async () => {
  app = await serveAccounts(variables);
});

afterAll(() => app.stop());

const wrong = 'not the password of anybody';

/** Signs in from an address of its own, so that no try waits for the one before. Gives the milliseconds of the POST too. */
async function fail(email: string): Promise<{ answer: Answer; ms: number }> {
  const visitor = createVisitor(app.url);
  const form = readForm((await visitor.get('/sign-in')).body.toString(), '/sign-in');
  await solveCheck(app.database, form);
  const startedAt = performance.now();
  const answer = await visitor.post('/sign-in', { ...form, email, password: wrong });
  return { answer, ms: performance.now() - startedAt };
}

/** What differs from one answer to the next whatever is asked: ids, tokens, captchas, times. */
function comparable({ status, headers, body }: Answer): unknown {
  const names = Object.keys(headers).sort();
  const text = body
    .toString()
    .replace(
      /value="[^"]*"|data-(salt|challenge)="[^"]*"|captcha\/[^"]*|(for="sign-in-captcha-question">)[^<]*/g,
      '$2',
    )
    .replaceAll(/[a-z]+\.\d+@example\.org/g, 'ADDRESS');
  return {
    status,
    names,
    cookies: (headers['set-cookie'] ?? []).map((line) => line.replace(/=[^;]*/, '')),
    text,
  };
}

test('row 43: an unknown address and a wrong password get the same status, headers, cookies and page', async () => {
  const alice = await addPerson(app.database);
  const known = await fail(alice.email);
  const unknown = await fail('nobody.77@example.org');
  expect(known.answer.status).toBe(422);
  expect(known.answer.body.toString()).toContain('The e-mail address or the password is not right.');
  expect(comparable(known.answer)).toEqual(comparable(unknown.answer));
});

test('row 43: they take the same time: 200 pairs in turn, ranked, and by their medians', async () => {
  const [known, unknown]: [number[], number[]] = [[], []];
  for (let pair = 0; pair < 200; pair += 1) {
    const person = { email: `person.${pair}@example.org` };
    const { email } = await sendRegistration(app, {}); // by the form: a hash of today's cost
    const order = pair % 2 === 0 ? [known, unknown] : [unknown, known];
    for (const times of order) times.push((await fail(times === known ? email : person.email)).ms);
  }
  const p = mannWhitneyP(known, unknown);
  const gap = Math.abs(median(known) - median(unknown)) / median(unknown);
  const report = `known ${median(known).toFixed(2)} ms, unknown ${median(unknown).toFixed(2)} ms (medians of 200), gap ${(gap * 100).toFixed(1)} %, p ${p.toFixed(3)}`;
  console.log(report);
  // Either is enough on a busy machine: no difference in rank, or one that drowns in the noise of any network.
  expect(p > 0.01 || gap < 0.05, report).toBe(true);
  expect(gap, report).toBeLessThan(0.25);
}, 120_000);

test('the measure itself finds a difference when there is one', () => {
  const noise = (at: number) => ((at * 7919) % 97) / 97;
  const slow = Array.from({ length: 200 }, (_, at) => 20 + 5 * noise(at));
  const quick = Array.from({ length: 200 }, (_, at) => 18 + 5 * noise(at + 31));
  expect(mannWhitneyP(slow, quick)).toBeLessThan(0.0001);
  expect(
    mannWhitneyP(
      slow,
      slow.map((ms) => ms + 0.001 * noise(ms)),
    ),
  ).toBeGreaterThan(0.05);
});

test('row 44: without mail registering says honestly that an address is taken; the check and the limit stand before that', async () => {
  const alice = await addPerson(app.database);
  const taken = await sendRegistration(app, { email: alice.email });
  expect(taken.answer.status).toBe(422);
  expect(taken.answer.body.toString()).toContain('This address has an account already.');
  expect(taken.answer.body.toString()).toContain(`value="${alice.email}"`);

  const visitor = createVisitor(app.url);
  const form = readForm((await visitor.get('/register')).body.toString(), '/register');
  const unchecked = await visitor.post('/register', { ...form, email: alice.email, password: wrong });
  expect(unchecked.status).toBe(422);
  expect(unchecked.body.toString()).not.toContain('has an account already');

  const limited = await serveAccounts({ ...noLimits, LIMIT_REGISTER: '3' });
  try {
    const statuses: number[] = [];
    for (let at = 0; at < 5; at += 1) statuses.push((await sendRegistration(limited, {})).answer.status);
    expect(statuses).toEqual([303, 303, 303, 429, 429]);
  } finally {
    await limited.stop();
  }
});

test('row 44: spellings of one address are one account: letter case, width, the Kelvin sign', async () => {
  const { email } = await addPerson(app.database, 'kim');
  for (const spelling of [
    email.toUpperCase(),
    email.replace('kim', '\u212aim'),
    email.replace('kim', 'ｋｉｍ'),
  ]) {
    const { answer } = await sendRegistration(app, { email: spelling });
    expect([spelling, answer.status]).toEqual([spelling, 422]);
    const signedIn = await sendSignIn(app, createVisitor(app.url), {
      email: spelling,
      password: 'kim keeps 17 plums in a bowl',
    });
    expect([spelling, signedIn.status]).toEqual([spelling, 303]);
  }
});

test('row 44: both ways hash, so that time tells nothing either', async () => {
  const { email } = await addPerson(app.database);
  const times: Record<'fresh' | 'taken', number[]> = { fresh: [], taken: [] };
  for (let at = 0; at < 20; at += 1) {
    for (const kind of ['fresh', 'taken'] as const) {
      const startedAt = performance.now();
      await sendRegistration(app, kind === 'taken' ? { email } : {});
      times[kind].push(performance.now() - startedAt);
    }
  }
  // bcrypt at cost 8 is most of it: an answer without it would take less than half.
  expect(median(times.taken)).toBeGreaterThan(median(times.fresh) * 0.6);
});
