/** The program as people start it: a process of its own, from dist/. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { testSecretVariables } from './appParts.ts';

export interface LaunchedApp {
  pid: number;
  output(): { stdout: string; stderr: string };
  /** To the process, or with `toGroup` to all processes of its group, as Ctrl-C does. */
  kill(signal: NodeJS.Signals, target?: { toGroup: boolean }): void;
  /** Resolves with its origin when it listens, or with an empty string when it ended before. */
  listening: Promise<string>;
  /** Resolves when the process is gone: its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

export interface RunningApp extends LaunchedApp {
  /** Its origin; an empty string when it ended before it listened. */
  url: string;
}

const startLimitMs = 30_000;

/** Starts the program and resolves when it listens or has ended. `environment` is all it gets beside PATH, and beside secrets when it names a database. */
export async function runApp(environment: Record<string, string>): Promise<RunningApp> {
  const app = launchApp(environment);
  let isLate = true;
  const late = sleep(startLimitMs, undefined, { ref: false }).then(() => {
    if (!isLate) return ''; // it started in time, and a test may take longer than that
    app.kill('SIGKILL');
    throw new Error(`The app did not start in time.\n${JSON.stringify(app.output())}`);
  });
  const url = await Promise.race([app.listening, late]);
  isLate = false;
  return { ...app, url };
}

/** Starts the program and does not wait for it. */
export function launchApp(environment: Record<string, string>): LaunchedApp {
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/server/main.js'], {
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: '0',
      ...('DATABASE_URL' in environment && testSecretVariables),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let stdout = '';
  let stderr = '';
  const pid = child.pid ?? 0;
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code ?? 1));
  });
  const listening = new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const url = /^All Img Fit is listening on (http:\S+)$/m.exec(stdout)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    void ended.then(() => resolve(''));
  });
  return {
    pid,
    output: () => ({ stdout, stderr }),
    kill: (signal, { toGroup } = { toGroup: false }) => process.kill(toGroup ? -pid : pid, signal),
    listening,
    ended,
  };
}

/** A new folder for a test; the caller removes it. */
export function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'all-img-fit-test-'));
}

/** Resolves when the claim holds; throws with its name after the limit. */
export async function until(
  name: string,
  claim: () => boolean | Promise<boolean>,
  limitMs = 10_000,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await claim())) {
    if (performance.now() > deadline) throw new Error(`Not within ${limitMs} ms: ${name}`);
    await sleep(20);
  }
}
