/** What a browser keeps: preferences that follow the account, presets of a browser that is signed out, and nothing after signing out. */
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AccountsApp, addPerson, type Person, serveAccounts } from '../server/security/accountsApp.ts';
import { axeViolations, overflowing } from './audit.ts';
import { launchBrowser } from './chromium.ts';
import { watchPage } from './watchPage.ts';

let app: AccountsApp;
let browser: Browser;
let alice: Person;

beforeAll(async () => {
  [app, browser] = await Promise.all([serveAccounts(), launchBrowser()]);
});

beforeEach(async () => {
  alice = await addPerson(app.database);
});

afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

/** A browser of its own; the page must be clean. */
async function inBrowser(look: (page: Page, context: BrowserContext) => Promise<void>, allow: RegExp[] = []) {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    viewport: { width: 1440, height: 900 },
  });
  try {
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const watch = await watchPage(page, app.url, allow);
    await look(page, context);
    const { complaints, foreignRequests } = watch;
    expect({ complaints, foreignRequests }).toEqual({ complaints: [], foreignRequests: [] });
  } finally {
    await context.close();
  }
}

async function signIn(page: Page, person: Person, next = '/account'): Promise<void> {
  await page.goto(`${app.url}/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`**${next}`);
}

async function signOut(page: Page): Promise<void> {
  await page.goto(`${app.url}/account`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out.').waitFor();
}

/** Opens the workspace and waits until it knows whose browser it is. */
async function openWorkspace(page: Page, address = '/generate'): Promise<void> {
  const asked = page.waitForResponse('**/account/mine');
  await page.goto(app.url + address);
  await (await asked).finished();
}

const quality = (page: Page) => page.getByRole('slider', { name: 'Quality' });
const stored = (page: Page) => page.evaluate(() => ({ ...localStorage }) as Record<string, string>);
const sent = (page: Page) =>
  page.waitForResponse((response) => response.url().endsWith('/account/preferences') && response.ok());

async function setQuality(page: Page, value: number): Promise<void> {
  const saved = sent(page);
  await quality(page).fill(String(value));
  await saved;
}

const shop = {
  name: 'Shop',
  items: [
    { specId: 'x-post', version: 1, fit: null },
    { specId: 'mastodon-avatar', version: 1, fit: null },
    { specId: 'my-5a8b1c9e-1c9e-4c9e-8c9e-5a8b1c9e5a8b', version: 1, fit: null },
  ],
  fit: { mode: 'cover', enlarge: false, background: { kind: 'colour', colour: '#ffffff' } },
  settings: { format: 'webp', quality: 70, template: '{photo}' },
};
const tag = {
  id: 'my-5a8b1c9e-1c9e-4c9e-8c9e-5a8b1c9e5a8b',
  version: 1,
  name: 'Price tag',
  size: { kind: 'size', width: 300, height: 200, unit: 'px' },
  fit: null,
  formats: ['jpeg'],
  quality: null,
  minBytes: null,
  maxBytes: null,
  dpi: null,
  safeArea: null,
  mask: null,
};

/** As a browser has them that saved presets while signed out. */
async function keepPresets(page: Page, names: string[]): Promise<void> {
  const presets = names.map((name, at) => ({
    ...shop,
    name,
    id: `${at}a8b1c9e-1c9e-4c9e-8c9e-5a8b1c9e5a8b`,
    version: 1,
  }));
  await page.goto(`${app.url}/presets`);
  await page.evaluate(
    (text) => localStorage.setItem('allimgfit.presets', text),
    JSON.stringify({ presets, customSizes: [tag] }),
  );
}

describe('preferences', () => {
  test('follow to another browser, and the newest change wins', async () => {
    await inBrowser(async (one) => {
      await signIn(one, alice);
      await openWorkspace(one);
      await setQuality(one, 37);
      await one.getByLabel('Names').fill('{spec}');
      await sent(one);
      await inBrowser(async (other) => {
        await signIn(other, alice);
        await openWorkspace(other);
        await expect.poll(() => quality(other).inputValue()).toBe('37');
        expect(await other.getByLabel('Names').inputValue()).toBe('{spec}');
        await setQuality(other, 21);
      });
      await openWorkspace(one);
      await expect.poll(() => quality(one).inputValue()).toBe('21');
      await one.goto(`${app.url}/account`);
      expect(await one.getByLabel('Quality').inputValue()).toBe('21');
    });
  });

  test('of an account that has none are taken from the browser; one that has some keeps its own', async () => {
    await inBrowser(async (page) => {
      await openWorkspace(page);
      await quality(page).fill('44');
      await expect.poll(async () => (await stored(page))['allimgfit.settings']).toContain('"quality":44');
      const taken = sent(page);
      await signIn(page, alice);
      await taken;
      await inBrowser(async (other) => {
        await openWorkspace(other);
        await quality(other).fill('99');
        await expect.poll(async () => (await stored(other))['allimgfit.settings']).toContain('"quality":99');
        await signIn(other, alice);
        await openWorkspace(other);
        await expect.poll(() => quality(other).inputValue()).toBe('44');
      });
    });
  });

  test('the theme is the account’s while it is signed in, on every page, and follows the form and the switch', async () => {
    await inBrowser(async (page) => {
      const theme = () => page.evaluate(() => document.documentElement.dataset.theme ?? 'automatic');
      await page.goto(`${app.url}/specs`);
      await page.getByRole('button', { name: 'Theme: automatic' }).click();
      await signIn(page, alice);
      expect(await theme()).toBe('light');
      await page.getByLabel('Theme', { exact: true }).selectOption('dark');
      await page.getByRole('button', { name: 'Save the preferences' }).click();
      await page.getByText('Your preferences are saved.').waitFor();
      await expect.poll(theme).toBe('dark');
      await page.goto(`${app.url}/specs`);
      expect(await theme()).toBe('dark');
      await page.getByRole('button', { name: 'Theme: dark' }).click();
      expect(await theme()).toBe('automatic');
      const saved = sent(page);
      await page.goto(`${app.url}/account`);
      await saved;
      await expect.poll(() => page.getByLabel('Theme', { exact: true }).inputValue()).toBe('automatic');
      await signOut(page);
      expect(await theme()).toBe('light');
      expect(await stored(page)).toEqual({ 'allimgfit.theme': 'light' });
    });
  });

  test('a change while photos are open is counted, and said by name', async () => {
    await inBrowser(async (page) => {
      await signIn(page, alice);
      await openWorkspace(page);
      await page.getByRole('button', { name: 'Try an example photo' }).click();
      await page.getByText('0 bytes sent').waitFor();
      await page.getByRole('button', { name: /^Photo 1 of 1/ }).waitFor();
      await setQuality(page, 37);
      await expect
        .poll(() => page.locator('#sent-bytes').textContent())
        .toMatch(/^\d{3} bytes sent: your preferences$/);
    });
  });
});

describe('signing out', () => {
  test('leaves nothing of the account in the browser, also in another tab, and the browser’s own is there again', async () => {
    await inBrowser(async (page, context) => {
      await openWorkspace(page);
      await quality(page).fill('81');
      await expect.poll(async () => (await stored(page))['allimgfit.settings']).toContain('"quality":81');
      const own = await stored(page);
      await signIn(page, alice);
      await openWorkspace(page);
      await setQuality(page, 12);
      expect(Object.keys(await stored(page)).sort()).toEqual(['allimgfit.account', 'allimgfit.settings']);
      const tab = await context.newPage();
      await signOut(tab);
      await expect.poll(() => quality(page).inputValue()).toBe('81'); // the other tab was loaded anew
      expect(await stored(tab)).toEqual(own);
      expect(await tab.evaluate(() => sessionStorage.length)).toBe(0);
      expect(await tab.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
      expect(await tab.evaluate(async () => (await caches.keys()).length)).toBe(0);
    });
  });

  test('a tab with photos goes on, and keeps nothing any more', async () => {
    await inBrowser(async (page, context) => {
      await signIn(page, alice);
      await openWorkspace(page);
      await page.getByRole('button', { name: 'Try an example photo' }).click();
      await page.getByRole('button', { name: /^Photo 1 of 1/ }).waitFor();
      const tab = await context.newPage();
      await signOut(tab);
      await quality(page).fill('5');
      await page.waitForTimeout(1500);
      expect(await quality(page).inputValue()).toBe('5');
      expect(await stored(page)).toEqual({});
    });
  });

  test('a session that ended elsewhere leaves nothing either, once the workspace hears of it', async () => {
    await inBrowser(async (page) => {
      await signIn(page, alice);
      await openWorkspace(page);
      await setQuality(page, 12);
      await app.database.query('DELETE FROM sessions WHERE user_id = $1', [alice.id]);
      await openWorkspace(page);
      await expect.poll(() => quality(page).inputValue()).toBe('90');
      expect(await stored(page)).toEqual({});
    });
  });

  test('somebody else who signs in gets nothing of the one before', async () => {
    const bob = await addPerson(app.database, 'bob');
    await inBrowser(async (page, context) => {
      await signIn(page, alice);
      await openWorkspace(page);
      await setQuality(page, 12);
      await context.clearCookies(); // signed out without our page
      await signIn(page, bob);
      await openWorkspace(page);
      expect(await quality(page).inputValue()).toBe('90');
    });
  });
});

describe('presets of a browser', () => {
  test('are offered to the account once, with their custom sizes, and are gone from the browser then', async () => {
    await inBrowser(async (page) => {
      await keepPresets(page, ['Shop', 'Blog', 'Press']);
      await signIn(page, alice, '/presets');
      await page.getByText('3 presets and 1 custom size are kept in this browser only.').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Add them to your account' }).click();
      await page.getByRole('link', { name: 'Press', exact: true }).waitFor();
      expect((await stored(page))['allimgfit.presets']).toBeUndefined();
      const rows = await app.database.query(
        `SELECT (SELECT count(*)::int FROM presets WHERE user_id = $1) AS presets,
           (SELECT count(*)::int FROM custom_sizes WHERE user_id = $1) AS sizes`,
        [alice.id],
      );
      expect(rows).toEqual([{ presets: 3, sizes: 1 }]);
      await page.reload();
      expect(await page.getByRole('button', { name: 'Add them to your account' }).count()).toBe(0);
    });
  });

  test('stay where they are when the offer is turned down, and nobody is asked again; the workspace offers them too', async () => {
    await inBrowser(async (page) => {
      await keepPresets(page, ['Shop']);
      await signIn(page, alice);
      await openWorkspace(page);
      await page.getByRole('button', { name: /^Presets?/ }).click();
      await page.getByText('1 preset and 1 custom size are kept in this browser only.').waitFor();
      await page.getByRole('button', { name: 'Keep them here' }).click();
      await page.goto(`${app.url}/presets`);
      await page.waitForLoadState('networkidle');
      expect(await page.getByText('kept in this browser only').count()).toBe(0);
      await signOut(page);
      await page.goto(`${app.url}/presets`);
      await page.getByText('Shop').waitFor();
    });
  });

  test('are renamed, put in order by key and by dragging, copied, deleted and brought back', async () => {
    await inBrowser(async (page) => {
      await keepPresets(page, ['Shop']);
      await page.reload();
      await page.getByRole('button', { name: 'Edit Shop' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Market');
      await page.getByRole('button', { name: 'Move Mastodon Avatar up' }).click();
      await page.getByText('Mastodon Avatar moved: now 1 of 3.').waitFor();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('up-mastodon-avatar');
      const names = page.locator('.kept-edit .preset-item__name');
      const handle = page.locator('.kept-edit .drag-handle').nth(2);
      const [from, to] = [await handle.boundingBox(), await names.nth(0).boundingBox()];
      await page.mouse.move((from?.x ?? 0) + 5, (from?.y ?? 0) + 10);
      await page.mouse.down();
      await page.mouse.move((from?.x ?? 0) + 5, (to?.y ?? 0) - 8, { steps: 8 });
      await page.mouse.up();
      await expect.poll(() => names.first().textContent()).toBe('Price tag');
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('button', { name: 'Edit Market' }).waitFor();
      const kept = JSON.parse((await stored(page))['allimgfit.presets'] ?? '');
      expect(kept.presets[0]).toMatchObject({ name: 'Market', version: 2 });
      expect(kept.presets[0].items.map(({ specId }: { specId: string }) => specId)).toEqual([
        tag.id,
        'mastodon-avatar',
        'x-post',
      ]);

      await page.getByRole('button', { name: 'Duplicate Market' }).click();
      await page.getByText('The copy is “Market 2”.').waitFor();
      await page.getByRole('button', { name: 'Delete Market', exact: true }).click();
      await page.getByText('“Market” is deleted.').waitFor();
      expect(await page.getByRole('button', { name: 'Edit Market', exact: true }).count()).toBe(0);
      await page.getByRole('button', { name: 'Undo: bring “Market” back' }).click();
      await page.getByRole('button', { name: 'Edit Market', exact: true }).waitFor();
    });
  });

  test('are saved as a file that imports again, here and there, and opened in the workspace', async () => {
    await inBrowser(async (page) => {
      await keepPresets(page, ['Shop']);
      await page.reload();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export Shop as a file' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('all-img-fit-Shop.json');
      const path = await download.path();
      expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ presets: [{ name: 'Shop' }] });
      await inBrowser(async (other) => {
        await other.goto(`${app.url}/presets`);
        await other.getByText('Import presets').click();
        await other.getByLabel('Or choose the file').setInputFiles(path);
        await expect.poll(() => other.locator('textarea').inputValue()).toContain('Price tag');
        await other.getByRole('button', { name: 'Import', exact: true }).click();
        await other.getByText('Imported: “Shop”, “Price tag”.').waitFor();
        await other.locator('textarea').fill('{"schema":"all-img-fit-presets/1","presets":[{"name":""}]}');
        await other.getByRole('button', { name: 'Import', exact: true }).click();
        await other.getByText('presets[0].fit is missing.').waitFor();
        const mine = other.waitForResponse('**/account/mine');
        await other.getByRole('link', { name: 'Open in the workspace: Shop' }).click();
        await mine;
        await expect
          .poll(() => other.getByRole('listitem').filter({ hasText: 'Price tag' }).count())
          .toBeGreaterThan(0);
        await expect.poll(() => quality(other).inputValue()).toBe('70');
      });
    });
  });

  test('fit the page at every width, in both themes, with a form open', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await inBrowser(async (page) => {
        await page.emulateMedia({ colorScheme });
        await keepPresets(page, ['Shop', 'A preset with a name that is as long as the name of a preset may']);
        await page.reload();
        await page.getByText('Import presets').click();
        await page.getByRole('button', { name: 'Edit Shop' }).click();
        for (const width of [1440, 1024, 390, 320]) {
          await page.setViewportSize({ width, height: 900 });
          expect(await overflowing(page), `at ${width} px`).toEqual([]);
          expect(await axeViolations(page), `at ${width} px`).toEqual([]);
        }
      });
    }
  });
});
