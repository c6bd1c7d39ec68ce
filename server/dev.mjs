/** `npm run dev`: builds, runs the server, and does both again whenever a source changes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';

const root = path.resolve(import.meta.dirname, '..');
const watched = ['server', 'client', 'views', 'public', 'migrations'];
const settleMs = 80;

let server = null;
let timer = null;
/** Turns run one after another. */
let work = Promise.resolve();

for (const folder of watched) fs.watch(path.join(root, folder), { recursive: true }, refreshSoon);
process.on('SIGINT', () => {}); // the terminal tells the server too; this process ends after it
process.on('SIGTERM', () => server?.kill('SIGTERM'));
work = refresh();

function refreshSoon() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    work = work.then(refresh);
  }, settleMs);
}

async function refresh() {
  try {
    await build();
  } catch (error) {
    if (!error.errors) console.error(error);
    return; // the last good server goes on; esbuild has said what is wrong
  }
  await stopServer();
  server = spawn(process.execPath, ['--enable-source-maps', 'dist/server/main.js'], {
    cwd: root,
    stdio: 'inherit',
  });
  const started = server;
  server.once('exit', (code, signal) => {
    if (started === server) process.exit(code ?? (signal ? 1 : 0));
  });
}

async function stopServer() {
  if (server === null) return;
  const old = server;
  server = null;
  old.kill('SIGTERM');
  if (old.exitCode === null && old.signalCode === null) await once(old, 'exit');
}
