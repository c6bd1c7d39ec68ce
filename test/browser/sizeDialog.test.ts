/** The drawer of a custom size: nothing sticks out of it, and its drawing shows what can be drawn. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openStage } from './stage.ts';
import { inWorkspace } from './workspacePage.ts';

const stage = openStage();

async function openDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Choose specs' }).click();
  await page.getByRole('button', { name: 'New custom size' }).click();
  await page.getByRole('dialog', { name: 'New custom size' }).waitFor();
}

describe.each([320, 390, 1024, 1440])('at %i px', (width) => {
  test('each kind with each safe area fits into the drawer', async () => {
    await inWorkspace(stage, { context: { viewport: { width, height: 900 } } }, async ({ page }) => {
      await openDialog(page);
      await page.locator('#size-mode').selectOption('contain');
      for (const kind of ['size', 'ratio', 'longest', 'percent']) {
        await page.locator(`#size-form [name="kind"][value="${kind}"]`).check();
        for (const area of ['', 'inset', 'rectangle', 'circle']) {
          await page.locator('#size-safeArea').selectOption(area);
          expect([kind, area, await stickingOut(page)]).toEqual([kind, area, []]);
        }
      }
    });
  });
});

/** What is wider than the drawer, or lies over its neighbour in a row. */
function stickingOut(page: Page): Promise<string[]> {
  return page.locator('#size-dialog .drawer__body').evaluate((body) => {
    const faults = body.scrollWidth > body.clientWidth ? [`${body.scrollWidth} in ${body.clientWidth}`] : [];
    for (const field of body.querySelectorAll('.size-form__field')) {
      const { right } = field.getBoundingClientRect();
      for (const part of field.querySelectorAll('input, select, span')) {
        if (part.getBoundingClientRect().right > right + 0.5)
          faults.push(`${part.id} sticks out of its field`);
      }
    }
    return faults;
  });
}

test('what was said of a field goes when it is mended', async () => {
  await inWorkspace(stage, {}, async ({ page }) => {
    await openDialog(page);
    await page.locator('#size-width').fill('400');
    await page.locator('#size-minBytes').fill('x');
    await page.locator('#save-size').click();
    await page.getByText('There are 3 problems').waitFor();
    await page.locator('#size-height').fill('300');
    await page.getByText('There are 2 problems').waitFor();
    await page.locator('#size-minBytes').fill('');
    await page.locator('#size-name').fill('Card');
    await page.locator('#size-errors').waitFor({ state: 'hidden' });
    await expect.poll(() => page.locator('#size-form [aria-invalid="true"]').count()).toBe(0);
  });
});

test('Enter in the search adds the size that is typed', async () => {
  await inWorkspace(stage, {}, async ({ page }) => {
    await page.getByRole('button', { name: 'Choose specs' }).click();
    const search = page.getByRole('searchbox');
    await search.fill('617x411');
    await page.locator('#spec-none').waitFor({ state: 'hidden' });
    await search.press('Enter');
    await expect.poll(() => search.inputValue()).toBe('');
    await page.getByRole('checkbox', { name: /^617 × 411/ }).waitFor();
  });
});
