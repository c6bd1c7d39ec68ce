/** The real app on a real database of the test file's own, with people in it. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { type AppParts, createApp } from '../../../server/app.ts';
import { createHashGate } from '../../../server/auth/hashGate.ts';
import { createPasswords } from '../../../server/auth/password.ts';
import type { Database } from '../../../server/database/pool.ts';
import { loadAssets } from '../../../server/http/assets.ts';
import { listen } from '../../../server/http/listener.ts';
import { createRenderPage } from '../../../server/http/render.ts';
import { createLog } from '../../../server/log.ts';
import { loadSecrets } from '../../../server/secrets.ts';
import { testConfig, testSecrets } from '../appParts.ts';
import { createTestDatabase, type TestDatabase } from '../testDatabase.ts';
import { createVisitor, readForm, type Visitor } from './visitor.ts';

export interface AccountsApp {
  url: string;
  database: Database;
  /** The same one, for another app beside it. */
  own: TestDatabase;
  /** The log's lines so far, as text. */
  log(): string;
  stop(): Promise<void>;
}

export interface Person {
  id: string;
  email: string;
  password: string;
}

/** So many that a test about something else never meets a limit. */
export const noLimits = {
  LIMIT_SIGN_IN: '100000',
  LIMIT_REGISTER: '100000',
  LIMIT_CAPTCHA: '100000',
  LIMIT_ACCOUNT: '100000',
  LIMIT_PRESET_WRITES: '100000',
  LIMIT_IMPORTS: '100000',
};

/**
 * @param own a database that is there already (and stays); else one is made and dropped again
 * @param brought `randomInt`: what captchas are drawn with, so that a test knows the answers
 */
export async function serveAccounts(
  variables: Record<string, string> = noLimits,
  own?: TestDatabase,
  brought: Pick<AppParts, 'randomInt' | 'catalogue'> = {},
): Promise<AccountsApp> {
  const opened = own ?? (await createTestDatabase());
  const { database } = opened;
  const lines: string[] = [];
  const assets = loadAssets(path.resolve('dist'));
  const config = testConfig(variables);
  const app = createApp({
    config,
    assets,
    render: createRenderPage({ viewsDir: path.resolve('views'), assetUrl: assets.url }),
    log: createLog('info', { write: (line: string) => void lines.push(line) }),
    checkReadiness: async () => 'ready',
    database,
    secrets: loadSecrets(config),
    ...brought,
  });
  const listener = await listen(app, { host: '127.0.0.1', port: 0 });
  return {
    url: listener.url,
    database,
    own: opened,
    log: () => lines.join(''),
    async stop() {
      await listener.stop(0, 500);
      if (own === undefined) await opened.drop();
    },
  };
}

const passwords = createPasswords({
  cost: 4,
  peppers: testSecrets.peppers,
  gate: createHashGate(2, 1000),
  log: createLog('silent'),
});

let people = 0;

/** A row in users, as registering makes it. */
export async function addPerson(database: Database, name = 'alice'): Promise<Person> {
  people += 1;
  const email = `${name}.${people}@example.org`;
  const password = `${name} keeps 17 plums in a bowl`;
  const { hash, pepperVersion } = await passwords.hash(password);
  const rows = await database.query(
    'INSERT INTO users (email, email_key, password_hash, pepper_version) VALUES ($1, $1, $2, $3) RETURNING id',
    [email, hash, pepperVersion],
  );
  return { id: (rows[0] as { id: string }).id, email, password };
}

/** A visitor who has signed in through the form. `headers` go with every request, such as X-Forwarded-For. */
export async function signIn(
  app: Pick<AccountsApp, 'url' | 'database'>,
  person: Person,
  headers: Record<string, string> = {},
): Promise<Visitor> {
  const visitor = createVisitor(app.url, headers);
  const answer = await sendSignIn(app, visitor, person);
  if (answer.status !== 303) throw new Error(`Not signed in: ${answer.status}\n${answer.body}`);
  return visitor;
}

/** Opens the form, passes the check against robots and sends it, with other fields where given. */
export async function sendSignIn(
  { database }: Pick<AccountsApp, 'database'>,
  visitor: Visitor,
  { email, password }: Pick<Person, 'email' | 'password'>,
  fields: Record<string, string> = {},
) {
  const form = readForm((await visitor.get('/sign-in')).body.toString(), '/sign-in');
  await solveCheck(database, form);
  return visitor.post('/sign-in', { ...form, email, password, ...fields });
}

export async function canSignIn(app: AccountsApp, email: string, password: string): Promise<boolean> {
  const { status } = await sendSignIn(app, createVisitor(app.url), { email, password });
  if (status !== 303 && status !== 422) throw new Error(`Signing in was answered with ${status}`);
  return status === 303;
}

export async function storedHash({ database }: AccountsApp, email: string): Promise<string> {
  const rows = await database.query('SELECT password_hash FROM users WHERE email = $1', [email]);
  return (rows[0] as { password_hash: string }).password_hash;
}

/** Makes the proof of work that the form asks for an easy one, and fills its answer in. */
export async function solveCheck(database: Database, form: Record<string, string>): Promise<void> {
  const challenge = createHash('sha256').update('easy0').digest('hex');
  await database.query('UPDATE captchas SET answer = $2 WHERE id = $1', [form.work_id, `easy ${challenge}`]);
  form.work = '0';
}

/** What is kept about people. Left out: captchas and counters, which asking for a form makes, and when a session was last seen. */
export async function dumpDatabase(database: Database): Promise<unknown[]> {
  const users = await database.query('SELECT * FROM users ORDER BY id');
  const sessions = await database.query(
    'SELECT sid, user_id, sess, device, created_at FROM sessions ORDER BY sid',
  );
  const presets = await database.query('SELECT * FROM presets ORDER BY id');
  const sizes = await database.query('SELECT * FROM custom_sizes ORDER BY id');
  return [...users, ...sessions, ...presets, ...sizes];
}
