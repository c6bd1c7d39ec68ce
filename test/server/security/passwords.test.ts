/** Rows 31 to 42 of the security study: passwords. */
import { createHash, createHmac } from 'node:crypto';
import { dictionary } from '@zxcvbn-ts/language-common';
import bcrypt from 'bcrypt';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHashGate } from '../../../server/auth/hashGate.ts';
import { createPasswords } from '../../../server/auth/password.ts';
import { refusePassword } from '../../../server/auth/passwordRules.ts';
import { createLog } from '../../../server/log.ts';
import { testSecrets } from '../appParts.ts';
import { type AccountsApp, canSignIn, serveAccounts, storedHash } from './accountsApp.ts';
import { registered, sendRegistration } from './registration.ts';
import { createVisitor, readForm } from './visitor.ts';

let app: AccountsApp;

beforeAll(async () => {
  app = await serveAccounts();
});

afterAll(() => app.stop());

const good = 'seven plums in a bowl';
const gate = createHashGate(2, 1000);
const passwords = createPasswords({ cost: 4, peppers: testSecrets.peppers, gate, log: createLog('silent') });

/** Different Korean syllables, each of which is two code points when taken apart. */
function syllables(count: number): string {
  return Array.from({ length: count }, (_, at) => String.fromCodePoint(0xac00 + 28 * at)).join('');
}

test.each([
  ['11 characters', 'seven plums', false],
  ['12 characters', 'seven plums!', true],
  ['64 characters', `${good} `.repeat(4).slice(0, 64), true],
  ['200 characters', 'a sentence of many words, number '.repeat(7).slice(0, 200), true],
  ['201 characters', 'a sentence of many words, number '.repeat(7).slice(0, 201), false],
  ['105 characters, sent as 210 that melt into them', syllables(105).normalize('NFD'), true],
  ['201 characters, sent as 402 that melt into them', syllables(201).normalize('NFD'), false],
  ['11 characters of two code units each', '🫐🍎🍐🍊🍋🍌🍉🍇🍓🍈🍒', false],
  ['12 characters of two code units each', '🫐🍎🍐🍊🍋🍌🍉🍇🍓🍈🍒🍑', true],
])(
  'row 31: a password of %s is judged by its code points, and one that is taken signs in',
  async (_name, password, isTaken) => {
    const { answer, email } = await sendRegistration(app, { password });
    expect(answer.status).toBe(isTaken ? 303 : 422);
    if (isTaken) expect(await canSignIn(app, email, password)).toBe(true);
    else expect(answer.body.toString()).toMatch(/Use at (least 12|most 200) characters/);
  },
);

test('row 32: nothing is cut at 72 bytes: what differs behind them is another password', async () => {
  for (const start of ['plum and pear '.repeat(6), '🫐🍎🍐🍊🍋🍌🍉🍇🍓🍈🍒🍑🥝🍍🥭🥥🍅🫒']) {
    expect(Buffer.byteLength(start)).toBeGreaterThanOrEqual(72);
    const email = await registered(app, `${start}X`);
    expect(await canSignIn(app, email, `${start}Y`)).toBe(false);
    expect(await canSignIn(app, email, start)).toBe(false);
    expect(await canSignIn(app, email, `${start}X`)).toBe(true);
  }
});

test('row 33: NUL and other control characters are refused, and never end a password early', async () => {
  const email = await registered(app, good);
  for (const typed of [`${good}\0def`, `${good}\u0007`, `\u0000${good}`]) {
    expect((await sendRegistration(app, { password: typed })).answer.status).toBe(422);
    expect(await canSignIn(app, email, typed)).toBe(false);
  }
});

test('row 34: what bcrypt gets is the base64 of a keyed hash: 64 characters, without NUL, of no use without the key', async () => {
  const email = await registered(app, good);
  const hash = await storedHash(app, email);
  const [pepper] = testSecrets.peppers;
  const keyed = createHmac('sha384', pepper?.key ?? '')
    .update(good)
    .digest('base64');
  expect(keyed).toHaveLength(64);
  expect(await bcrypt.compare(keyed, hash)).toBe(true);
  for (const algorithm of ['md5', 'sha1', 'sha256', 'sha384', 'sha512']) {
    for (const encoding of ['hex', 'base64', 'binary'] as const) {
      const digest = createHash(algorithm).update(good).digest(encoding);
      expect(await bcrypt.compare(digest, hash), `${algorithm} ${encoding}`).toBe(false);
    }
  }
});

describe('row 35', () => {
  test('é typed as one character or as two is the same password', async () => {
    const [composed, decomposed] = ['caf\u00e9 au lait pour deux', 'cafe\u0301 au lait pour deux'];
    expect(await canSignIn(app, await registered(app, composed), decomposed)).toBe(true);
    expect(await canSignIn(app, await registered(app, decomposed), composed)).toBe(true);
  });

  test('a password is measured in normal form C also when it is checked', async () => {
    const typed = syllables(200).normalize('NFD');
    expect([...typed]).toHaveLength(400);
    expect(refusePassword(typed, 'a@b.example')).toBeNull();
    expect((await passwords.check(typed, await passwords.hash(typed))).isRight).toBe(true);
    expect((await passwords.check(syllables(201), await passwords.hash(syllables(201)))).isRight).toBe(false);
  });

  test('halves of characters are refused and equal nothing', async () => {
    expect(refusePassword(`${good}\ud800`, 'a@b.example')).toContain('Use letters');
    const stored = await passwords.hash(good);
    expect((await passwords.check(`${good}\ud800`, stored)).isRight).toBe(false);
    const onWire = (half: string) => sendRegistration(app, {}, `&password=seven+plums+in+a+bowl${half}`);
    const { answer, email } = await onWire('%ED%A0%80'); // what is no UTF-8 stays as it came, percent signs and all
    expect(answer.status).toBe(303);
    expect(await canSignIn(app, email, good)).toBe(false);
    expect(await canSignIn(app, email, `${good}%ED%A0%81`)).toBe(false);
    expect(await canSignIn(app, email, `${good}\ufffd`)).toBe(false);
    expect(await canSignIn(app, email, `${good}%ED%A0%80`)).toBe(true);
  });
});

test('row 36: a space at either end and the case of letters count', async () => {
  const email = await registered(app, ` ${good}`);
  for (const typed of [good, `${good} `, ` ${good.toUpperCase()}`]) {
    expect(await canSignIn(app, email, typed)).toBe(false);
  }
  expect(await canSignIn(app, email, ` ${good}`)).toBe(true);
});

describe('row 37', () => {
  const common = Object.values(dictionary['passwords-common']).filter((word) => typeof word === 'string');

  test('the 3000 most common passwords are refused, each with a reason', () => {
    expect(common.length).toBeGreaterThan(40_000);
    for (const word of common.slice(0, 3000)) {
      expect([word, refusePassword(word, 'a@b.example')]).toEqual([
        word,
        expect.stringMatching(/characters|common/),
      ]);
    }
  });

  test('common ones that are long enough are refused as such, also with digits and signs around, doubled or in capitals', () => {
    const long = common.filter((word) => word.length >= 12);
    expect(long.length).toBeGreaterThan(200);
    const variants = [
      'password1234!',
      'Passwordpassword',
      'ILOVEYOU2026',
      '123456789012',
      'abcabcabcabc',
      'zyxwvutsrqponm',
      'letmein letmein',
      'let-me-in-let-me-in',
      '1234 5678 9012',
      'qwertyuiopasdf',
      'QWERTZuiop.asdf',
      '1qaz2wsx3edc',
      'poiuytrewq09',
    ];
    for (const word of [...long, ...long.map((word) => word.toUpperCase()), ...variants]) {
      expect([word, refusePassword(word, 'a@b.example')]).toEqual([word, expect.stringContaining('common')]);
    }
  });

  test('a random one of 15 characters passes', () => {
    const letters = [...'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789-_'];
    const random = fc.string({ unit: fc.constantFrom(...letters), minLength: 15, maxLength: 15 });
    fc.assert(
      fc.property(random, (word) => refusePassword(word, 'someone@b.example') === null),
      { seed: 37, numRuns: 5000 },
    );
  });

  test('the form says why', async () => {
    const { answer } = await sendRegistration(app, { password: 'leavemealone' });
    expect(answer.status).toBe(422);
    expect(answer.body.toString()).toContain('on a list of common passwords');
  });
});

test.each([
  ['allimgfit2026', 'This is too close to the name of this site.'],
  ['All Img Fit!!', 'This is too close to the name of this site.'],
  ['rosalind.franklin', 'This is too close to your e-mail address.'],
  ['ROSALIND.Franklin52', 'This is too close to your e-mail address.'],
  ['all-img-fit-2026', 'This is too close to the name of this site.'],
  ['a.l.l.1.i.m.g.2.f.i.t', 'This is too close to the name of this site.'],
  ['allimgfit qwertyuiop', 'This is too close to the name of this site.'],
  ['Rosalind.Franklin@example.org', 'This is too close to your e-mail address.'],
  ['rosalind franklin @ example.org!', 'This is too close to your e-mail address.'],
  ['rosalindfranklin-example', 'This is too close to your e-mail address.'],
  ['rosalind.franklin allimgfit', 'This is too close to your e-mail address.'],
  ['example.org 2026', 'This is too close to your e-mail address.'],
])('row 38: %s is refused, because it is what anybody would try first', (password, reason) => {
  expect(refusePassword(password, 'Rosalind.Franklin@example.org')).toContain(reason);
});

test('row 38: an address of digits is looked for too, and the longest costs nothing', () => {
  const address = `${'1'.repeat(64)}@${'1.'.repeat(90)}example`;
  refusePassword('1 '.repeat(100), address); // the lists are read once
  const startedAt = performance.now();
  expect(refusePassword(`a${'1'.repeat(199)}`, address)).toContain('too close');
  expect(refusePassword('1 '.repeat(100), address)).not.toBeNull();
  expect(performance.now() - startedAt).toBeLessThan(200);
});

test('row 38: a long password may hold such a word', () => {
  expect(refusePassword('seven plums at example.org', 'rosalind.franklin@example.org')).toBeNull();
  expect(refusePassword('rosalind.franklin walked home', 'rosalind.franklin@example.org')).toBeNull();
});

test('row 39: no kind of character is asked for, and the fields are what password managers look for', async () => {
  expect(refusePassword('onlysmallletterswithoutaspace', 'a@b.example')).toBeNull();
  expect(refusePassword('843592061748', 'a@b.example')).toBeNull();
  const visitor = createVisitor(app.url);
  const register = (await visitor.get('/register')).body.toString();
  expect(register).toMatch(/<input[^>]*name="email"[^>]*autocomplete="username"/);
  expect(register).toMatch(/<input[^>]*name="password" type="password"[^>]*autocomplete="new-password"/);
  expect(register).not.toMatch(/<input[^>]*type="password"[^>]*maxlength/);
  const signIn = (await visitor.get('/sign-in')).body.toString();
  expect(signIn).toMatch(/<input[^>]*name="password" type="password"[^>]*autocomplete="current-password"/);
});

test('row 41: a password that is no text, missing or sent twice is refused, and never a failure', async () => {
  const visitor = createVisitor(app.url);
  const form = readForm((await visitor.get('/sign-in')).body.toString(), '/sign-in');
  const start = new URLSearchParams({ ...form, email: 'alice@example.org' }).toString();
  const withoutPassword = start.replace(/&password=/, '');
  for (const body of ['', '&password[]=x', '&password[a]=x', '&password=a&password=b', '&password=']) {
    const answer = await visitor.post('/sign-in', withoutPassword + body);
    expect([body, answer.status]).toEqual([body, 422]);
  }
  const json = await visitor.post('/sign-in', JSON.stringify({ password: 12 }), {
    'Content-Type': 'application/json',
  });
  expect(json.status).toBe(415);
});
