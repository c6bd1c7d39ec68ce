/** Looks at a page for what texts of xssCorpus would have done to it: run, or become an element or an attribute. */
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Watch, watchPage } from './watchPage.ts';

/** A page in which `xssRan()` leaves a trace; dialogs, and all that watchPage complains of, are in `complaints`. */
export async function openWatched(
  context: BrowserContext,
  origin: string,
  allow: RegExp[],
): Promise<{ page: Page; watch: Watch }> {
  const page = await context.newPage();
  const watch = await watchPage(page, origin, allow);
  page.on('dialog', (dialog) => {
    if (dialog.type() === 'beforeunload') return void dialog.accept(); // a page with photos asks whether to leave
    watch.complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.addInitScript(() =>
    Object.assign(window, { xssRan: () => Object.assign(window, { xssDid: true }) }),
  );
  return { page, watch };
}

/** Throws when a text ran, or made an element or an attribute of its own. */
export async function expectInert(page: Page, text: string): Promise<void> {
  const traces = await page.evaluate(() => ({
    ran: 'xssDid' in window,
    elements: [
      ...document.querySelectorAll('#xss, [href*="xss" i], [src*="xss" i], [onerror], [onload], [onfocus]'),
    ].map(({ outerHTML }) => outerHTML.slice(0, 200)),
    htmx: [...document.querySelectorAll('*')]
      .flatMap(({ attributes }) => [...attributes])
      .filter(({ name, value }) => /^(data-)?hx-|^on/.test(name) && /xss/i.test(value))
      .map(({ name }) => name),
  }));
  expect({ text, ...traces }).toEqual({ text, ran: false, elements: [], htmx: [] });
}
