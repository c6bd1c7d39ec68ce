/** Pages that keep something: a browser of its own for each test, signing in and out, and what local storage holds. */
import type { BrowserContext, Page } from 'playwright-core';
import type { Person } from '../server/security/accountsApp.ts';
import { openAccountsStage } from './accountsStage.ts';

/** The app and the browser of one test file. Call it once, at the top. */
export function openKeptStage() {
  const accounts = openAccountsStage();
  const stage = {
    get app() {
      return accounts.app;
    },
    /** A browser of its own; the page must be clean. */
    async inBrowser(
      look: (page: Page, context: BrowserContext) => Promise<void>,
      allow: RegExp[] = [],
    ): Promise<void> {
      const options = { viewport: { width: 1440, height: 900 }, allow };
      await accounts.visit(options, ({ page, context }) => look(page, context));
    },
    async signIn(page: Page, person: Person, next = '/account'): Promise<void> {
      await page.goto(`${accounts.app.url}/sign-in?next=${encodeURIComponent(next)}`);
      await page.getByLabel('E-mail address').fill(person.email);
      await page.getByLabel('Password', { exact: true }).fill(person.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL(`**${next}`);
    },
    async signOut(page: Page): Promise<void> {
      await page.goto(`${accounts.app.url}/account`);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('You are signed out.').waitFor();
    },
    /** Opens the workspace and waits until it knows whose browser it is. */
    async openWorkspace(page: Page): Promise<void> {
      await page.goto('about:blank'); // what the page before had asked is never answered
      const asked = page.waitForResponse('**/account/mine');
      await page.goto(`${accounts.app.url}/generate`);
      await (await asked).finished();
    },
  };
  return stage;
}

export const qualityOf = (page: Page) => page.getByRole('slider', { name: 'Quality' });

export const stored = (page: Page) => page.evaluate(() => ({ ...localStorage }) as Record<string, string>);

/** Resolves when preferences have been sent and answered. */
export const preferencesSent = (page: Page) =>
  page.waitForResponse((response) => response.url().endsWith('/account/preferences') && response.ok());

export async function setQuality(page: Page, value: number): Promise<void> {
  const saved = preferencesSent(page);
  await qualityOf(page).fill(String(value));
  await saved;
}
