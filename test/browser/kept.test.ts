/** What a browser keeps of an account: preferences that follow it, and nothing after signing out. */
import { beforeEach, describe, expect, test } from 'vitest';
import { addPerson, type Person } from '../server/security/accountsApp.ts';
import { openKeptStage, preferencesSent, qualityOf, setQuality, stored } from './keptPage.ts';

const stage = openKeptStage();
const { inBrowser, signIn, signOut, openWorkspace } = stage;
let alice: Person;

beforeEach(async () => {
  alice = await addPerson(stage.app.database);
});

describe('preferences', () => {
  test('follow to another browser, and the newest change wins', async () => {
    await inBrowser(async (one) => {
      await signIn(one, alice);
      await openWorkspace(one);
      await setQuality(one, 37);
      await one.getByLabel('Names').fill('{spec}');
      await preferencesSent(one);
      await inBrowser(async (other) => {
        await signIn(other, alice);
        await openWorkspace(other);
        await expect.poll(() => qualityOf(other).inputValue()).toBe('37');
        await expect.poll(() => other.getByLabel('Names').inputValue()).toBe('{spec}');
        await setQuality(other, 21);
      });
      await openWorkspace(one);
      await expect.poll(() => qualityOf(one).inputValue()).toBe('21');
      await one.goto(`${stage.app.url}/account`);
      await expect.poll(() => one.getByLabel('Quality').inputValue()).toBe('21');
    });
  });

  test('of an account that has none are taken from the browser; one that has some keeps its own', async () => {
    await inBrowser(async (page) => {
      await openWorkspace(page);
      await qualityOf(page).fill('44');
      await expect.poll(async () => (await stored(page))['allimgfit.settings']).toContain('"quality":44');
      const taken = preferencesSent(page);
      await signIn(page, alice);
      await taken;
      await inBrowser(async (other) => {
        await openWorkspace(other);
        await qualityOf(other).fill('99');
        await expect.poll(async () => (await stored(other))['allimgfit.settings']).toContain('"quality":99');
        await signIn(other, alice);
        await openWorkspace(other);
        await expect.poll(() => qualityOf(other).inputValue()).toBe('44');
      });
    });
  });

  test('a change that is made while the account is still asked is not lost', async () => {
    await inBrowser(async (page) => {
      await signIn(page, alice);
      await openWorkspace(page);
      await setQuality(page, 37);
      await inBrowser(async (other, context) => {
        await signIn(other, alice);
        await other.evaluate(() => localStorage.clear()); // as if the account's page had not been shown
        let answer = (): void => {};
        const asked = new Promise<void>((resolve) => {
          answer = resolve;
        });
        await context.route('**/account/mine', async (route) => {
          await asked;
          await route.continue();
        });
        await other.goto(`${stage.app.url}/generate`);
        await qualityOf(other).fill('11');
        const saved = preferencesSent(other);
        answer();
        await saved;
        expect(await qualityOf(other).inputValue()).toBe('11');
      });
      await openWorkspace(page);
      await expect.poll(() => qualityOf(page).inputValue()).toBe('11');
    });
  });

  test('the theme is the account’s while it is signed in, on every page, and follows the form and the switch', async () => {
    await inBrowser(async (page) => {
      const theme = () => page.evaluate(() => document.documentElement.dataset.theme ?? 'automatic');
      await page.goto(`${stage.app.url}/specs`);
      await page.getByRole('button', { name: 'Theme: automatic' }).click();
      await signIn(page, alice);
      await expect.poll(theme).toBe('light');
      await page.getByLabel('Theme', { exact: true }).selectOption('dark');
      await page.getByRole('button', { name: 'Save the preferences' }).click();
      await page.getByText('Your preferences are saved.').waitFor();
      await expect.poll(theme).toBe('dark');
      await page.goto(`${stage.app.url}/specs`);
      await expect.poll(theme).toBe('dark');
      await page.getByRole('button', { name: 'Theme: dark' }).click();
      await expect.poll(theme).toBe('automatic');
      const saved = preferencesSent(page);
      await page.goto(`${stage.app.url}/account`);
      await saved;
      await expect.poll(() => page.getByLabel('Theme', { exact: true }).inputValue()).toBe('automatic');
      await signOut(page);
      await expect.poll(theme).toBe('light');
      await expect.poll(() => stored(page)).toEqual({ 'allimgfit.theme': 'light' });
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
      await qualityOf(page).fill('81');
      await expect.poll(async () => (await stored(page))['allimgfit.settings']).toContain('"quality":81');
      const own = await stored(page);
      await signIn(page, alice);
      await openWorkspace(page);
      await setQuality(page, 12);
      expect(Object.keys(await stored(page)).sort()).toEqual(['allimgfit.account', 'allimgfit.settings']);
      const tab = await context.newPage();
      await signOut(tab);
      await expect.poll(() => qualityOf(page).inputValue()).toBe('81'); // the other tab was loaded anew
      await expect.poll(() => stored(tab)).toEqual(own);
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
      await qualityOf(page).fill('5');
      await page.waitForTimeout(1500);
      expect(await qualityOf(page).inputValue()).toBe('5');
      expect(await stored(page)).toEqual({});
    });
  });

  test('a session that ended elsewhere leaves nothing either, once the workspace hears of it', async () => {
    await inBrowser(async (page) => {
      await signIn(page, alice);
      await openWorkspace(page);
      await setQuality(page, 12);
      await stage.app.database.query('DELETE FROM sessions WHERE user_id = $1', [alice.id]);
      await openWorkspace(page);
      await expect.poll(() => qualityOf(page).inputValue()).toBe('90');
      await expect.poll(() => stored(page)).toEqual({});
    });
  });

  test('somebody else who signs in gets nothing of the one before', async () => {
    const bob = await addPerson(stage.app.database, 'bob');
    await inBrowser(async (page, context) => {
      await signIn(page, alice);
      await openWorkspace(page);
      await setQuality(page, 12);
      await context.clearCookies(); // signed out without our page
      await signIn(page, bob);
      await openWorkspace(page);
      await expect.poll(() => qualityOf(page).inputValue()).toBe('90');
    });
  });
});
