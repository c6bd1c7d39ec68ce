/** The browser with the bench's page, served from this machine with the project's content security policy. */
import fs from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { listenOnFreePort } from '../../test/browser/app.ts';
import { launchBrowser } from '../../test/browser/chromium.ts';
import { type PhotoName, photo } from './photos.ts';

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self' blob: data:";

export interface BrowserSide {
  browser: Browser;
  page: Page;
  stop(): Promise<void>;
}

/** The worker's address on that server. */
export const workerUrl = asset('pixels.js');

export async function openBrowserSide(): Promise<BrowserSide> {
  const script = await bundlePage();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('content-security-policy', policy);
    if (pathname === '/')
      return response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><script src="/page.js"></script>');
    if (pathname === '/page.js') return response.setHeader('content-type', 'text/javascript').end(script);
    if (pathname.startsWith('/photos/'))
      return response.end(await photo(pathname.slice('/photos/'.length) as PhotoName));
    const file = fileURLToPath(new URL(`../../dist/public${pathname}`, import.meta.url));
    if (!fs.existsSync(file)) return response.writeHead(404).end();
    response.setHeader('content-type', 'text/javascript');
    response.end(fs.readFileSync(file));
  });
  const { url, stop } = await listenOnFreePort(server);
  const browser = await launchBrowser();
  const page = await browser.newPage();
  page.on('console', (message) => console.log(`[page] ${message.text()}`));
  await page.goto(url);
  return {
    browser,
    page,
    async stop() {
      await browser.close();
      await stop();
    },
  };
}

async function bundlePage(): Promise<string> {
  const entryPoints = [fileURLToPath(new URL('./page.ts', import.meta.url))];
  const { outputFiles } = await build({
    entryPoints,
    bundle: true,
    format: 'iife',
    globalName: 'bench',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

/** The url of a built asset. */
function asset(name: string): string {
  const file = fileURLToPath(new URL('../../dist/assets.json', import.meta.url));
  const urls: Record<string, string> = JSON.parse(fs.readFileSync(file, 'utf8'));
  const url = urls[name];
  if (!url) throw new Error(`No asset is named ${name}; run npm run build`);
  return url;
}
