/** One burst of requests by wrk, and what it says of it. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Burst {
  requestsPerSecond: number;
  /** Milliseconds that 99 of 100 answers took at most. */
  p99Ms: number;
  /** Answers that were no 2xx, and connections that failed. */
  errors: number;
  bytesPerAnswer: number;
  requests: number;
}

const run = promisify(execFile);

/** Keeps 16 connections busy with that page; `cookie` goes with every request. */
export async function sendBurst(url: string, cookie: string, seconds: number): Promise<Burst> {
  const { stdout } = await run('wrk', [
    '--threads=1',
    '--connections=16',
    `--duration=${seconds}s`,
    '--latency',
    `--header=Cookie: ${cookie}`,
    url,
  ]);
  const [requests, read] = [find(stdout, /(\d+) requests in/), bytesOf(stdout)];
  return {
    requestsPerSecond: find(stdout, /Requests\/sec:\s+([\d.]+)/),
    p99Ms: latencyOf(stdout),
    errors: refusedOf(stdout),
    bytesPerAnswer: Math.round(read / requests),
    requests,
  };
}

function find(report: string, pattern: RegExp): number {
  const found = pattern.exec(report)?.[1];
  if (found === undefined) throw new Error(`wrk did not say ${pattern}:\n${report}`);
  return Number(found);
}

function bytesOf(report: string): number {
  const [, amount = '', unit = ''] = /, ([\d.]+)([KMG]?B) read/.exec(report) ?? [];
  return Number(amount) * ({ B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 }[unit] ?? Number.NaN);
}

function latencyOf(report: string): number {
  const [, amount = '', unit = ''] = /99%\s+([\d.]+)(us|ms|s|m)\b/.exec(report) ?? [];
  return Number(amount) * ({ us: 0.001, ms: 1, s: 1000, m: 60_000 }[unit] ?? Number.NaN);
}

/** wrk names these lines only when there is something to name. */
function refusedOf(report: string): number {
  const refused = Number(/Non-2xx or 3xx responses: (\d+)/.exec(report)?.[1] ?? 0);
  const [, ...failed] = /connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(report) ?? [];
  return refused + failed.reduce((sum, count) => sum + Number(count), 0);
}
