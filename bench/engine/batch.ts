/**
 * A batch as a person exports it: the built workspace in Chromium, from the click on Export to the zip, beside sharp without a zip.
 * In a process of its own, so that the browser and all that it starts are found among its children.
 */
import { fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtIn } from '../../server/specs/catalogue.ts';
import { startApp } from '../../test/browser/app.ts';
import { launchBrowser } from '../../test/browser/chromium.ts';
import { photoPath } from './photos.ts';
import { busyMs, childNamed, machineBusyMs, peakMb, resetPeak } from './processes.ts';
import type { SharpTask, Took } from './sharpSide.ts';
import { quality } from './targets.ts';

export interface BatchRow extends Took {
  by: 'workspace' | 'sharp';
  photos: number;
  files: number;
  /** Of the renderer; null for sharp. */
  peakMb: number | null;
  /** Cores that others kept busy meanwhile. */
  foreign: number;
}

/** Ten JPEGs of ten sizes that no rule of bytes makes anybody encode twice. */
const specs = [
  ...new Map(
    builtIn.specs
      .filter((spec) => spec.formats[0] === 'jpeg' && spec.quality === null && spec.minBytes === null)
      .filter(({ widthPx, heightPx }) => widthPx * heightPx > 300_000 && widthPx * heightPx < 2_200_000)
      .map((spec) => [`${spec.widthPx} ${spec.heightPx}`, spec]),
  ).values(),
].slice(0, 10);

const counts = (process.env.BATCH ?? '30,100').split(',').map(Number);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'allimgfit-batch-'));
const rows: BatchRow[] = [];
try {
  for (const count of counts) {
    if (count === 0) continue;
    rows.push(await measure('workspace', count, byWorkspace));
    rows.push(await measure('sharp', count, bySharp));
    for (const row of rows.slice(-2)) print(row);
  }
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
process.send?.(rows);

type Taken = Took & { peakMb: number | null };

async function measure(
  by: BatchRow['by'],
  photos: number,
  take: (files: string[]) => Promise<Taken & { foreignBusyMs: number }>,
): Promise<BatchRow> {
  const { foreignBusyMs, ...taken } = await take(await copies(photos));
  const foreign = Math.max(0, foreignBusyMs / taken.wallMs);
  return { by, photos, files: photos * specs.length, ...taken, foreign };
}

/** The same photo under as many names. */
async function copies(count: number): Promise<string[]> {
  const source = await photoPath('dragonfly-12mp.jpg');
  return Array.from({ length: count }, (_, i) => {
    const file = path.join(folder, `photo ${i + 1}.jpg`);
    if (!fs.existsSync(file)) fs.copyFileSync(source, file);
    return file;
  });
}

async function byWorkspace(files: string[]): Promise<Taken & { foreignBusyMs: number }> {
  const [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  try {
    const browserPid = childNamed('--headless');
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(30 * 60_000);
    const settings = { quality, detection: 'centre', format: 'jpeg' };
    await page.addInitScript((kept) => localStorage.setItem('allimgfit.settings', kept), wallOf(settings));
    await page.goto(`${app.url}/generate`);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose photos' }).click();
    await (await chooser).setFiles(files);
    await page.getByRole('button', { name: `Photo ${files.length} of ${files.length}: ` }).waitFor();
    await page
      .getByRole('button', { name: /, reading/ })
      .first()
      .waitFor({ state: 'hidden' });

    resetPeak(browserPid, '--type=renderer');
    const before = { ours: busyMs(browserPid), all: machineBusyMs(), at: performance.now() };
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Export \d+ files$/ }).click();
    const zip = await download;
    const wallMs = performance.now() - before.at;
    const ours = busyMs(browserPid) - before.ours;
    const foreignBusyMs = machineBusyMs() - before.all - ours;
    const peak = peakMb(browserPid, '--type=renderer');
    const bytes = fs.statSync(await zip.path()).size;
    return { wallMs, busyMs: ours, bytes, peakMb: peak, foreignBusyMs };
  } finally {
    await browser.close();
    await app.stop();
  }
}

function wallOf(settings: object): string {
  return JSON.stringify({ specIds: specs.map(({ id }) => id), settings });
}

/** Two photos at a time, each decoded once and its sizes made one after the other: its quickest way here. */
async function bySharp(files: string[]): Promise<Taken & { foreignBusyMs: number }> {
  const child = fork(fileURLToPath(new URL('./sharpSide.ts', import.meta.url)), {
    execArgv: process.execArgv,
  });
  const sizes = specs.map(({ widthPx: width, heightPx: height }) => ({ width, height }));
  const busyBefore = machineBusyMs();
  try {
    const took = await new Promise<Took>((resolve) => {
      child.once('message', (message) => resolve(message as Took));
      child.send({ files, strategy: 'batch', sizes } satisfies SharpTask);
    });
    return { ...took, peakMb: null, foreignBusyMs: machineBusyMs() - busyBefore - took.busyMs };
  } finally {
    child.kill();
  }
}

function print({ by, photos, files, wallMs, busyMs: busy, peakMb: peak, foreign }: BatchRow): void {
  const memory = peak === null ? '' : `, renderer at most ${peak.toFixed(0)} MB`;
  console.log(
    `${photos} photos of 12 megapixels, ${files} files by ${by}: ${(wallMs / 1000).toFixed(1)} s, processor ${(busy / 1000).toFixed(1)} s${memory}, others ${foreign.toFixed(2)} cores`,
  );
}
