/** What is left of looking where the browser or the network lacks something: each lack is forced. */
import { build } from 'esbuild';
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openStage } from '../../browser/stage.ts';
import { drawnFacePhoto } from '../../photos/drawnFace.ts';
import { examplePhoto, type PhotoFile, photoOfSize } from '../../photos/photos.ts';
import { type FocusPage, foundAt, openFocusPage, shortly } from './focusPage.ts';

/** The module that the page has loaded under this name. */
declare const trial: typeof import('./focusLooksPage.ts');

const stage = openStage();
let photo: PhotoFile;
let opened: FocusPage | BrowserContext | null = null;

beforeAll(async () => {
  photo = await drawnFacePhoto();
});
afterEach(async () => {
  await opened?.close();
  opened = null;
});

async function open(how: Parameters<typeof openFocusPage>[1]): Promise<FocusPage> {
  const page = await openFocusPage(stage, how);
  opened = page;
  return page;
}

describe('the worker', () => {
  test('without SIMD takes the plain build, and finds the same face', async () => {
    const { look, requests } = await open({ before: 'WebAssembly.validate = () => false' });
    const replies = await look(photo, { stages: ['faces'] });
    expect(foundAt(replies, 'faces').findings.boxes[0]?.kind).toBe('face');
    const wasm = requests.filter((url) => url.endsWith('.wasm'));
    expect(wasm).toEqual([expect.stringMatching(/tfjs-backend-wasm-\w{8}\.wasm$/)]);
  });

  test('without WebAssembly gives what needs no model, and says so', async () => {
    const { look, requests } = await open({ before: 'delete self.WebAssembly' });
    const replies = await look(photo);
    expect(shortly(replies)).toEqual(['instant', 'faces skipped', 'objects skipped', 'done']);
    expect(replies[1]).toMatchObject({ reason: expect.stringContaining('no WebAssembly') });
    expect(foundAt(replies, 'instant').findings.focal.x).toBeGreaterThan(0.5);
    expect(requests.some((url) => /tensorflow|\.bin$/.test(url))).toBe(false);
  });

  test('goes on without the models that do not come, and gets them when they do', async () => {
    let isRefused = true;
    const { look } = await open({
      prepare: (context) =>
        context.route('**/*.bin', (route) => {
          if (!isRefused) return route.continue();
          return route.request().url().includes('nanodet') ? route.abort() : route.fulfill({ status: 503 });
        }),
    });
    const replies = await look(photo);
    expect(shortly(replies)).toEqual(['instant', 'faces skipped', 'objects skipped', 'done']);
    expect(replies[1]).toMatchObject({
      reason: 'What finds faces could not be loaded (The server answers 503.)',
    });
    expect(replies[2]).toMatchObject({ reason: expect.stringContaining('What finds people and things') });
    isRefused = false;
    expect(shortly(await look(photo))).toEqual(['instant', 'faces', 'objects', 'done']);
  });

  test('goes on without TensorFlow itself', async () => {
    const { look } = await open({
      prepare: (context) => context.route('**/*.wasm', (route) => route.fulfill({ status: 404 })),
    });
    expect(shortly(await look(photo))).toEqual(['instant', 'faces skipped', 'objects skipped', 'done']);
  });

  test.each([
    [1, 1],
    [2000, 3],
  ])('looks at %d x %d pixels as at any other photo', async (width, height) => {
    const { look } = await open({});
    const replies = await look(await photoOfSize(width, height));
    expect(shortly(replies)).toEqual(['instant', 'faces', 'objects', 'done']);
  });
});

describe('the page', () => {
  const said = 'This browser lets no script work aside, so faces and things are not looked for.';

  test.each([
    ['has no workers', 'delete self.Worker', ''],
    ['has workers that cannot draw', '', 'delete self.OffscreenCanvas'],
  ])('%s: the first stage is done on the page itself', async (_, inPage, inWorker) => {
    const page = await openPage(inPage, inWorker);
    const told = await lookIn(page, await examplePhoto('fig-in-a-red-bowl'));
    expect(told).toMatchObject({ stages: ['instant', `faces: ${said}`, `objects: ${said}`], error: null });
    expect(told.findings?.focal.x).toBeGreaterThan(0.5);
    expect(told.findings?.saliency).toMatchObject({ width: 160 });
  });

  test('has a worker whose script does not come: the same, and another reason', async () => {
    const page = await openPage('', 'throw new Error("not today")');
    const told = await lookIn(page, photo);
    expect(told.stages[0]).toBe('instant');
    expect(told.stages[1]).toMatch(/^faces: The browser stopped what finds faces/);
  });

  test('in the background, frozen in the middle of a look, goes on when it is shown again', async () => {
    const page = await openPage('self.requestAnimationFrame = () => 0', '');
    await begin(page, photo);
    const session = await page.context().newCDPSession(page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    const told = await page.evaluate((name) => trial.end(name), photo.name);
    expect(told).toMatchObject({ stages: ['instant', 'faces', 'objects'], error: null });
  });
});

/** A page of the site with the page's side of looking; `inPage` and `inWorker` run there before anything else. */
async function openPage(inPage: string, inWorker: string): Promise<Page> {
  const context = await stage.browser.newContext();
  opened = context;
  const script = await trialScript();
  await context.route('**/trial.js', (route) =>
    route.fulfill({ body: script, contentType: 'text/javascript' }),
  );
  if (inWorker) {
    await context.route('**/assets/focus-*.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()};${inWorker}` });
    });
  }
  const page = await context.newPage();
  await page.addInitScript(inPage);
  await page.goto(`${stage.app.url}/credits`);
  await page.addScriptTag({ url: '/trial.js' });
  return page;
}

async function begin(page: Page, { name, buffer }: PhotoFile): Promise<void> {
  const urls = { worker: stage.app.assetUrl('focus.js'), here: stage.app.assetUrl('focusHere.js') };
  const given = { name, urls, base64: buffer.toString('base64') };
  await page.evaluate(({ name, urls, base64 }) => trial.begin(name, urls, base64), given);
}

async function lookIn(page: Page, file: PhotoFile) {
  await begin(page, file);
  return page.evaluate((name) => trial.end(name), file.name);
}

async function trialScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL('./focusLooksPage.ts', import.meta.url).pathname],
    bundle: true,
    format: 'iife',
    globalName: 'trial',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
