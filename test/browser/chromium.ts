/** Finds a Chromium for the tests and starts it. There is always one, or a message that says what was tried. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser as Session } from 'playwright-core';
import { type Browser, packagedChromium } from './packagedChromium.ts';

interface Candidate {
  name: string;
  /** null: there is no such browser here. Throws when there should be one. */
  find(): Promise<Browser | null>;
}

/** The browser contacts nobody: no updates, no field trials, no safe-browsing lists, no translations. */
const quietFlags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-pings',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** In this order; the first that answers to `--version` is taken. */
const candidates: Candidate[] = [
  {
    name: 'the package @sparticuz/chromium',
    find: async () => (process.platform === 'linux' && process.arch === 'x64' ? packagedChromium() : null),
  },
  ...systemPaths().map((path) => ({ name: path, find: async () => at(path) })),
  { name: "playwright's own browser", find: async () => at(chromium.executablePath()) },
];

/**
 * The Chromium that the tests use: `CHROMIUM_PATH` when it is set, else the first of the candidates that runs.
 * Throws with the list of what was tried; it never answers that there is none.
 */
export async function findChromium(): Promise<Browser> {
  const wished = process.env.CHROMIUM_PATH;
  if (wished) {
    const wish = { path: wished, environment: {} };
    const reason = await whyItDoesNotRun(wish);
    if (reason) throw new Error(`CHROMIUM_PATH is ${wished}, which does not run: ${reason}`);
    return wish;
  }
  const tried: string[] = [];
  for (const candidate of candidates) {
    try {
      const browser = await candidate.find();
      const reason = browser ? await whyItDoesNotRun(browser) : 'not here';
      if (browser && !reason) return browser;
      tried.push(`${candidate.name}: ${reason}`);
    } catch (error) {
      tried.push(`${candidate.name}: ${messageOf(error)}`);
    }
  }
  throw new Error(
    `The browser tests need Chromium and found none. Set CHROMIUM_PATH, install Chromium or Chrome, or run ` +
      `"npx playwright-core install chromium-headless-shell". Tried:\n  ${tried.join('\n  ')}`,
  );
}

/**
 * Starts Chromium without a window. It keeps its sandbox where the system allows one: not as root, and not where user
 * namespaces are refused (some containers and Ubuntu releases); the tests only ever open our own pages.
 */
export async function launchBrowser(): Promise<Session> {
  const { path, environment } = await findChromium();
  const options = {
    executablePath: path,
    env: { ...process.env, ...environment },
    args: quietFlags,
    headless: true,
  };
  const isRoot = process.getuid?.() === 0;
  try {
    return await chromium.launch({ ...options, chromiumSandbox: !isRoot });
  } catch (error) {
    if (isRoot || !/no usable sandbox/i.test(String(error))) throw error;
    return chromium.launch({ ...options, chromiumSandbox: false });
  }
}

/** null when it runs, else the reason. On Windows a question would open a window, so being there is enough. */
async function whyItDoesNotRun({ path, environment }: Browser): Promise<string | null> {
  if (process.platform === 'win32') return existsSync(path) ? null : 'not here';
  try {
    const env = { ...process.env, ...environment };
    const { stdout } = await promisify(execFile)(path, ['--version'], { env, timeout: 30_000 });
    return /\d+\.\d+/.test(stdout) ? null : `it calls itself "${stdout.trim()}"`;
  } catch (error) {
    return messageOf(error);
  }
}

async function at(path: string): Promise<Browser | null> {
  return existsSync(path) ? { path, environment: {} } : null;
}

function systemPaths(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    const places = [
      ['Google', 'Chrome', 'Application', 'chrome.exe'],
      ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
    ];
    return roots.flatMap((root) => (root ? places.map((place) => join(root, ...place)) : []));
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  return names.map((name) => join('/usr/bin', name));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n', 1)[0] ?? error.name) : String(error);
}
