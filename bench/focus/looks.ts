/** What the product's own worker finds in the photos, in a real Chromium. The only file here that knows the worker. */
import fs from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { FocusBox } from '../../client/engine/focus/box.ts';
import type { ScoreMap } from '../../client/engine/focus/findings.ts';
import type { Scene } from '../../client/engine/focus/placement.ts';
import { smartcropCurve } from '../../client/engine/focus/smartcropCurve.ts';
import type { Point, Size } from '../../client/engine/geometry.ts';
import type { Stage } from '../../client/worker/focus/messages.ts';
import { listenOnFreePort } from '../../test/browser/app.ts';
import { launchBrowser } from '../../test/browser/chromium.ts';
import type { LabelledPhoto } from './labels.ts';

/** As JSON: bytes in base64. */
export interface StoredLook {
  boxes: FocusBox[];
  focal: Point;
  saliency: Size & { data: string };
  scores: Omit<ScoreMap, 'values'> & { values: string };
  /** Of each stage's search alone. */
  ms: Partial<Record<Stage, number>>;
  /** From the question to the last answer: reading, decoding, all stages. */
  wholeMs: number;
  /** What could not be done, and why. */
  skipped: string[];
}

/** By the photo's name. */
export type Looks = Record<string, StoredLook>;

/** As the product's pages have it; no inline script, no other origin. */
const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self' blob: data:";

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

/** Looks at every photo once for each list of stages, each list by a worker of its own. In the order of `lists`. */
export async function lookAtAll(
  photos: readonly LabelledPhoto[],
  lists: readonly Stage[][],
): Promise<Looks[]> {
  const script = await bundlePage();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', types[path.extname(pathname)] ?? 'text/html');
    if (pathname === '/') return response.end('<!doctype html><script src="/page.js"></script>');
    if (pathname === '/page.js') return response.end(script);
    const index = /^\/photos\/(\d+)$/.exec(pathname)?.[1];
    const file = index
      ? photos[Number(index)]?.file
      : fileURLToPath(new URL(`../../dist/public${pathname}`, import.meta.url));
    if (!file || !fs.existsSync(file)) return response.writeHead(404).end();
    response.end(fs.readFileSync(file));
  });
  const { url, stop } = await listenOnFreePort(server);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    page.on('console', (message) => console.log(`[page] ${message.text()}`));
    await page.goto(url);
    await page.evaluate(`focusBench.start(${JSON.stringify(workerUrl())}, ${lists.length})`);
    const ask = (photo: number, by: number) =>
      page.evaluate<StoredLook>(`focusBench.look('/photos/${photo}', ${JSON.stringify(lists[by])}, ${by})`);
    // The first look loads the models; one photo is looked at twice for it, and only the later look counts.
    for (const by of lists.keys()) await ask(photos.length - 1, by);
    const all: Looks[] = lists.map(() => ({}));
    // Photo by photo through all lists: what else the machine does falls on all of them.
    for (const [i, photo] of photos.entries()) {
      for (const [by, looks] of all.entries()) {
        const found = await ask(i, by);
        if (found.skipped.length > 0) throw new Error(`${photo.name}: ${found.skipped.join('; ')}`);
        looks[photo.name] = found;
      }
    }
    return all;
  } finally {
    await browser.close();
    await stop();
  }
}

/** What placement needs to know of a photo. */
export function sceneFrom(look: StoredLook, photo: Size): Scene {
  const bytes = Uint8Array.from(Buffer.from(look.scores.values, 'base64'));
  const scores: ScoreMap = { ...look.scores, values: new Float32Array(bytes.buffer) };
  const data = Uint8Array.from(Buffer.from(look.saliency.data, 'base64'));
  return {
    photo,
    boxes: look.boxes,
    saliency: { ...look.saliency, data },
    opinion: (aspect) => smartcropCurve(scores, aspect).scores,
  };
}

async function bundlePage(): Promise<string> {
  const entryPoints = [fileURLToPath(new URL('./browserSide.ts', import.meta.url))];
  const { outputFiles } = await build({
    entryPoints,
    bundle: true,
    format: 'iife',
    globalName: 'focusBench',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

function workerUrl(): string {
  const file = fileURLToPath(new URL('../../dist/assets.json', import.meta.url));
  const urls: Record<string, string> = JSON.parse(fs.readFileSync(file, 'utf8'));
  const url = urls['focus.js'];
  if (!url) throw new Error('No asset is named focus.js; run npm run build');
  return url;
}
