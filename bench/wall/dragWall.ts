/** `npm run bench:wall`: how smoothly the wall follows a dragged focal point. The method is in bench/README.md. */
import { cpus, loadavg } from 'node:os';
import type { CDPSession, Page } from 'playwright-core';
import { builtIn } from '../../server/specs/catalogue.ts';
import { startApp } from '../../test/browser/app.ts';
import { launchBrowser } from '../../test/browser/chromium.ts';
import { inWorkspace, type Workspace } from '../../test/browser/workspacePage.ts';
import { examplePhoto } from '../../test/photos/photos.ts';
import { type Recording, recordFrames, startRecording } from './recordFrames.ts';

interface Case {
  name: string;
  /** The slider for the size of the tiles, 0..100. */
  zoom: number;
  pixelRatio: number;
}

interface Round extends Recording {
  /** Processor time of the page's main thread during the round, milliseconds. */
  busyMs: number;
}

const specIds = builtIn.specs.slice(0, 60).map(({ id }) => id);
const rounds = 5;
const roundMs = 4000;
const frameMs = 1000 / 60;

const cases: Case[] = [
  { name: 'as the workspace opens', zoom: 45, pixelRatio: 1 },
  { name: 'smallest tiles', zoom: 0, pixelRatio: 1 },
  { name: 'smallest tiles, 2 pixels per CSS pixel', zoom: 0, pixelRatio: 2 },
];

const [app, browser] = await Promise.all([startApp(), launchBrowser()]);
try {
  console.log(
    `Chromium ${browser.version()}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)} before the start`,
  );
  console.log(
    `${specIds.length} specs on the wall, 1440 x 900; ${rounds} rounds of ${roundMs / 1000} s, the first dropped\n`,
  );
  for (const { name, zoom, pixelRatio } of cases) {
    const context = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: pixelRatio };
    const kept = { specIds, settings: { detection: 'centre' as const, zoom } };
    await inWorkspace({ browser, app }, { kept, context }, async (workspace) => {
      await workspace.add([await examplePhoto('picos-de-europa')]);
      await workspace.tilesArePainted();
      console.log(name);
      report(await measure(workspace));
    });
  }
} finally {
  await browser.close();
  await app.stop();
}

async function measure({ page, focalPoint }: Workspace): Promise<Round[]> {
  const box = await focalPoint.boundingBox();
  if (!box) throw new Error('The focal point is not to be seen');
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  const measured: Round[] = [];
  for (let round = 0; round <= rounds; round++) {
    const before = await busyMs(session);
    await startRecording(page);
    await dragInCircles(page, middle);
    const recording = await recordFrames(page);
    measured.push({ ...recording, busyMs: (await busyMs(session)) - before });
  }
  await page.mouse.up();
  return measured.slice(1);
}

/** One turn a second, so that every frame has a new focal point. */
async function dragInCircles(page: Page, middle: { x: number; y: number }): Promise<void> {
  const start = performance.now();
  for (let now = start; now < start + roundMs; now = performance.now()) {
    const angle = ((now - start) / 1000) * 2 * Math.PI;
    await page.mouse.move(middle.x + 80 * Math.cos(angle), middle.y + 60 * Math.sin(angle));
  }
}

async function busyMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
}

function report(measured: Round[]): void {
  const intervals = measured.flatMap((round) => round.intervalsMs);
  const redraws = measured.reduce((sum, round) => sum + round.redraws, 0);
  const dropped = intervals.reduce((sum, ms) => sum + Math.max(0, Math.round(ms / frameMs) - 1), 0);
  const longTasks = measured.flatMap((round) => round.longTasksMs);
  const busy = measured.map((round) => round.busyMs / Math.max(1, round.redraws));
  print('tiles in view', String(measured[0]?.tilesInView));
  print('frame time, median / 95 %', `${at(intervals, 0.5)} / ${at(intervals, 0.95)} ms`);
  print(
    'script of a redraw, median / 95 %',
    `${at(
      measured.flatMap((r) => r.drawMs),
      0.5,
    )} / ${at(
      measured.flatMap((r) => r.drawMs),
      0.95,
    )} ms`,
  );
  print('main thread processor time per redraw', `${at(busy, 0.5)} ms (style, layout, paint and script)`);
  print('frames / redraws / dropped', `${intervals.length} / ${redraws} / ${dropped}`);
  print(
    'tasks over 50 ms',
    `${longTasks.length}${longTasks.length ? `, longest ${Math.max(...longTasks)} ms` : ''}`,
  );
  console.log(`  load ${loadavg()[0]?.toFixed(1)}\n`);
}

function print(label: string, value: string): void {
  console.log(`  ${label.padEnd(40)}${value}`);
}

/** The value below which that share of the values lies, with one decimal. */
function at(values: number[], share: number): string {
  const sorted = [...values].sort((one, other) => one - other);
  return (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(1);
}
