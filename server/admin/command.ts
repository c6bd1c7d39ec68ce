/** What was asked for on the command line, as a value. */

export type Command =
  | { name: 'help' }
  | { name: 'list'; part: string }
  | { name: 'end-sessions'; email: string }
  | { name: 'end-all-sessions' }
  | { name: 'delete-user'; email: string; isConfirmed: boolean }
  | { name: 'reset-password'; email: string; isGiven: boolean }
  | { name: 'purge' };

export const usage = `npm run admin -- <command>

  list [part]                       accounts, or those whose e-mail holds the part
  end-sessions <e-mail>             signs the account out everywhere
  end-sessions --all                signs everybody out
  delete-user <e-mail> [--yes]      deletes the account and all that belongs to it; asks first, unless --yes
  reset-password <e-mail>           gives it a random password, printed once, and ends its sessions
  reset-password <e-mail> --stdin   the same with the password that is typed or piped in
  purge                             deletes expired sessions, captchas, counters and what people deleted, now

It reads the same environment as the server, and works while the server runs and while it is stopped.`;

/** @returns a sentence when it can't be understood */
export function readCommand(words: readonly string[]): Command | string {
  const [first = 'help', ...rest] = words;
  const name = ['--help', '-h'].includes(first) ? 'help' : first;
  const flags = rest.filter((word) => word.startsWith('--'));
  const plain = rest.filter((word) => !word.startsWith('--'));
  const [target = ''] = plain;
  const unknown = flags.find((flag) => !flagsOf[name]?.includes(flag));
  if (!Object.hasOwn(mostWords, name)) return `There is no command “${name}”.`;
  if (unknown !== undefined) return `“${name}” does not know ${unknown}.`;
  if (plain.length > (mostWords[name] ?? 0)) {
    return name === 'reset-password'
      ? 'A password is never given on the command line, where others can see it: use --stdin.'
      : `“${name}” was given too much.`;
  }
  const isAll = flags.includes('--all');
  if (isAll && target !== '') return '“end-sessions” takes an e-mail or --all, not both.';
  if (needsAccount.includes(name) && target === '' && !isAll) return `“${name}” needs an e-mail.`;
  switch (name) {
    case 'list':
      return { name, part: target };
    case 'end-sessions':
      return isAll ? { name: 'end-all-sessions' } : { name, email: target };
    case 'delete-user':
      return { name, email: target, isConfirmed: flags.includes('--yes') };
    case 'reset-password':
      return { name, email: target, isGiven: flags.includes('--stdin') };
    case 'purge':
      return { name };
    default:
      return { name: 'help' };
  }
}

const mostWords: Record<string, number> = {
  help: 0,
  list: 1,
  'end-sessions': 1,
  'delete-user': 1,
  'reset-password': 1,
  purge: 0,
};
const flagsOf: Record<string, readonly string[]> = {
  'end-sessions': ['--all'],
  'delete-user': ['--yes'],
  'reset-password': ['--stdin'],
};
const needsAccount = ['end-sessions', 'delete-user', 'reset-password'];
