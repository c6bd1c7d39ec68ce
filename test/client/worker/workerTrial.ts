/** The worker itself in a real browser, under the project's content security policy; no server, no page around it. */
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { FileOrder, MadeFile } from '../../../client/worker/messages.ts';
import { launchBrowser } from '../../browser/chromium.ts';
import { bundleModule, mediaTypes } from './bundle.ts';

/** The module that the page has loaded under this name. */
declare const trial: typeof import('./workerPage.ts');

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self' blob: data:";

export interface Trial {
  readonly page: Page;
  /** What the console has said. */
  readonly complaints: string[];
  /** Paths that were asked for, in their order. */
  readonly requested: string[];
  /** From now on these cannot be loaded. */
  withhold(paths: RegExp): void;
  /** Exports a served file; the answer has a file or a reason for each order. `worker`: e.g. '/pixels.js?paths=bitmap'. */
  export(url: string, orders: FileOrder[], how?: ExportHow): Promise<Record<number, ExportedFile | string>>;
}

export interface ExportHow {
  worker?: string;
  /** Decoded by another worker. */
  isFrameShared?: boolean;
}

export interface ExportedFile {
  type: string;
  made: MadeFile;
  bytes: Buffer;
}

/** Call it at the top of a test file: serves the files by their paths, and is there once the tests run. */
export function openTrial(files: () => Promise<Record<string, Buffer>>): Trial {
  let browser: Browser | undefined;
  let page: Page | undefined;
  const complaints: string[] = [];
  const requested: string[] = [];
  let withheld: RegExp | null = null;

  beforeAll(async () => {
    const served = new Map<string, string | Uint8Array>([
      ['/index.html', '<!doctype html><title>trial</title><script type="module" src="/page.js"></script>'],
      ['/page.js', "import * as trial from '/workerPage.js'; globalThis.trial = trial;"],
      ...(await bundleModule(new URL('./workerPage.ts', import.meta.url))),
      ...(await bundleModule(new URL('../../../client/worker/pixels.ts', import.meta.url))),
      ...Object.entries(await files()),
    ]);
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.route('**/*', (route) => {
      const { pathname } = new URL(route.request().url());
      requested.push(decodeURIComponent(pathname));
      if (withheld?.test(pathname)) return route.abort();
      const body = served.get(decodeURIComponent(pathname));
      const headers = { 'content-security-policy': policy };
      const contentType = mediaTypes[path.extname(pathname)] ?? 'image/jpeg';
      return body
        ? route.fulfill({ body: Buffer.from(body), contentType, headers })
        : route.fulfill({ status: 204 });
    });
    await page.goto('http://localhost/index.html');
    await page.waitForFunction(() => 'trial' in globalThis);
  });
  afterAll(async () => {
    await browser?.close();
  });

  const opened = (): Page => {
    if (!page) throw new Error('The page opens with the first test.');
    return page;
  };
  return {
    get page() {
      return opened();
    },
    complaints,
    requested,
    withhold(paths) {
      withheld = paths;
    },
    async export(url, orders, how = {}) {
      const given = { url, orders, how };
      const answers = await opened().evaluate(
        ({ url, orders, how }) => trial.exportFiles(url, orders, how),
        given,
      );
      return Object.fromEntries(
        Object.entries(answers).map(([key, answer]) => [
          key,
          typeof answer === 'string'
            ? answer
            : { type: answer.type, made: answer.made, bytes: Buffer.from(answer.base64, 'base64') },
        ]),
      );
    },
  };
}

/** The bytes of a file that must have come. */
export function bytesOf(answer: ExportedFile | string | undefined): Buffer {
  if (answer === undefined || typeof answer === 'string') throw new Error(answer ?? 'No file came.');
  return answer.bytes;
}
