/** `npm run admin -- <command>`: accounts from the shell. With main.ts the only file that reads process.env or exits. */
import path from 'node:path';
import { AdminRefusal, act } from './admin/acts.ts';
import { readCommand, usage } from './admin/command.ts';
import { askLine, readPassword } from './admin/terminal.ts';
import { createHashGate } from './auth/hashGate.ts';
import { createPasswords } from './auth/password.ts';
import { readConfig } from './config.ts';
import { openDatabase } from './database/pool.ts';
import { type ReachedDatabase, reachDatabase } from './database/reachDatabase.ts';
import { createAudit } from './http/audit.ts';
import { createLog } from './log.ts';
import { loadSecrets, refuseLostKeys } from './secrets.ts';
import { codeOf, reasonOf, StartError } from './startError.ts';

/** Done; could not be done; not understood. */
const exitCodes = { done: 0, refused: 1, misused: 2 } as const;

/** https://www.postgresql.org/docs/17/errcodes-appendix.html: undefined_table, undefined_column. */
const schemaFaults = ['42P01', '42703'];

const root = path.resolve(import.meta.dirname, '../..'); // this file runs as dist/server/admin.js

process.exitCode = await run(process.argv.slice(2));

/** Prints the outcome on standard output, faults and log lines on standard error. */
async function run(words: readonly string[]): Promise<number> {
  const command = readCommand(words);
  if (typeof command === 'string') {
    console.error(`${command}\n\n${usage}`);
    return exitCodes.misused;
  }
  if (command.name === 'help') {
    console.log(usage);
    return exitCodes.done;
  }
  let reached: ReachedDatabase | undefined;
  try {
    const config = readConfig(process.env, root);
    const log = createLog('info', { write: (line) => void process.stderr.write(line) });
    reached = await reachDatabase({ ...config, log });
    const database = openDatabase(reached.connection, log);
    try {
      await refuseLostKeys(config, database.query);
      const secrets = loadSecrets(config);
      const passwords = createPasswords({
        cost: config.bcryptCost,
        peppers: secrets.peppers,
        gate: createHashGate(1, 0),
        log,
      });
      const audit = createAudit(log, secrets.session[0]);
      const ask = { line: askLine, password: readPassword };
      console.log(await act(command, { database, config, passwords, audit, ask }));
    } finally {
      await database.close();
    }
    return exitCodes.done;
  } catch (error) {
    console.error(sentenceOf(error));
    return exitCodes.refused;
  } finally {
    await reached?.stop();
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof StartError || error instanceof AdminRefusal) return error.message;
  if (schemaFaults.includes(codeOf(error))) {
    return 'The database is older than this version: start the server once, which brings it up to date.';
  }
  return `The database can't be used: ${reasonOf(error)}.`;
}
