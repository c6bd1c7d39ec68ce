/** Starts a program that can't outlive this process. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Identity } from './identity.ts';

/**
 * Runs the program with a pipe from this process as the guard's input. When this process ends, even by kill -9, the system
 * closes the pipe, `read` returns and the program gets SIGINT: for Postgres a clean, fast shutdown. It gets a session of its
 * own, so that Ctrl-C in the terminal reaches us and not it.
 */
const guard =
  'exec 3<&0; "$@" </dev/null 3<&- & p=$!; (read _ <&3; kill -INT $p) & w=$!; ' +
  'wait $p; s=$?; kill $w 2>/dev/null; exit $s';

interface GuardedCommand {
  command: readonly string[];
  identity: Identity;
  /** The whole environment of the program: nothing of ours is handed on. */
  environment: Record<string, string>;
  folder: string;
}

export interface GuardedProcess {
  /** Resolves with the exit code when the program has ended; a signal or a failed start gives a code over 0. */
  ended: Promise<number>;
  /** Asks the program to end (SIGINT), and kills it with SIGQUIT when it has not ended in time. */
  end(limitMs: number): Promise<void>;
}

/** @param onLine gets each line that the program writes to its outputs */
export function startGuarded(
  { command, identity, environment, folder }: GuardedCommand,
  onLine: (line: string) => void,
): GuardedProcess {
  const [program = '', ...args] = [...identity.prefix, '/bin/sh', '-c', guard, 'guard', ...command];
  const child = spawn(program, args, {
    cwd: folder,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    ...identity.user,
  });
  child.stdin.on('error', () => {}); // the guard ended first: `ended` tells
  readLines(child, onLine);
  const ended = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      onLine(error.message);
      resolve(127);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
  return {
    ended,
    async end(limitMs) {
      child.stdin.end();
      const timer = setTimeout(() => killGroup(child), limitMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGQUIT');
}

function readLines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    });
  }
}
