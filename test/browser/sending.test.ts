/** A form on its way, in a real browser: sent once, seen and heard to be sent, and nothing lost when no answer comes. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { addPerson, signIn } from '../server/security/accountsApp.ts';
import { openAccountsStage } from './accountsStage.ts';
import { axeViolations } from './audit.ts';

const stage = openAccountsStage();

/** What Chromium and htmx print of an answer that never came. */
const failures = /Failed to (load resource|fetch)|status of 502/;

async function visit(look: (page: Page) => Promise<void>): Promise<void> {
  const { cookies } = await signIn(stage.app, await addPerson(stage.app.database));
  await stage.visit({ cookies, allow: [failures] }, ({ page }) => look(page));
}

const open = (page: Page, path: string) => page.goto(stage.app.url + path);
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

/** Holds back what is posted until `go` is called. */
async function holdPosts(page: Page): Promise<{ count(): number; go(): void }> {
  let posts = 0;
  let go = (): void => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route('**/*', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    posts += 1;
    await gate;
    await route.continue();
  });
  return { count: () => posts, go };
}

async function makePreset(page: Page, name: string): Promise<void> {
  await open(page, '/presets/new?specs=x-post');
  await page.locator('#preset-name').fill(name);
  await page.getByRole('button', { name: 'Save the preset' }).click();
  await page.waitForURL('**/presets?*');
}

const pages = [
  { path: '/presets/new', field: '#preset-name', button: 'Save the preset' },
  { path: '/presets/new', field: '#preset-q', button: 'Find' },
  { path: '/presets/sizes/new', field: '#size-name', button: 'Make the custom size' },
  { path: '/account', field: '#preferences-quality', button: 'Save the preferences' },
];

describe('the server can’t be reached', () => {
  test.each(pages)('$path, $button: the page says so, and what was typed is there', async (one) => {
    const { path, field, button } = one;
    await visit(async (page) => {
      await open(page, path);
      await page.locator(field).fill('61');
      await page.route('**/*', (route) =>
        route.request().method() === 'POST' ? route.abort('connectionrefused') : route.continue(),
      );
      await page.getByRole('button', { name: button, exact: true }).click();
      const alert = page.getByRole('alert').filter({ hasText: 'The server can’t be reached just now' });
      await alert.waitFor();
      await expect.poll(() => focused(page)).toContain('so nothing was saved');
      expect(await page.locator(field).inputValue()).toBe('61');
      expect(await axeViolations(page)).toEqual([]);
      await page.unroute('**/*');
      await page.getByRole('button', { name: button, exact: true }).click();
      await alert.waitFor({ state: 'detached' });
    });
  });

  test('a page of a proxy instead of an answer does not empty the page', async () => {
    await visit(async (page) => {
      await open(page, '/presets/new');
      await page.locator('#preset-name').fill('Shop');
      await page.route('**/presets', (route) =>
        route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }),
      );
      await page.getByRole('button', { name: 'Save the preset' }).click();
      await page.getByRole('alert').filter({ hasText: 'can’t be reached' }).waitFor();
      expect(await page.locator('#preset-name').inputValue()).toBe('Shop');
    });
  });
});

describe('an answer takes a while', () => {
  test('the button of a smooth form says so, and it is sent once', async () => {
    await visit(async (page) => {
      await open(page, '/presets/new?specs=x-post');
      await page.locator('#preset-name').fill('Shop');
      const posts = await holdPosts(page);
      const button = page.locator('.editor__bar button[value="save"]');
      await button.click();
      await page.getByRole('button', { name: 'Saving…' }).waitFor();
      await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true');
      await expect.poll(() => page.locator('[aria-live="polite"]').textContent()).toBe('Saving…');
      await button.click({ force: true });
      await page.locator('#preset-name').press('Enter');
      posts.go();
      await page.waitForURL('**/presets?*');
      expect(posts.count()).toBe(1);
    });
  });

  test('so does that of a plain form, and it is pressed once', async () => {
    await visit(async (page) => {
      await makePreset(page, 'Shop');
      const posts = await holdPosts(page);
      void page.waitForEvent('console', (line) => line.text() === 'seen').then(posts.go);
      // Three clicks and a look, all by the page itself: Playwright waits for a page that is being left.
      await page.getByRole('button', { name: 'Duplicate Shop' }).evaluate((button: HTMLElement) => {
        for (const after of [0, 10, 700]) setTimeout(() => button.click(), after);
        setTimeout(() => {
          sessionStorage.setItem('seen', button.textContent);
          console.info('seen');
        }, 800);
      });
      await page.getByRole('link', { name: 'Shop 2', exact: true }).waitFor();
      expect(posts.count()).toBe(1);
      expect(await page.evaluate(() => sessionStorage.getItem('seen'))).toBe('Sending…');
      await expect.poll(() => focused(page)).toContain('Shop 2');
    });
  });
});

test('a double click on Delete deletes one preset: the next row ignores the second click', async () => {
  await visit(async (page) => {
    for (const name of ['A', 'B']) await makePreset(page, name);
    await page.addInitScript(() => {
      performance.now = () => 0; // the half second lasts
    });
    await page.getByRole('button', { name: 'Delete A', exact: true }).click();
    await page.waitForURL('**/presets?done=deleted*');
    await page
      .getByRole('button', { name: 'Delete B', exact: true })
      .evaluate((button: HTMLElement) => button.click());
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('button', { name: 'Delete B', exact: true }).count()).toBe(1);
  });
});
