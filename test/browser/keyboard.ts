/** Moving about a page by keyboard alone. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Presses Tab until the element of that name has the focus; at every step it must be seen where the focus is. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press('Tab');
    const [label, isRinged] = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element) return ['', true];
      const labels = element instanceof HTMLInputElement ? element.labels : null;
      const text =
        element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent ?? '';
      return [text, getComputedStyle(element).outlineStyle !== 'none'];
    });
    expect([label, isRinged]).toEqual([label, true]);
    if (name.test(String(label))) return;
  }
  throw new Error(`Never reached: ${name}`);
}
