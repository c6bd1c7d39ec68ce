/** What the browser itself enforces and keeps on the pages of accounts: rows 8, 64 to 66 and 68, and what the privacy page says of it. */
import fs from 'node:fs';
import { createServer } from 'node:http';
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { storageKeys } from '../../server/pages/legalFacts.ts';
import { addPerson, type Person, signIn } from '../server/security/accountsApp.ts';
import { openAccountsStage } from './accountsStage.ts';
import { listenOnFreePort } from './app.ts';
import { type Watch, watchPage } from './watchPage.ts';

const stage = openAccountsStage();
let alice: Person;
let context: BrowserContext;
let page: Page;
let watch: Watch;

beforeAll(async () => {
  alice = await addPerson(stage.app.database);
});

beforeEach(async () => {
  context = await stage.browser.newContext({ reducedMotion: 'reduce' });
  page = await context.newPage();
  watch = await watchPage(page, stage.app.url, [/status of 422/]);
});

afterEach(() => context.close());

/** Gives the browser the cookie of somebody who has signed in. */
async function becomeAlice(): Promise<void> {
  const { cookies } = await signIn(stage.app, alice);
  await context.addCookies([
    { name: 'sid', value: cookies.get('sid') ?? '', url: stage.app.url, httpOnly: true, sameSite: 'Lax' },
  ]);
}

describe.each(['/register', '/sign-in', '/account', '/privacy', '/generate'])('%s', (path) => {
  test('row 66: is isolated from other origins, so that it may use their memory safely', async () => {
    await becomeAlice();
    await page.goto(stage.app.url + path);
    expect(await page.evaluate(() => [window.crossOriginIsolated, window.isSecureContext])).toEqual([
      true,
      true,
    ]);
    expect(watch.complaints).toEqual([]);
  });

  test('row 68: stays empty in a frame of another origin', async () => {
    await becomeAlice();
    const server = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end(`<!doctype html><title>Stranger</title><iframe src="${stage.app.url}${path}"></iframe>`);
    });
    const stranger = await listenOnFreePort(server);
    const visitor = await context.newPage();
    await visitor.goto(stranger.url, { waitUntil: 'load' });
    const [, frame] = visitor.frames();
    expect(frame).toBeDefined();
    expect(await frame?.locator('h1').count()).toBe(0);
    await stranger.stop();
  });
});

test('row 8: a form that htmx sends carries the token of its session', async () => {
  await becomeAlice();
  await page.goto(`${stage.app.url}/account`);
  for (const [action, button] of [
    ['/account/preferences', 'Save the preferences'],
    ['/account/email', 'Change the address'],
  ] as const) {
    const sent = page.waitForResponse((answer) => answer.request().method() === 'POST');
    const form = page.locator(`form[action="${action}"]`);
    await form.locator('xpath=ancestor::details').evaluateAll((all) => {
      for (const details of all) details.setAttribute('open', '');
    });
    await form.getByRole('button', { name: button }).click();
    const answer = await sent;
    expect(new URL(answer.url()).pathname).toBe(action);
    expect((await answer.request().allHeaders())['hx-request']).toBe('true');
    expect(answer.request().postData()).toContain('_csrf=');
    expect([action, answer.status() < 400 || answer.status() === 422]).toEqual([action, true]);
    await page.waitForLoadState('networkidle');
  }
  expect(watch.complaints).toEqual([]);
});

test('row 65: no view asks htmx to run a text as script', () => {
  const views = fs.readdirSync('views').map((name) => fs.readFileSync(`views/${name}`, 'utf8'));
  const orders = views.join('\n').match(/\s(?:data-)?hx-[\w:-]+(?:="[^"]*")?/g) ?? [];
  expect(orders.length).toBeGreaterThan(10);
  const address = String.raw`(?:/[\w-]+|<%= action %>)(?:/[\w-]+)*`; // of `action`, the next test
  const known = new RegExp(
    `^\\s(hx-post="${address}"|hx-target="#main"|hx-select="#main"|hx-swap="outerHTML")$`,
  );
  expect(orders.filter((order) => !known.test(order))).toEqual([]);
});

test('row 65: an address that a page has from the server is a path of this server', async () => {
  await becomeAlice();
  const ids = await keepOneOfEach();
  const paths = [
    '/presets/new',
    `/presets/${ids.preset}`,
    '/presets/sizes/new',
    `/presets/sizes/${ids.size}`,
  ];
  for (const path of paths) {
    await page.goto(stage.app.url + path);
    const addresses = await page
      .locator('main [hx-post]')
      .evaluateAll((all) => all.map((one) => [one.getAttribute('hx-post'), one.getAttribute('action')]));
    expect([path, addresses.length > 0]).toEqual([path, true]);
    for (const [address, action] of addresses) {
      expect(address).toMatch(/^(\/[\w-]+)+$/);
      expect(address).toBe(action);
    }
  }
});

/** A preset and a custom size of Alice whose names would be markup, script or an address. */
async function keepOneOfEach(): Promise<{ preset: string; size: string }> {
  const fit = { mode: 'cover', enlarge: false, background: { kind: 'colour', colour: '#ffffff' } };
  const settings = { format: 'auto', quality: 90, template: '{photo}' };
  const preset = { items: [{ specId: 'x-post', version: 1, fit: null }], fit, settings };
  const none = {
    fit: null,
    quality: null,
    minBytes: null,
    maxBytes: null,
    dpi: null,
    safeArea: null,
    mask: null,
  };
  const size = { size: { kind: 'longest', px: 500 }, formats: ['png'], ...none };
  const keep = async (table: 'presets' | 'custom_sizes', content: object): Promise<string> => {
    const [row] = await stage.app.database.query(
      `INSERT INTO ${table} (user_id, made_by, name, name_key, content)
       VALUES ($1, gen_random_uuid(), $2, $2, $3) RETURNING id::text AS id`,
      [alice.id, 'js:alert(1)" hx-on:load="alert(1)', JSON.stringify(content)],
    );
    return String(Object(row).id);
  };
  return { preset: await keep('presets', preset), size: `my-${await keep('custom_sizes', size)}` };
}

test('the browser keeps what the privacy page names and nothing else, and talks to this server alone', async () => {
  await page.goto(stage.app.url);
  await page.locator('#theme').click();
  await page.goto(`${stage.app.url}/generate`);
  await page.locator('#workspace').waitFor();
  await becomeAlice();
  for (const path of ['/sign-in', '/account', '/register', '/privacy', '/specs'])
    await page.goto(stage.app.url + path);
  const kept = await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    script: document.cookie,
  }));
  expect(kept).toMatchObject({ session: [], databases: 0, caches: 0, workers: 0, script: '' });
  const named = storageKeys.map(({ name }) => name);
  expect(kept.local.length).toBeGreaterThan(0);
  expect(named).toEqual(expect.arrayContaining(kept.local));
  expect((await context.cookies()).map(({ name }) => name)).toEqual(['sid']);
  expect({ complaints: watch.complaints, foreign: watch.foreignRequests }).toEqual({
    complaints: [],
    foreign: [],
  });
});
