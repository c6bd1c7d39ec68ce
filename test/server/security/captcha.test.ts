/** Rows 48 to 55 of the security study: the check against robots. */
import { createHash, randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CaptchaOffer, type Captchas, createCaptchas } from '../../../server/auth/captcha.ts';
import { drawPicture } from '../../../server/auth/captchaPicture.ts';
import { makeQuestion, readQuestionAnswer } from '../../../server/auth/captchaQuestions.ts';
import { makePictureText } from '../../../server/auth/captchaText.ts';
import { workLimit } from '../../../server/auth/captchaWork.ts';
import { openDatabase } from '../../../server/database/pool.ts';
import { createLog } from '../../../server/log.ts';
import { testSecrets } from '../appParts.ts';
import { type AccountsApp, addPerson, noLimits, serveAccounts } from './accountsApp.ts';
import { newEmail } from './registration.ts';
import { createVisitor, readForm } from './visitor.ts';

let app: AccountsApp;

beforeAll(async () => {
  app = await serveAccounts();
});

afterAll(() => app.stop());

const [secret] = testSecrets.session;
const somebody = 'the session of alice';
/** The first of everything: what is drawn is known beforehand. */
const first = () => 0;
const random = (limit: number) => randomInt(limit);

const make = (draw = random): Captchas =>
  createCaptchas({ query: app.database.query, secret, randomInt: draw });

function solve({ work }: CaptchaOffer): string {
  for (let number = 0; number < work.limit; number += 1) {
    const digest = createHash('sha256').update(`${work.salt}${number}`).digest('hex');
    if (digest === work.challenge) return String(number);
  }
  throw new Error('Not solvable');
}

type Way = 'picture' | 'question' | 'work';
const ways: Way[] = ['picture', 'question', 'work'];

/** A row of that kind with its right answer and a wrong one. */
async function issue(way: Way): Promise<{ id: string; right: string; wrong: string }> {
  const offer = await make(first).issue(somebody);
  if (way === 'work') return { id: offer.work.id, right: solve(offer), wrong: '59999' };
  if (way === 'question') return { id: offer.question.id, right: makeQuestion(first).answer, wrong: 'blue' };
  await make(first).draw(offer.imageId, somebody);
  return { id: offer.imageId, right: makePictureText(first), wrong: 'XXXXX' };
}

describe.each(ways)('an answer by %s', (way) => {
  let row: { id: string; right: string; wrong: string };

  beforeEach(async () => {
    row = await issue(way);
  });

  const spend = (text: string, boundTo = somebody) => make().spend({ id: row.id, text }, boundTo);

  test('row 48: is right once: of 20 at the same time exactly one wins', async () => {
    const wins = await Promise.all(Array.from({ length: 20 }, () => spend(row.right)));
    expect(wins.filter(Boolean)).toHaveLength(1);
    expect(await spend(row.right)).toBe(false);
  });

  test('row 48: is right once over two servers', async () => {
    const other = openDatabase(app.own.connection, createLog('silent'));
    const there = createCaptchas({ query: other.query, secret, randomInt: random });
    try {
      const tries = Array.from({ length: 20 }, (_, at) =>
        (at % 2 === 0 ? make() : there).spend({ id: row.id, text: row.right }, somebody),
      );
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    } finally {
      await other.close();
    }
  });

  test('row 49: is used up by a wrong answer too', async () => {
    expect(await spend(row.wrong)).toBe(false);
    expect(await spend(row.right)).toBe(false);
  });

  test('row 50: counts only in the session that it was made for, and is not used up from another', async () => {
    expect(await spend(row.right, 'the session of bob')).toBe(false);
    expect(await spend(row.right)).toBe(true);
  });

  test('row 50: counts for five minutes by the database’s clock', async () => {
    const left = 'SELECT extract(epoch FROM expires_at - now())::int AS seconds FROM captchas WHERE id = $1';
    const [{ seconds }] = (await app.database.query(left, [row.id])) as [{ seconds: number }];
    expect(seconds).toBeGreaterThan(290);
    expect(seconds).toBeLessThanOrEqual(300);
    await app.database.query('UPDATE captchas SET expires_at = now() WHERE id = $1', [row.id]);
    expect(await spend(row.right)).toBe(false);
    expect(await app.database.query('SELECT 1 FROM captchas WHERE id = $1', [row.id])).toEqual([]);
  });

  test('row 51: stands in the database only as what cannot be turned back without the key', async () => {
    const [kept] = (await app.database.query('SELECT answer FROM captchas WHERE id = $1', [row.id])) as [
      { answer: string },
    ];
    if (way === 'work') expect(kept.answer.split(' ').map((part) => part.length)).toEqual([32, 64]);
    else expect(kept.answer).toMatch(/^[0-9a-f]{64}$/);
    const plain = createHash('sha256').update(row.right).digest('hex');
    expect(kept.answer).not.toContain(plain);
  });
});

test('row 49: one answer uses up all three ways of a form, and leaves other forms alone', async () => {
  const here = 'the session with two forms';
  const [form, other] = [await make(first).issue(here), await make(first).issue(here)];
  expect(await make().spend({ id: form.question.id, text: 'wrong' }, here)).toBe(false);
  expect(await make().spend({ id: form.work.id, text: solve(form) }, here)).toBe(false);
  const left = await app.database.query('SELECT id FROM captchas WHERE bound_to = $1', [here]);
  const ids = [other.imageId, other.question.id, other.work.id];
  expect(new Set(left.map((row) => (row as { id: string }).id))).toEqual(new Set(ids));
  expect(await make().spend({ id: other.work.id, text: solve(other) }, here)).toBe(true);
});

test('row 49: answers to all three ways at the same time neither fail nor leave a row', async () => {
  const here = 'the session in a hurry';
  for (let at = 0; at < 20; at += 1) {
    const { imageId, question, work } = await make(first).issue(here);
    const ids = [imageId, question.id, work.id, work.id, question.id, imageId];
    await Promise.all(ids.map((id) => make().spend({ id, text: 'wrong' }, here)));
    expect(await app.database.query('SELECT id FROM captchas WHERE bound_to = $1', [here])).toEqual([]);
  }
});

test('an id that is none, or of nothing, is a wrong answer', async () => {
  for (const id of ['', 'abc', '-1', randomUUID(), "' OR 1=1 --", '\0']) {
    expect(await make().spend({ id, text: '0' }, somebody)).toBe(false);
    expect(await make().draw(id, somebody)).toBeNull();
  }
});

test('row 50: a picture is drawn only for the session that asked, and the newest drawing is the one that counts', async () => {
  const { imageId } = await make().issue(somebody);
  expect(await make().spend({ id: imageId, text: '' }, 'other')).toBe(false);
  expect(await make().draw(imageId, 'the session of bob')).toBeNull();
  await make(() => 1).draw(imageId, somebody);
  await make(first).draw(imageId, somebody);
  expect(await make().spend({ id: imageId, text: makePictureText(first) }, somebody)).toBe(true);
});

test('a picture that was never looked at has no answer', async () => {
  const { imageId } = await make().issue(somebody);
  expect(await make().spend({ id: imageId, text: '' }, somebody)).toBe(false);
});

test('row 51: the answers stand in no page, picture, cookie or log', async () => {
  const known = await serveAccounts(noLimits, app.own, { randomInt: first });
  try {
    const visitor = createVisitor(known.url);
    const page = await visitor.get('/register');
    const form = readForm(page.body.toString(), '/register');
    const picture = await visitor.get(`/captcha/${form.picture_id}.svg`);
    expect(picture.status).toBe(200);
    expect(picture.headers).toMatchObject({
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': 'no-store',
    });
    const everything =
      [page, picture].map(({ headers, body }) => JSON.stringify(headers) + body).join('') + known.log();
    expect(everything).not.toContain(makePictureText(first));
    const { status } = await visitor.post('/register', {
      ...form,
      email: newEmail(),
      password: 'seven plums in a bowl',
      picture: makePictureText(first).toLowerCase(),
    });
    expect(status).toBe(303);
  } finally {
    await known.stop();
  }
});

test('row 52: letters that look alike are left out, and case and spaces do not matter', async () => {
  const seen = new Set(Array.from({ length: 400 }, () => makePictureText(random)).join(''));
  expect([...seen].filter((letter) => '0OQ1IL2Z5S8B6GUVo'.includes(letter))).toEqual([]);
  expect(seen.size ** 5).toBeGreaterThan(1_200_000);
  const row = await issue('picture');
  expect(
    await make().spend({ id: row.id, text: ` ${row.right.toLowerCase().split('').join(' ')} ` }, somebody),
  ).toBe(true);
});

test('row 52: a question takes its answer in words or digits, in any case, with an article or a full stop', () => {
  expect(['Eleven', ' 11 ', '011', 'eleven.'].map(readQuestionAnswer)).toEqual(['11', '11', '11', '11']);
  expect(['The river', 'RIVER', 'a river.'].map(readQuestionAnswer)).toEqual(['river', 'river', 'river']);
  const asked = new Set(Array.from({ length: 2000 }, () => makeQuestion(random).text));
  expect(asked.size).toBeGreaterThan(500);
});

test('row 53: with the check always passed the limits hold alone', async () => {
  await app.database.query('DELETE FROM rate_limits');
  const limited = await serveAccounts({ ...noLimits, LIMIT_SIGN_IN: '8' }, app.own);
  try {
    const { email } = await addPerson(app.database);
    const statuses: number[] = [];
    for (let at = 0; at < 10; at += 1) {
      const visitor = createVisitor(limited.url);
      const form = readForm((await visitor.get('/sign-in')).body.toString(), '/sign-in');
      await app.database.query('UPDATE captchas SET answer = $2 WHERE id = $1', [
        form.work_id,
        `easy ${createHash('sha256').update('easy0').digest('hex')}`,
      ]);
      const { status } = await visitor.post('/sign-in', {
        ...form,
        work: '0',
        email,
        password: `guess number ${at}`,
      });
      statuses.push(status);
    }
    // Five tries on one account, eight from one address.
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429, 429, 429, 429]);
  } finally {
    await limited.stop();
  }
});

describe('row 53: the picture gives no letter away by its commands', () => {
  const commandsOf = (svg: string) =>
    [...(/ d="([^"]+)"/.exec(svg)?.[1]?.matchAll(/[MLQZ]/g) ?? [])].join('');

  test('it is one path, and no drawing of one text has the commands of another', () => {
    const drawings = Array.from({ length: 50 }, () => drawPicture('ACDEF', random));
    for (const svg of drawings) expect(svg.match(/<path/g)).toHaveLength(1);
    expect(new Set(drawings.map(commandsOf)).size).toBe(50);
  });

  test('the rows of commands that name a letter of svg-captcha are never seen twice for one letter', () => {
    const outlines = Array.from({ length: 60 }, () =>
      commandsOf(drawPicture('A', random)).split(/(?=M)/),
    ).flat();
    const counts = new Map<string, number>();
    for (const outline of outlines) counts.set(outline, (counts.get(outline) ?? 0) + 1);
    const long = [...counts].filter(([outline]) => outline.length > 12);
    expect(long.length).toBeGreaterThan(60);
    expect(Math.max(...long.map(([, count]) => count))).toBeLessThan(6);
  });
});

test('row 54: a picture costs a few milliseconds, and one address gets only so many', async () => {
  drawPicture('ACDEF', random);
  const before = process.cpuUsage(); // processor time: a busy machine makes the clock on the wall say more
  for (let at = 0; at < 20; at += 1) drawPicture('ACDEF', random);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000 / 20).toBeLessThan(40);

  await app.database.query('DELETE FROM rate_limits');
  const limited = await serveAccounts({ ...noLimits, LIMIT_CAPTCHA: '4' }, app.own);
  try {
    const visitor = createVisitor(limited.url);
    const form = readForm((await visitor.get('/register')).body.toString(), '/register');
    const statuses: number[] = [];
    for (let at = 0; at < 5; at += 1)
      statuses.push((await visitor.get(`/captcha/${form.picture_id}.svg`)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429]);
    expect((await visitor.get('/register')).status).toBe(200); // forms are counted by themselves
  } finally {
    await limited.stop();
  }
});

test('row 55: the work can always be done: its number lies below the limit that the page is told', async () => {
  for (const draw of [first, (limit: number) => limit - 1, random]) {
    const offer = await make(draw).issue(somebody);
    expect(offer.work.limit).toBe(workLimit);
    expect(await make().spend({ id: offer.work.id, text: solve(offer) }, somebody)).toBe(true);
  }
});

test('row 55: without picture and script the question alone lets somebody in', async () => {
  const known = await serveAccounts(noLimits, app.own, { randomInt: first });
  try {
    const visitor = createVisitor(known.url);
    const answer = await visitor.submit('/register', '/register', {
      email: newEmail(),
      password: 'seven plums in a bowl',
      question: makeQuestion(first).answer,
    });
    expect(answer.status).toBe(303);
  } finally {
    await known.stop();
  }
});
