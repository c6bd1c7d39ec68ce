/** What is seen in a photo, by the real models: shown as boxes, kept by the crops, switched and marked by the person. */
import { expect, test } from 'vitest';
import { drawnFacePhoto, drawnHead } from '../photos/drawnFace.ts';
import { axeViolations } from './audit.ts';
import { openStage } from './stage.ts';
import { inWorkspace } from './workspacePage.ts';

const stage = openStage();

test('a face is found, kept and switched off; a mark of one’s own is moved, resized and removed by keys', async () => {
  const specIds = ['pinterest-pin', 'og-image'];
  await inWorkspace(stage, { kept: { specIds }, looks: true }, async ({ page }) => {
    const boxes = page.getByRole('group', { name: /^Has to stay|^Nothing found|^Looking for/ });
    const chosen = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose photos' }).click();
    await (await chosen).setFiles([await drawnFacePhoto()]);
    const face = boxes.getByRole('checkbox', { name: /^face/ });
    await face.waitFor({ timeout: 60_000 });
    await boxes.getByText(/^Has to stay: \d/).waitFor({ timeout: 60_000 });
    expect(await axeViolations(page)).toEqual([]);

    // Only the head is kept: what else was seen does not count now.
    for (const other of await boxes.getByRole('checkbox').all()) await other.uncheck();
    await face.check();
    const tile = page.getByRole('group', { name: /^Pinterest, Pin/ });
    await expect.poll(() => tile.getAttribute('aria-label')).not.toMatch(/cuts/);

    // A mark on the other side of the photo and the face do not fit into an upright file together.
    await page.getByRole('button', { name: 'Mark what must stay' }).click();
    const mark = page.getByRole('button', { name: 'mark: has to stay' });
    await expect.poll(() => mark.evaluate((element) => element === document.activeElement)).toBe(true);
    const before = await mark.boundingBox();
    for (let step = 0; step < 60; step++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+ArrowDown');
    const after = await mark.boundingBox();
    if (!before || !after) throw new Error('The mark has no box.');
    expect(after.x).toBeLessThan(before.x);
    expect(after.height).toBeGreaterThan(before.height);
    await expect.poll(() => tile.getAttribute('aria-label')).toMatch(/cuts .* of (mark|face)/);

    // Padding keeps both, and says so.
    await page.getByRole('button', { name: /^Fit of all tiles/ }).click();
    await page.getByRole('dialog').getByText('Crop, pad only if the subject would be cut').click();
    await page.keyboard.press('Escape');
    await expect.poll(() => tile.getAttribute('aria-label')).toMatch(/pads \d+/);

    await mark.focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => mark.count()).toBe(0);
    await expect.poll(() => tile.getAttribute('aria-label')).not.toMatch(/pads|cuts/);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => mark.count()).toBe(1);
  });
  expect(drawnHead.width).toBeLessThan(400 / 900); // an upright file of 2:3 can hold the whole head
});
