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

const fileShape = z.object({ session: z.string().min(32), pepper: z.base64() });

/**
 * What the environment leaves out comes from `secrets.json` in the data directory, which only its owner can read. Call it when
 * that directory is ours (after the embedded database has started).
 * @throws StartError when the file can't be read or written
 */
export function loadSecrets(config: Pick<Config, 'sessionSecrets' | 'peppers' | 'dataDir'>): Secrets {
  const { sessionSecrets, peppers } = config;
  if (sessionSecrets !== null && peppers !== null) return { session: sessionSecrets, peppers };
  const kept = readOrMake(path.join(config.dataDir, 'secrets.json'));
  return {
    session: sessionSecrets ?? [kept.session],
    peppers: peppers ?? [{ version: 1, key: Buffer.from(kept.pepper, 'base64') }],
  };
}

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
