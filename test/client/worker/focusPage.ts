/** The real focus worker on the real site: its policy, its isolation, its files. */
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Aim, Reply, Stage } from '../../../client/worker/focus/messages.ts';
import type { Stage as Theatre } from '../../browser/stage.ts';
import type { PhotoFile } from '../../photos/photos.ts';

export interface FocusPage {
  page: Page;
  /** Addresses of all requests since it was opened. */
  requests: string[];
  /** All replies to one look, without those of others. */
  look(photo: PhotoFile, how?: { stages?: readonly Stage[]; aim?: Aim; cancelAt?: Stage }): Promise<Reply[]>;
  close(): Promise<void>;
}

const firstStages = ['instant', 'faces', 'objects'] as const;

/**
 * A page with one focus worker. `before`: code that runs in the worker before it is asked, to take something from it.
 * `prepare`: for routes.
 */
export async function openFocusPage(
  { app, browser }: Theatre,
  { before = '', prepare }: { before?: string; prepare?: (context: BrowserContext) => Promise<unknown> } = {},
): Promise<FocusPage> {
  const context = await browser.newContext();
  if (before) {
    await context.route('**/assets/focus-*.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()};${before}` });
    });
  }
  await prepare?.(context);
  const page = await context.newPage();
  const requests: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  await page.goto(`${app.url}/credits`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const worker = await page.evaluateHandle(
    (url) => new Worker(url, { type: 'module' }),
    app.assetUrl('focus.js'),
  );
  let lastId = 0;
  return {
    page,
    requests,
    look: ({ buffer, name }, { stages = firstStages, aim = 'automatic', cancelAt } = {}) =>
      page.evaluate(askWorker, {
        worker,
        id: ++lastId,
        base64: buffer.toString('base64'),
        name,
        stages,
        aim,
        cancelAt: cancelAt ?? null,
      }),
    close: () => context.close(),
  };
}

interface Asked {
  worker: Worker;
  id: number;
  base64: string;
  name: string;
  stages: readonly Stage[];
  aim: Aim;
  cancelAt: Stage | null;
}

/** Runs in the page. */
function askWorker({ worker, id, base64, name, stages, aim, cancelAt }: Asked): Promise<Reply[]> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const replies: Reply[] = [];
  return new Promise((resolve, reject) => {
    worker.onerror = () => reject(new Error('The worker died.'));
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if (data.id !== id) return;
      replies.push(data);
      if (data.kind === 'looked' && data.stage === cancelAt) worker.postMessage({ kind: 'cancel', id });
      if (data.kind === 'done' || data.kind === 'stopped' || data.kind === 'failed') resolve(replies);
    };
    worker.postMessage({ kind: 'look', id, file: new File([bytes], name), aim, stages });
  });
}

/** `instant`, `faces skipped`, `done`. */
export function shortly(replies: readonly Reply[]): string[] {
  return replies.map((reply) =>
    reply.kind === 'looked' ? reply.stage : reply.kind === 'skipped' ? `${reply.stage} skipped` : reply.kind,
  );
}

/** What was known after that stage. */
export function foundAt(replies: readonly Reply[], stage: Stage) {
  const reply = replies.find((reply) => reply.kind === 'looked' && reply.stage === stage);
  if (reply?.kind !== 'looked') throw new Error(`No answer of the stage ${stage}: ${shortly(replies)}`);
  return reply;
}
