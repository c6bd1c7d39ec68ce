/** What somebody meets on the wall who signs in and out, or whose network is slow. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from '../server/security/accountsApp.ts';
import { openAccountsStage } from './accountsStage.ts';
import { openMenu } from './presetMenu.ts';

const stage = openAccountsStage();
let person: Person;

beforeAll(async () => {
  person = await addPerson(stage.app.database);
});

async function inPage(use: (page: Page) => Promise<void>): Promise<void> {
  await stage.visit({ viewport: { width: 1440, height: 900 } }, async ({ page }) => {
    await page.goto(`${stage.app.url}/generate`);
    await use(page);
  });
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`${stage.app.url}/sign-in?next=/generate`);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  const asked = page.waitForResponse('**/account/mine');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/generate');
  await asked;
}

async function openForm(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Choose specs' }).click();
  await page.getByRole('button', { name: 'New custom size' }).click();
}

/** Fills in what is needed, saves it twice, and says how often it was sent. */
async function saveSlowly(page: Page, save: () => Promise<void>): Promise<number> {
  let posts = 0;
  let answer = (): void => {};
  const pressed = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/presets**', async (route) => {
    if (route.request().method() === 'POST') {
      posts += 1;
      await pressed;
    }
    await route.continue();
  });
  await save();
  const busy = page.getByRole('button', { name: 'Saving…' });
  await busy.waitFor();
  expect(await busy.getAttribute('aria-disabled')).toBe('true');
  await busy.click({ force: true });
  answer();
  await busy.waitFor({ state: 'detached' });
  await page.unroute('**/presets**');
  return posts;
}

test('a save that takes long says so, and what is pressed meanwhile sends nothing', async () => {
  await inPage(async (page) => {
    await signIn(page);
    await openForm(page);
    await page.locator('#size-name').fill('Card');
    await page.locator('#size-width').fill('400');
    await page.locator('#size-height').fill('300');
    expect(await saveSlowly(page, () => page.locator('#save-size').click())).toBe(1);
    await page.getByRole('dialog', { name: 'New custom size' }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Done' }).click();
    await openMenu(page);
    await page.getByLabel('Save this wall as a new preset').fill('Shop');
    expect(await saveSlowly(page, () => page.locator('#preset-name').press('Enter'))).toBe(1);
  });
});

test('a custom size that the account or the browser does not have is told as what it is', async () => {
  await inPage(async (page) => {
    await openForm(page);
    await page.locator('#size-name').fill('Tag');
    await page.locator('#size-width').fill('300');
    await page.locator('#size-height').fill('200');
    await page.locator('#save-size').click();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem('allimgfit.settings') ?? ''))
      .toContain('my-');
    const note = page.locator('#gone-specs');
    await signIn(page);
    await note
      .getByText('A custom size of this wall is kept in this browser, not in your account.')
      .waitFor();
    expect(await note.getByRole('button', { name: 'Bring back' }).count()).toBe(0);
    await note.getByRole('button', { name: 'Open Presets to add it' }).click();
    await page.getByRole('button', { name: 'Add them to your account' }).waitFor();
  });
  await inPage(async (page) => {
    await page.evaluate(() => {
      const settings = { version: 1, specIds: ['x-post', 'my-00000000-0000-4000-8000-000000000001'] };
      localStorage.setItem('allimgfit.settings', JSON.stringify(settings));
    });
    await page.goto('about:blank');
    await page.goto(`${stage.app.url}/generate`);
    const note = page.locator('#gone-specs');
    await note.getByText('A custom size of this wall is not kept in this browser.').waitFor();
    await note.getByRole('link', { name: 'Sign in' }).click();
    await page.waitForURL('**/sign-in?next=**');
  });
});
