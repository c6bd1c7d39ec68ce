/** What every file of browser tests with accounts needs: the app with its database, a browser, and visits in it. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { type AccountsApp, noLimits, serveAccounts } from '../server/security/accountsApp.ts';
import { launchBrowser } from './chromium.ts';
import { type Watch, watchPage } from './watchPage.ts';
import { seesNothing } from './workspacePage.ts';

export interface Visit {
  page: Page;
  context: BrowserContext;
  watch: Watch;
}

export interface VisitOptions extends BrowserContextOptions {
  /** Of somebody who has signed in. */
  cookies?: ReadonlyMap<string, string>;
  /** Complaints of the page that the test itself causes. */
  allow?: RegExp[];
}

export interface AccountsStage {
  readonly app: AccountsApp;
  readonly browser: Browser;
  /** Does `look` in a browser context of its own, asserts that the page was clean, and closes. */
  visit(options: VisitOptions, look: (visit: Visit) => Promise<void>): Promise<void>;
}

/** Call it at the top of a test file; app and browser are there once the tests run. `brought`: see serveAccounts. */
export function openAccountsStage(brought: Parameters<typeof serveAccounts>[2] = {}): AccountsStage {
  let started: { app: AccountsApp; browser: Browser } | undefined;
  beforeAll(async () => {
    const [app, browser] = await Promise.all([serveAccounts(noLimits, undefined, brought), launchBrowser()]);
    started = { app, browser };
  });
  afterAll(async () => {
    await started?.browser.close();
    await started?.app.stop();
  });
  const stage = () => {
    if (!started) throw new Error('The stage opens with the first test');
    return started;
  };

  return {
    get app() {
      return stage().app;
    },
    get browser() {
      return stage().browser;
    },
    async visit({ cookies = new Map(), allow = [], ...options }, look) {
      const { app, browser } = stage();
      const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
      try {
        context.setDefaultTimeout(20_000);
        await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: app.url })));
        await context.route('**/assets/focus-*.js', (route) => route.fulfill(seesNothing));
        const page = await context.newPage();
        const watch = await watchPage(page, app.url, allow);
        await look({ page, context, watch });
        const { complaints, foreignRequests } = watch;
        expect({ complaints, foreignRequests }).toEqual({ complaints: [], foreignRequests: [] });
      } finally {
        await context.close();
      }
    },
  };
}
