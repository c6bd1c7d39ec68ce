/** A page that has the encoders, under the project's content security policy, for the tests that make real files. */
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../browser/chromium.ts';
import { cutOutPhoto, examplePhoto } from '../../photos/photos.ts';
import { bundleModule, mediaTypes } from './bundle.ts';

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self' blob: data:";
export interface EncodeStage {
  browser: Browser;
  page: Page;
  /** Path -> content; what is taken out cannot be loaded. */
  served: Map<string, Uint8Array | string>;
  /** What was said on any console. */
  complaints: string[];
  /** Paths, in their order. */
  requested: string[];
  openPage(): Promise<Page>;
}

/** `/fig.jpg` is a photo, `/cut-out.png` one with transparency; the module encodePage.ts is `trial`. */
export async function openEncodeStage(): Promise<EncodeStage> {
  const served = new Map<string, Uint8Array | string>([
    ['/index.html', '<!doctype html><title>trial</title><script type="module" src="/page.js"></script>'],
    ['/page.js', "import * as trial from '/encodePage.js'; globalThis.trial = trial;"],
    ['/fig.jpg', (await examplePhoto('fig-in-a-red-bowl')).buffer],
    ['/cut-out.png', (await cutOutPhoto()).buffer],
    ...(await bundleModule(new URL('./encodePage.ts', import.meta.url))),
  ]);
  const complaints: string[] = [];
  const requested: string[] = [];
  const browser = await launchBrowser();

  async function openPage(): Promise<Page> {
    const page = await browser.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.route('**/*', (route) => {
      const { pathname } = new URL(route.request().url());
      requested.push(pathname);
      const body = served.get(pathname);
      const headers = { 'content-security-policy': policy };
      const contentType = mediaTypes[path.extname(pathname)] ?? 'image/jpeg';
      return body
        ? route.fulfill({ body: Buffer.from(body), contentType, headers })
        : route.fulfill({ status: 204 });
    });
    await page.goto('http://localhost/index.html');
    await page.waitForFunction(() => 'trial' in globalThis);
    return page;
  }
  return { browser, page: await openPage(), served, complaints, requested, openPage };
}
