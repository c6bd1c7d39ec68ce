import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readCommand } from '../../server/admin/command.ts';
import { createHashGate } from '../../server/auth/hashGate.ts';
import { createPasswords } from '../../server/auth/password.ts';
import { type Database, openDatabase } from '../../server/database/pool.ts';
import { createLog } from '../../server/log.ts';
import { testConfig, testSecrets, testSecretVariables } from './appParts.ts';
import { type RunningApp, runApp, temporaryFolder } from './runApp.ts';

const dataDir = temporaryFolder();
const environment = { DATA_DIR: dataDir, BCRYPT_COST: '4', ...testSecretVariables };
const passwords = createPasswords({
  cost: testConfig().bcryptCost,
  peppers: testSecrets.peppers,
  gate: createHashGate(2, 8),
  log: createLog('silent'),
});

afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }));

/** The program as people start it; `input` is piped in. */
async function admin(words: string[], input = '', more: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['dist/server/admin.js', ...words], {
    env: { PATH: process.env.PATH, ...environment, ...more },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { stdout, stderr, code };
}

test('before the server was ever started it says so, and makes no database', async () => {
  expect(await admin(['list'])).toEqual({
    stdout: '',
    stderr: `There is no database in ${dataDir}: start the server once, or set DATABASE_URL.\n`,
    code: 1,
  });
  expect(fs.readdirSync(dataDir)).toEqual([]);
});

test('a database that does not answer is one sentence, without its password', async () => {
  const { stderr, code } = await admin(['list'], '', {
    DATABASE_URL: 'postgres://fit:canary-secret@127.0.0.1:1/fit',
  });
  expect({ stderr, code }).toEqual({ stderr: `The database can't be used: connection refused.\n`, code: 1 });
});

describe('while the server runs', () => {
  let app: RunningApp;
  let database: Database;

  beforeAll(async () => {
    app = await runApp(environment);
    database = openDatabase(
      { host: path.join(dataDir, 'postgres'), user: 'postgres', database: 'postgres' },
      createLog('warn'),
    );
  });

  beforeEach(async () => {
    await database.query('DELETE FROM users');
    await insertAccount(database, 'alice@example.org', 2);
    await insertAccount(database, 'bob@example.org', 1);
  });

  afterAll(async () => {
    await database.close();
    app.kill('SIGTERM');
    await app.ended;
  });

  test('list shows each account with its day and its sessions, or those that a part finds', async () => {
    const { stdout, stderr, code } = await admin(['list']);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    const day = new Date().toISOString().slice(0, 10);
    expect(stdout).toBe(
      'e-mail             made on     last seen   sessions\n' +
        `alice@example.org  ${day}  ${day}  2\n` +
        `bob@example.org    ${day}  ${day}  1\n` +
        '2 accounts\n',
    );
    expect((await admin(['list', 'BOB@'])).stdout).toMatch(/\nbob@example\.org .*\n1 account\n$/);
    expect((await admin(['list', '%'])).stdout).toMatch(/^[^\n]*\n0 accounts\n$/);
  });

  test('end-sessions signs one account out, --all everybody', async () => {
    expect((await admin(['end-sessions', 'Alice@Example.org'])).stdout).toBe(
      '2 sessions of alice@example.org ended.\n',
    );
    expect(await counts(database)).toEqual({ users: 2, sessions: 1 });
    expect((await admin(['end-sessions', '--all'])).stdout).toBe('1 session ended.\n');
    expect(await counts(database)).toEqual({ users: 2, sessions: 0 });
  });

  test('delete-user deletes that account with its sessions; without a terminal only with --yes', async () => {
    const asked = await admin(['delete-user', 'alice@example.org']);
    expect(asked).toEqual({
      stdout: '',
      stderr: 'Nobody can be asked here: add --yes to delete without asking.\n',
      code: 1,
    });
    expect(await counts(database)).toEqual({ users: 2, sessions: 3 });
    const { stdout, code } = await admin(['delete-user', 'alice@example.org', '--yes']);
    expect({ stdout, code }).toEqual({
      stdout: 'alice@example.org and all that belonged to it are deleted.\n',
      code: 0,
    });
    expect(await counts(database)).toEqual({ users: 1, sessions: 1 });
  });

  test('row 19: reset-password prints a random password once, which works, and ends the sessions', async () => {
    const { stdout, stderr, code } = await admin(['reset-password', 'alice@example.org']);
    expect(code).toBe(0);
    const password = /^ {2}([a-z2-9]{5}(?:-[a-z2-9]{5}){3})$/m.exec(stdout)?.[1] ?? '';
    expect(await isPassword(database, 'alice@example.org', password)).toBe(true);
    expect(await isPassword(database, 'bob@example.org', password)).toBe(false);
    expect(await counts(database)).toEqual({ users: 2, sessions: 1 });
    expect(stderr).not.toContain(password);
    expect(JSON.parse(stderr)).toMatchObject({ msg: 'audit', event: 'admin-password-reset' });
    expect(stderr).not.toContain('alice');
    expect((await admin(['reset-password', 'alice@example.org'])).stdout).not.toContain(password);
  });

  test('reset-password --stdin takes the first line exactly, by the rules that people have', async () => {
    const typed = ' Ünd ein Schloß mit Leerzeichen ';
    const { stdout, code } = await admin(
      ['reset-password', 'bob@example.org', '--stdin'],
      `${typed}\r\nsecond\n`,
    );
    expect({ stdout, code }).toEqual({
      stdout: 'bob@example.org has a new password and is signed out everywhere.\n',
      code: 0,
    });
    expect(await isPassword(database, 'bob@example.org', typed)).toBe(true);
    const short = await admin(['reset-password', 'bob@example.org', '--stdin'], 'short\n');
    expect(short).toEqual({
      stdout: '',
      stderr: 'Use at least 12 characters. This one has 5. Nothing was changed.\n',
      code: 1,
    });
    expect(await isPassword(database, 'bob@example.org', typed)).toBe(true);
  });

  test.each([['end-sessions'], ['delete-user'], ['reset-password']])(
    '%s of an account that is not there says so',
    async (command) => {
      const { stdout, stderr, code } = await admin([command, 'nobody@example.org']);
      expect({ stdout, stderr, code }).toEqual({
        stdout: '',
        stderr: 'There is no account with the e-mail nobody@example.org.\n',
        code: 1,
      });
    },
  );

  test('purge says how much it deleted', async () => {
    await database.query(
      `INSERT INTO captchas (kind, answer, bound_to, expires_at) VALUES ('image', 'x', 'y', now() - interval '2 days')`,
    );
    expect((await admin(['purge'])).stdout).toBe(
      'Deleted: 0 sessions, 1 captcha, 0 counters, 0 presets, 0 custom sizes.\n',
    );
  });

  test('the server goes on', async () => {
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  });
});

test('while the server is stopped it starts the database, does the same, and stops it again', async () => {
  const { stdout, code } = await admin(['list']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/\n2 accounts\n$/);
  expect((await admin(['delete-user', 'bob@example.org', '--yes'])).code).toBe(0);
  expect((await admin(['list'])).stdout).toMatch(/\n1 account\n$/);
  expect(fs.existsSync(path.join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
  const app = await runApp(environment);
  expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  app.kill('SIGTERM');
  expect(await app.ended).toBe(0);
});

test('without the key of the passwords it holds, neither the server nor a command starts, and no other key is made', async () => {
  const withoutKeys = { SESSION_SECRET: '', PASSWORD_PEPPER: '' };
  const file = path.join(dataDir, 'secrets.json');
  const sentence =
    `${file} is missing, but the database holds accounts, whose passwords can't be checked without the key in it. ` +
    'Restore that file from the backup, or set PASSWORD_PEPPER to that key.\n';
  expect(await admin(['list'], '', withoutKeys)).toEqual({ stdout: '', stderr: sentence, code: 1 });
  const refused = await runApp({ ...environment, ...withoutKeys });
  expect([refused.url, await refused.ended]).toEqual(['', 1]);
  expect(refused.output().stderr).toContain(sentence);
  expect(fs.existsSync(file)).toBe(false);

  expect((await admin(['delete-user', 'alice@example.org', '--yes'])).code).toBe(0);
  const empty = await runApp({ ...environment, ...withoutKeys });
  expect((await fetch(`${empty.url}/readyz`)).status).toBe(200);
  expect(fs.existsSync(file)).toBe(true);
  empty.kill('SIGTERM');
  expect(await empty.ended).toBe(0);
});

test('a database from before the accounts is one sentence', async () => {
  const { stderr, code } = await admin(['list'], '', {
    DATABASE_URL: '',
    DATA_DIR: await makeEmptyDataDir(),
  });
  expect({ stderr, code }).toEqual({
    stderr: 'The database is older than this version: start the server once, which brings it up to date.\n',
    code: 1,
  });
});

test.each<[string[], RegExp]>([
  [['remove'], /^There is no command “remove”/],
  [['constructor'], /^There is no command “constructor”/],
  [['list', '--all'], /^“list” does not know --all/],
  [['end-sessions'], /^“end-sessions” needs an e-mail/],
  [['end-sessions', 'a@b.c', '--all'], /not both/],
  [['delete-user', 'a@b.c', 'd@e.f'], /^“delete-user” was given too much/],
  [['reset-password', 'a@b.c', 'correct horse battery'], /^A password is never given on the command line/],
])('%j is not understood: exit code 2, the sentence, and how to use it', async (words, sentence) => {
  const { stdout, stderr, code } = await admin(words);
  expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
  expect(stderr).toMatch(sentence);
  expect(stderr).toContain('npm run admin -- <command>');
});

test('help is printed when asked for, and when nothing was', () => {
  for (const words of [[], ['help'], ['--help'], ['-h']])
    expect(readCommand(words)).toEqual({ name: 'help' });
});

async function insertAccount(database: Database, email: string, sessions: number): Promise<void> {
  const { hash, pepperVersion } = await passwords.hash('the old password of this account');
  await database.query(
    `WITH owner AS (
       INSERT INTO users (email, email_key, password_hash, pepper_version) VALUES ($1, $1, $2, $3) RETURNING id
     )
     INSERT INTO sessions (sid, user_id, expires)
     SELECT md5($1 || n), id, now() + interval '1 day' FROM owner, generate_series(1, $4::int) AS n`,
    [email, hash, pepperVersion, sessions],
  );
}

async function isPassword(database: Database, email: string, password: string): Promise<boolean> {
  const [row] = await database.query(
    'SELECT password_hash AS hash, pepper_version AS "pepperVersion" FROM users WHERE email = $1',
    [email],
  );
  return (await passwords.check(password, row as { hash: string; pepperVersion: number })).isRight;
}

async function counts(database: Database): Promise<unknown> {
  const [row] = await database.query(
    'SELECT (SELECT count(*) FROM users)::int AS users, (SELECT count(*) FROM sessions)::int AS sessions',
  );
  return row;
}

/** A cluster without any table of ours. */
async function makeEmptyDataDir(): Promise<string> {
  const { startEmbedded } = await import('../../server/database/embedded.ts');
  const folder = path.join(dataDir, 'empty');
  const postgres = await startEmbedded({ dataDir: folder, log: createLog('warn'), isDurable: false });
  await postgres.stop();
  return folder;
}
