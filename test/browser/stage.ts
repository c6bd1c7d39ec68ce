/** What every file of browser tests needs: the real app and a browser, for as long as the file's tests run. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { Catalogue } from '../../server/specs/catalogue.ts';
import { type App, startApp } from './app.ts';
import { launchBrowser } from './chromium.ts';

export interface Stage {
  readonly app: App;
  readonly browser: Browser;
}

/** Call it at the top of a test file; app and browser are there once the tests run. `catalogue`: another than the built-in one. */
export function openStage(catalogue?: Catalogue): Stage {
  let started: Stage | undefined;
  beforeAll(async () => {
    const [app, browser] = await Promise.all([startApp(catalogue), launchBrowser()]);
    started = { app, browser };
  });
  afterAll(async () => {
    await started?.browser.close();
    await started?.app.stop();
  });
  const stage = (): Stage => {
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
  };
}
