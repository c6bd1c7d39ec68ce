import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAccountRequests } from '../../../client/kept/accountRequests.ts';
import { startAccountSync } from '../../../client/kept/accountSync.ts';
import { type Mirror, readMirror } from '../../../client/kept/mirror.ts';
import { openSettings } from '../../../client/kept/settings.ts';
import type { WallSettings } from '../../../client/kept/wallSettings.ts';
import { defaultPreferences, parsePreferences } from '../../../server/account/preferences.shared.ts';
import { createMemoryBrowser, type MemoryBrowser } from './memoryStorage.ts';

const start = Date.parse('2026-11-21T12:00:00.000Z');
const minute = 60_000;
let browser: MemoryBrowser;
/** What the server knows, and what it was sent. */
let server: {
  tag: string | null;
  isDown: boolean;
  quality: number;
  changedAt: string | null;
  token: string;
  sent: URLSearchParams[];
};

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  vi.stubGlobal('document', new EventTarget());
  browser = createMemoryBrowser();
  server = { tag: 'alice', isDown: false, quality: 40, changedAt: null, token: 'token 1', sent: [] };
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function answer(address: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> {
  if (server.isDown) return new Response('down', { status: 503 });
  const preferences = () => ({ ...defaultPreferences, quality: server.quality });
  const age = () => (server.changedAt === null ? null : Date.now() - Date.parse(server.changedAt));
  if (address === '/account/mine') {
    if (server.tag === null) return Response.json({ signedIn: false });
    return Response.json({
      signedIn: true,
      tag: server.tag,
      csrfToken: server.token,
      preferences: preferences(),
      preferencesAge: age(),
    });
  }
  const form = init?.body instanceof URLSearchParams ? init.body : new URLSearchParams();
  if (server.tag === null || form.get('_csrf') !== server.token) return Response.json({}, { status: 403 });
  server.sent.push(form);
  const changedAt = new Date(Date.now() - Number(form.get('age'))).toISOString();
  if (server.changedAt === null || changedAt > server.changedAt) {
    server.quality = Number(form.get('quality'));
    server.changedAt = changedAt;
  }
  return Response.json({ preferences: preferences(), preferencesAge: age() });
}

/** A page as the workspace is one. */
/** @param clockError milliseconds by which the browser's clock is ahead; negative: late */
function openPage({ clockError = 0 } = {}) {
  const storage = browser.openTab();
  const now = () => Date.now() + clockError;
  let wake = (): void => {};
  const settings = openSettings(storage, now, () => wake());
  let wall = settings.start;
  const named: string[] = [];
  const requests = createAccountRequests(answer, (_body, name) => named.push(name));
  const shown: (Mirror | null)[] = [];
  const isOurs: boolean[] = [];
  const sync = startAccountSync({
    storage,
    requests,
    now,
    show(mirror) {
      shown.push(mirror);
      isOurs.push(mirror === null ? settings.leave() : settings.join(mirror));
      if (mirror === null || !isOurs.at(-1)) return;
      wall = mirror.wall;
      settings.shown(wall);
    },
  });
  wake = sync.sendSoon;
  return {
    sync,
    storage,
    named,
    shown,
    isOurs,
    wall: () => wall,
    change(settingsChange: Partial<WallSettings['settings']>) {
      wall = { ...wall, settings: { ...wall.settings, ...settingsChange } };
      settings.keep(wall);
    },
  };
}

const later = () => vi.advanceTimersByTimeAsync(1500);

test('a change goes to the account after a moment, once, under its name', async () => {
  const page = openPage();
  await page.sync.answered;
  expect(page.wall().settings.quality).toBe(40);
  for (const quality of [50, 51, 52]) page.change({ quality });
  await later();
  expect(server.sent.map((form) => form.get('quality'))).toEqual(['52']);
  expect(page.named).toEqual(['your preferences']);
  expect(readMirror(page.storage)).toMatchObject({ isUnsent: false, preferences: { quality: 52 } });
  page.change({ zoom: 3 });
  await later();
  expect(server.sent).toHaveLength(1);
});

test('another browser that was later wins, and this one shows it', async () => {
  const page = openPage();
  await page.sync.answered;
  page.change({ quality: 52 });
  Object.assign(server, { quality: 99, changedAt: new Date(start + 60_000).toISOString() });
  await later();
  expect(page.wall().settings.quality).toBe(99);
  expect(server.quality).toBe(99);
});

test.each([-60, 0, 60])(
  'a clock that is wrong by %i minutes changes nothing of who was later',
  async (wrong) => {
    server.changedAt = new Date(start - 20 * minute).toISOString();
    const page = openPage({ clockError: wrong * minute });
    await page.sync.answered;
    // Another browser changes them, and this one, which has not heard of it, five minutes later.
    Object.assign(server, { quality: 99, changedAt: new Date(Date.now()).toISOString() });
    await vi.advanceTimersByTimeAsync(5 * minute);
    page.change({ quality: 52 });
    await later();
    expect(server.quality).toBe(52);
    // The other way round, with the change sent by the next page.
    server.isDown = true;
    page.change({ quality: 53 });
    await vi.advanceTimersByTimeAsync(5 * minute);
    Object.assign(server, { isDown: false, quality: 98, changedAt: new Date(Date.now()).toISOString() });
    await vi.advanceTimersByTimeAsync(5 * minute);
    const next = openPage({ clockError: wrong * minute });
    await next.sync.answered;
    await later();
    expect([server.quality, next.wall().settings.quality]).toEqual([98, 98]);
  },
);

test('while the server is down a change waits, and goes with the next one or the next page', async () => {
  const page = openPage();
  await page.sync.answered;
  server.isDown = true;
  page.change({ quality: 52 });
  await later();
  expect(readMirror(page.storage)).toMatchObject({ isUnsent: true, preferences: { quality: 52 } });
  server.isDown = false;
  const next = openPage();
  expect(next.wall().settings.quality).toBe(52);
  await next.sync.answered;
  await later();
  expect(server.quality).toBe(52);
});

test('a server that was down at the start is asked again with the next change', async () => {
  const before = openPage();
  await before.sync.answered;
  server.isDown = true;
  const page = openPage();
  expect(await page.sync.answered).toEqual({ kind: 'unreachable' });
  server.isDown = false;
  page.change({ quality: 31 });
  await later();
  await later();
  expect(server.quality).toBe(31);
});

test('a token that is out of date is renewed once', async () => {
  const page = openPage();
  await page.sync.answered;
  server.token = 'token 2';
  page.change({ quality: 52 });
  await later();
  expect(server.sent.map((form) => form.get('_csrf'))).toEqual(['token 2']);
});

test('nobody is signed in: the copy goes, and the page of an account has to be loaded anew', async () => {
  const page = openPage();
  await page.sync.answered;
  server.tag = null;
  const next = openPage();
  await next.sync.answered;
  expect(browser.entries.has('allimgfit.account')).toBe(false);
  expect(next.isOurs).toEqual([false]);
  expect(page.shown.at(-1)).toBeNull(); // the other tab heard of it
  next.change({ quality: 3 });
  page.change({ quality: 4 });
  await later();
  expect([...browser.entries.keys()]).toEqual([]);
});

test('a stranger keeps settings in the browser, and sends nothing', async () => {
  server.tag = null;
  const page = openPage();
  await page.sync.answered;
  expect(page.isOurs).toEqual([true]);
  page.change({ quality: 52 });
  await later();
  expect(JSON.parse(browser.entries.get('allimgfit.settings') ?? '')).toMatchObject({
    settings: { quality: 52 },
    changedAt: start,
  });
  expect([...browser.entries.keys()]).toEqual(['allimgfit.settings']);
  expect(server.sent).toEqual([]);
});

test('the browser’s own settings are there again after signing out, untouched by the account', async () => {
  server.tag = null;
  const page = openPage();
  page.change({ quality: 52 });
  const own = browser.entries.get('allimgfit.settings');
  Object.assign(server, { tag: 'alice', changedAt: new Date(start).toISOString() });
  const signedIn = openPage();
  await signedIn.sync.answered;
  signedIn.change({ quality: 7, zoom: 1 });
  await later();
  expect(browser.entries.get('allimgfit.settings')).toBe(own);
  server.tag = null;
  await openPage().sync.answered;
  expect(openPage().wall().settings.quality).toBe(52);
});

test('somebody else signs in: nothing of the one before is shown or sent', async () => {
  const page = openPage();
  await page.sync.answered;
  server.isDown = true;
  page.change({ quality: 52 });
  Object.assign(server, {
    isDown: false,
    tag: 'bob',
    quality: 11,
    changedAt: new Date(start - 1).toISOString(),
  });
  const next = openPage();
  await next.sync.answered;
  await later();
  expect(next.isOurs).toEqual([false]);
  expect(readMirror(next.storage)).toMatchObject({ tag: 'bob', preferences: { quality: 11 } });
  expect(server.sent).toEqual([]);
});

test('a template that is not right yet stays in the page', async () => {
  const page = openPage();
  await page.sync.answered;
  page.change({ template: '{pho' });
  await later();
  expect(server.sent).toEqual([]);
  page.change({ template: '{photo}' });
  await later();
  expect(server.sent.map((form) => form.get('template'))).toEqual(['{photo}']);
  expect(parsePreferences(Object.fromEntries(server.sent[0] ?? [])).template).toBe('{photo}');
});
