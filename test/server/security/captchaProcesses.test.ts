/** Row 48 of the security table, from outside: one form sent many times to two processes on one database. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbedded } from '../../../server/database/embedded.ts';
import { type Database, openDatabase } from '../../../server/database/pool.ts';
import { createLog } from '../../../server/log.ts';
import type { Answer } from '../http/request.ts';
import { type RunningApp, runApp, temporaryFolder, until } from '../runApp.ts';
import { addPerson, noLimits } from './accountsApp.ts';
import { newEmail } from './registration.ts';
import { createVisitor, readForm, type Visitor } from './visitor.ts';

type Way = 'work' | 'question';
type Page = '/register' | '/sign-in';

/** A form as a visitor has filled it in. */
interface FilledForm {
  fields: Record<string, string>;
  cookies: Visitor['cookies'];
  /** The row of the way that was answered. */
  checkId: string;
}

const log = createLog('silent');
const dataDir = temporaryFolder();
const triesOfEach = 10; // as many as one process has connections, so that all of them can wait in the database

let postgres: EmbeddedPostgres;
let database: Database;
let apps: [RunningApp, RunningApp];

beforeAll(async () => {
  // A Postgres of its own: the one of all tests has too few connections for two servers under load.
  postgres = await startEmbedded({ dataDir, log, isDurable: false });
  database = openDatabase(postgres.connection, log);
  const DATABASE_URL = `postgres:///postgres?user=postgres&host=${postgres.connection.host}`;
  const variables = { ...noLimits, DATABASE_URL, BCRYPT_COST: '4', LOG_LEVEL: 'silent' };
  apps = await Promise.all([runApp(variables), runApp(variables)]);
});

afterAll(async () => {
  for (const app of apps) app.kill('SIGTERM');
  const ends = await Promise.all(apps.map(({ ended }) => ended));
  await database.close();
  await postgres.stop();
  fs.rmSync(dataDir, { recursive: true, force: true });
  expect(ends).toEqual([0, 0]);
});

describe.each<Way>(['work', 'question'])('a form answered by %s', (way) => {
  test('row 48: that one process made is right at the other', async () => {
    for (const [here, there] of [apps, swap(apps)]) {
      const form = await fillIn(here, '/register', way);
      expect((await send(there, '/register', form, await somebody('/register'))).status).toBe(303);
      expect(isRefused(await send(here, '/register', form, await somebody('/register')))).toBe(true);
    }
  });

  test.each<Page>(['/register', '/sign-in'])(
    'row 48: and sent to %s 20 times at once, over two processes, lets one in',
    async (page) => {
      const kept = page === '/register' ? 'users' : 'sessions';
      const form = await fillIn(apps[0], page, way);
      const people = await Promise.all(Array.from({ length: triesOfEach * 2 }, () => somebody(page)));
      const before = await countRows(kept);

      const answers = await meetAt(form.checkId, () =>
        people.map((person, i) => send(apps[i % 2 === 0 ? 0 : 1], page, form, person)),
      );

      expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
      expect(answers.filter(isRefused)).toHaveLength(19);
      expect(await countRows(kept)).toBe(before + 1);
      for (const app of apps) expect(isRefused(await send(app, page, form, await somebody(page)))).toBe(true);
    },
  );
});

const swap = <Item>([a, b]: [Item, Item]): [Item, Item] => [b, a];

/** Opens the form at that process and finds the answer as a visitor does: from the page alone. */
async function fillIn(app: RunningApp, page: Page, way: Way): Promise<FilledForm> {
  for (let look = 0; look < 200; look++) {
    const visitor = createVisitor(app.url);
    const html = (await visitor.get(page)).body.toString();
    const text = way === 'work' ? findNumber(html) : readWord(html);
    if (text === null) continue; // a question of another kind: the next form has another one
    const fields = readForm(html, page);
    return {
      fields: { ...fields, [way]: text },
      cookies: visitor.cookies,
      checkId: fields[`${way}_id`] ?? '',
    };
  }
  throw new Error('In 200 forms there was nothing to answer');
}

/** The proof of work, in full. */
function findNumber(html: string): string {
  const [, salt = '', challenge = '', limit = '0'] =
    /data-salt="(\w+)" data-challenge="(\w+)" data-limit="(\d+)"/.exec(html) ?? [];
  for (let number = 0; number < Number(limit); number++) {
    if (createHash('sha256').update(`${salt}${number}`).digest('hex') === challenge) return String(number);
  }
  throw new Error('The work can’t be done');
}

/** The answer to the kind of question that gives four words and asks for one of them. */
function readWord(html: string): string | null {
  const [, place = '', words = ''] = /Which is the (\w+) of these words: ([a-z, ]+)\?/.exec(html) ?? [];
  return words.split(', ')[['first', 'second', 'third', 'fourth'].indexOf(place)] ?? null;
}

/** Whom the check, once passed, lets in: a new address, or somebody who has an account. */
async function somebody(page: Page): Promise<{ email: string; password: string }> {
  if (page === '/register') return { email: newEmail(), password: 'seven plums in a bowl' };
  const { email, password } = await addPerson(database);
  return { email, password };
}

function send(
  app: RunningApp,
  page: Page,
  { fields, cookies }: FilledForm,
  person: { email: string; password: string },
): Promise<Answer> {
  const visitor = createVisitor(app.url);
  for (const [name, value] of cookies) visitor.cookies.set(name, value);
  return visitor.post(page, { ...fields, ...person });
}

/** Holds the row until all requests stand before it, so that they do meet, and then lets them go at once. */
async function meetAt(checkId: string, start: () => Promise<Answer>[]): Promise<Answer[]> {
  const sent = await database.inTransaction(async (query) => {
    expect(await query('SELECT id FROM captchas WHERE id = $1 FOR UPDATE', [checkId])).toHaveLength(1);
    const requests = start();
    const waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
    // Less than the three seconds after which the server gives a statement up.
    await until('all wait', async () => (await database.query(waiting)).length === requests.length, 2500);
    return { requests };
  });
  return Promise.all(sent.requests);
}

/** Refused by the check against robots, and by nothing else. */
function isRefused({ status, body }: Answer): boolean {
  return status === 422 && body.toString().includes('The check was not answered, not right, or older');
}

async function countRows(table: 'users' | 'sessions'): Promise<number> {
  return (await database.query(`SELECT 1 FROM ${table}`)).length;
}
