/** One photo to 20 JPEGs, here and by sharp, in turn. */
import { fork } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import type { Size } from '../../client/engine/geometry.ts';
import { openBrowserSide, workerUrl } from './browserSide.ts';
import { type PhotoName, photo, photoPath } from './photos.ts';
import { busyMs, childNamed, machineBusyMs, peakMb, resetPeak } from './processes.ts';
import type { SharpTask, Took } from './sharpSide.ts';
import { ordersFor, targets } from './targets.ts';

/** The module that the page has loaded under this name. */
declare const bench: typeof import('./page.ts');

export interface Sample extends Took {
  /** Cores that others kept busy meanwhile. */
  foreign: number;
}

const sharpChild = fork(fileURLToPath(new URL('./sharpSide.ts', import.meta.url)), {
  execArgv: [
    '--disable-warning=ExperimentalWarning',
    '--import',
    fileURLToPath(new URL('../../test/runTypeScript.mjs', import.meta.url)),
  ],
});
const side = await openBrowserSide();
const browserPid = childNamed('--headless');

/** Takes each case once per round, one after the other; the first round is dropped. */
export async function compare(
  name: PhotoName,
  rounds: number,
  { only = /./, sizes = targets }: { only?: RegExp; sizes?: readonly Size[] } = {},
): Promise<Map<string, Sample[]>> {
  const file = await photoPath(name);
  const { width = 0, height = 0 } = await sharp(await photo(name), { limitInputPixels: false }).metadata();
  const orders = ordersFor({ width, height }, sizes);
  const address = `/photos/${name}`;
  await side.page.evaluate((url) => bench.load(url), address);

  const here = (paths: string, workers: number, isFrameShared: boolean) => async (): Promise<Took> => {
    const before = busyMs(browserPid);
    const run = { photo: address, orders, worker: `${workerUrl}?paths=${paths}`, workers, isFrameShared };
    const took = await side.page.evaluate((given) => bench.run(given), run);
    return { ...took, busyMs: busyMs(browserPid) - before };
  };
  const there = (strategy: SharpTask['strategy']) => () =>
    new Promise<Took>((resolve) => {
      sharpChild.once('message', (took) => resolve(took as Took));
      sharpChild.send({ files: [file], strategy, sizes } satisfies SharpTask);
    });
  const cases: Record<string, () => Promise<Took>> = {
    'sharp, one after the other': there('sequential'),
    'sharp, all at once': there('parallel'),
    'sharp, each from the file': there('naive'),
    'planes, 1 worker': here('planes,frame', 1, false),
    'planes, 2 workers, one frame': here('planes,frame', 2, true),
    'frame, 1 worker': here('frame', 1, false),
    'bitmap, 1 worker': here('bitmap', 1, false),
  };
  const samples = new Map<string, Sample[]>();
  for (let round = -1; round < rounds; round++) {
    for (const [label, run] of Object.entries(cases)) {
      if (!only.test(label)) continue;
      const [busy, start] = [machineBusyMs(), performance.now()];
      const took = await run();
      const foreign = Math.max(0, (machineBusyMs() - busy - took.busyMs) / (performance.now() - start));
      if (round >= 0) samples.set(label, [...(samples.get(label) ?? []), { ...took, foreign }]);
    }
  }
  return samples;
}

/** The renderer's largest memory in MB while one photo is exported by fresh workers. */
export async function peakOf(name: PhotoName, paths: string, sizes = targets): Promise<number> {
  const { width = 0, height = 0 } = await sharp(await photo(name), { limitInputPixels: false }).metadata();
  const address = `/photos/${name}`;
  await side.page.evaluate((url) => bench.load(url), address);
  await side.page.evaluate(() => bench.endWorkers());
  resetPeak(browserPid, '--type=renderer');
  const run = {
    photo: address,
    orders: ordersFor({ width, height }, sizes),
    worker: `${workerUrl}?paths=${paths}`,
    workers: 1,
    isFrameShared: false,
  };
  await side.page.evaluate((given) => bench.run(given), run);
  return peakMb(browserPid, '--type=renderer');
}

export function page(): Page {
  return side.page;
}

export async function stop(): Promise<void> {
  sharpChild.kill();
  await side.stop();
}

export function machine(): string {
  return `Chromium ${side.browser.version()}, sharp ${sharp.versions.sharp}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
