/** The keys of this server: from the environment, or made once and kept beside the built-in database. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Config } from './config.ts';
import { reasonOf, StartError } from './startError.ts';

export interface Secrets {
  /** Sign the session cookie; newest first. */
  session: readonly [string, ...string[]];
  /** Keys of the password hashes; newest first. Without them no password can be checked any more. */
  peppers: readonly Pepper[];
}

export interface Pepper {
  /** Stands beside each hash in the database. */
  version: number;
  key: Buffer;
}

type KeySettings = Pick<Config, 'sessionSecrets' | 'peppers' | 'dataDir'>;

const fileName = 'secrets.json';
const fileShape = z.object({ session: z.string().min(32), pepper: z.base64() });

/**
 * What the environment leaves out comes from `secrets.json` in the data directory, which only its owner can read. Call it when
 * that directory is ours (after the embedded database has started).
 * @throws StartError when the file can't be read or written
 */
export function loadSecrets(config: KeySettings): Secrets {
  const { sessionSecrets, peppers } = config;
  if (sessionSecrets !== null && peppers !== null) return { session: sessionSecrets, peppers };
  const kept = readOrMake(path.join(config.dataDir, fileName));
  return {
    session: sessionSecrets ?? [kept.session],
    peppers: peppers ?? [{ version: 1, key: Buffer.from(kept.pepper, 'base64') }],
  };
}

/** Runs one statement and gives its rows. */
type Ask = (text: string) => Promise<unknown[]>;

/**
 * Call it before `loadSecrets`, which would make another key: no password in the database would be right any more, and nobody
 * would know why.
 * @throws StartError when the key of the passwords is missing, though the database holds accounts
 */
export async function refuseLostKeys({ peppers, dataDir }: KeySettings, query: Ask): Promise<void> {
  const file = path.join(dataDir, fileName);
  if (peppers !== null || fs.existsSync(file)) return;
  const [{ exists }] = existsShape.parse(await query(`SELECT to_regclass('users') IS NOT NULL AS exists`));
  if (!exists) return; // before the first migration
  const accounts = await query('SELECT 1 FROM users LIMIT 1');
  if (accounts.length === 0) return;
  throw new StartError(
    `${file} is missing, but the database holds accounts, whose passwords can't be checked without the key in it. ` +
      'Restore that file from the backup, or set PASSWORD_PEPPER to that key.',
  );
}

const existsShape = z.tuple([z.object({ exists: z.boolean() })]);

function readOrMake(file: string): z.infer<typeof fileShape> {
  try {
    if (!fs.existsSync(file)) make(file);
    return fileShape.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch (error) {
    const reason =
      error instanceof SyntaxError || error instanceof z.ZodError ? 'it is damaged' : reasonOf(error);
    throw new StartError(`The keys in ${file} can't be used: ${reason}. Restore the file from a backup.`);
  }
}

/** By rename, flushed before: a crash leaves the whole file or none. */
function make(file: string): void {
  const made = { session: randomBytes(32).toString('base64url'), pepper: randomBytes(32).toString('base64') };
  const unfinished = `${file}.unfinished`;
  fs.rmSync(unfinished, { force: true });
  fs.writeFileSync(unfinished, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flush: true });
  fs.renameSync(unfinished, file);
}
