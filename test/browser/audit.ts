/** Questions to a page about how it is made: what axe finds, and what sticks out sideways. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

let axeSource: Promise<string> | undefined;

/**
 * Violations of WCAG 2.2 AA and of axe's best practices, one line each. The page's policy refuses script tags, so axe is
 * evaluated instead of loaded.
 */
export async function axeViolations(page: Page): Promise<string[]> {
  axeSource ??= readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
  await page.evaluate(`if (!window.axe) { ${await axeSource} }`);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    // Of the rules of WCAG 2.2, axe leaves this one out unless it is asked for.
    const rules = { 'target-size': { enabled: true } };
    const { violations } = await axe.run(document, { resultTypes: ['violations'], rules });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}

/** What sticks out at the right, so that the page scrolls sideways; nothing if all is well. */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter((element) => {
      return element.getBoundingClientRect().right > clientWidth + 0.5;
    });
    const names = wide.slice(0, 5).map((element) => `${element.tagName} ${element.className} ${element.id}`);
    return [`${scrollWidth} px wide`, ...names];
  });
}
