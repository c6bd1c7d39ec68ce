/** Does what a command asks for, and says what was done. */
import { randomInt } from 'node:crypto';
import { readEmail } from '../auth/emailAddress.ts';
import type { Passwords } from '../auth/password.ts';
import { refusePassword } from '../auth/passwordRules.ts';
import { changePassword, deleteUser, findLogin, type Login } from '../auth/userQueries.ts';
import type { Config } from '../config.ts';
import type { Database } from '../database/pool.ts';
import type { Audit } from '../http/audit.ts';
import { printable } from '../log.ts';
import { purge } from '../retention.ts';
import { countWords } from '../specs/words.shared.ts';
import { endSessions, type ListedAccount, listAccounts } from './adminQueries.ts';
import type { Command } from './command.ts';

export interface AdminParts {
  database: Database;
  config: Pick<Config, 'sessionMaxDays' | 'retention'>;
  passwords: Passwords;
  audit: Audit;
  ask: {
    /** Asks on the terminal; what was typed, or null when there is none to ask. */
    line(question: string): Promise<string | null>;
    /** The new password, from the terminal unseen, or the first line piped in. */
    password(): Promise<string>;
  };
}

/** A command that could not be done, with the sentence for the operator. */
export class AdminRefusal extends Error {}

/**
 * @returns what to print
 * @throws AdminRefusal
 */
export async function act(command: Exclude<Command, { name: 'help' }>, parts: AdminParts): Promise<string> {
  const { database, audit } = parts;
  switch (command.name) {
    case 'list':
      return printAccounts(await listAccounts(database.query, command.part));
    case 'end-sessions': {
      const login = await find(database, command.email);
      const ended = await endSessions(database.query, login.id);
      audit('admin-sessions-ended', { userId: login.id });
      return `${countWords(ended, 'session')} of ${login.email} ended.`;
    }
    case 'end-all-sessions': {
      const ended = await endSessions(database.query, null);
      audit('admin-sessions-ended', { reason: 'all' });
      return `${countWords(ended, 'session')} ended.`;
    }
    case 'delete-user':
      return remove(command, parts);
    case 'reset-password':
      return resetPassword(command, parts);
    case 'purge': {
      const { sessions, captchas, limits, presets, customSizes } = await purge(database, parts.config);
      const kept = `${countWords(presets, 'preset')}, ${countWords(customSizes, 'custom size')}`;
      return `Deleted: ${countWords(sessions, 'session')}, ${countWords(captchas, 'captcha')}, ${countWords(limits, 'counter')}, ${kept}.`;
    }
  }
}

async function find(database: Database, email: string): Promise<Login> {
  const login = await findLogin(database.query, readEmail({ email }).emailKey);
  if (login === null) throw new AdminRefusal(`There is no account with the e-mail ${printable(email)}.`);
  return login;
}

async function remove(
  { email, isConfirmed }: { email: string; isConfirmed: boolean },
  { database, audit, ask }: AdminParts,
): Promise<string> {
  const login = await find(database, email);
  if (!isConfirmed) {
    const typed = await ask.line(
      `This deletes the account and all that belongs to it. Type ${login.email} again: `,
    );
    if (typed === null)
      throw new AdminRefusal('Nobody can be asked here: add --yes to delete without asking.');
    if (typed.trim() !== login.email) throw new AdminRefusal('That is another e-mail. Nothing was deleted.');
  }
  await deleteUser(database.query, login.id);
  audit('admin-account-deleted', { userId: login.id });
  return `${login.email} and all that belonged to it are deleted.`;
}

async function resetPassword(
  { email, isGiven }: { email: string; isGiven: boolean },
  { database, passwords, audit, ask }: AdminParts,
): Promise<string> {
  const login = await find(database, email);
  const password = isGiven ? await ask.password() : makePassword();
  const fault = refusePassword(password, login.email);
  if (fault !== null) throw new AdminRefusal(`${fault} Nothing was changed.`);
  const stored = await passwords.hash(password);
  const isChanged = await database.inTransaction((query) =>
    changePassword(query, { login, stored, keepSid: '' }),
  );
  if (!isChanged) throw new AdminRefusal('The account was changed at this very moment. Try again.');
  audit('admin-password-reset', { userId: login.id });
  const done = `${login.email} has a new password and is signed out everywhere.`;
  return isGiven
    ? done
    : `${done}\n\n  ${password}\n\nThis is the only time it is shown. Ask its owner to change it after signing in.`;
}

/** Letters and digits that are not taken for each other when read aloud or copied by hand. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of five: 99 random bits. */
function makePassword(): string {
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}

function printAccounts(accounts: readonly ListedAccount[]): string {
  const rows = [
    ['e-mail', 'made on', 'last seen', 'sessions'],
    ...accounts.map(({ email, createdOn, lastSeenOn, sessions }) => [
      printable(email),
      createdOn,
      lastSeenOn ?? '-',
      String(sessions),
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n${countWords(accounts.length, 'account')}`;
}
