/** The verdict on real files: on the tile, in its panel, in the receipt on the page and in the zip. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { examplePhoto } from '../photos/photos.ts';
import { axeViolations } from './audit.ts';
import { openStage } from './stage.ts';
import { inWorkspace } from './workspacePage.ts';

const stage = openStage();
const detection = 'centre' as const;

test('every file is judged by its rules: on its tile, in the receipt of the zip and on the page, by keyboard too', async () => {
  const specIds = ['x-post', 'instagram-square', 'us-visa-digital'];
  await inWorkspace(stage, { kept: { specIds, settings: { detection } } }, async (workspace) => {
    const { page, result } = workspace;
    const photo = await examplePhoto('fig-in-a-red-bowl');
    await workspace.add([photo]);
    const verdicts = page.getByRole('button', { name: /: rules of / });
    expect(await verdicts.count()).toBe(0);

    const { files, receipt } = await workspace.exportWithReceipt();
    expect(files).toHaveLength(3);
    expect(receipt?.specs.map(({ id }) => id)).toEqual(specIds);
    const sha256 = createHash('sha256').update(photo.buffer).digest('hex');
    expect(receipt?.photos).toMatchObject([{ name: photo.name, sha256, focal: null }]);
    for (const { name, bytes } of files) {
      const entry = receipt?.files.find((one) => one.name === name);
      expect(entry?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(entry?.output).toMatchObject(
        await sharp(bytes)
          .metadata()
          .then(({ width, height }) => ({ width, height })),
      );
      expect(entry?.verdicts[0]?.rows.every(({ state }) => state !== 'red')).toBe(true);
    }
    await result.getByText(/saved as all-img-fit\.zip/).waitFor();
    await verdicts.nth(2).waitFor();

    const square = page.getByRole('button', { name: /rules of Instagram, Square post 1:1$/ });
    await square.focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'Instagram Square post 1:1' });
    await panel.getByRole('row', { name: /^Size .*1080 × 1080.*Nov 2026/ }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(await square.evaluate((button) => button === document.activeElement)).toBe(true);

    await workspace.focalPoint.focus();
    await page.keyboard.press('Shift+ArrowRight');
    await page
      .getByRole('button', { name: /^Former file: .*rules of Instagram, Square post 1:1$/ })
      .waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByRole('button', { name: /^(Keeps|\d).*rules of Instagram, Square post 1:1$/ }).waitFor();

    await result.getByRole('button', { name: 'Receipt' }).click();
    const view = page.getByRole('dialog', { name: 'Receipt' });
    await view.getByText(/^all-img-fit\.zip: 3 files for 3 uses of 1 photo/).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    const saved = page.waitForEvent('download');
    await view.getByRole('button', { name: 'Save manifest.json' }).click();
    expect(JSON.parse(await readFile(await (await saved).path(), 'utf8'))).toEqual(receipt);
  });
});

test('one file serves the places that take it; where it breaks a limit it is red, with what to do', async () => {
  const specIds = ['og-image', 'facebook-link', 'bluesky-card', 'favicon-96'];
  await inWorkspace(
    stage,
    { kept: { specIds, settings: { detection, format: 'png' } } },
    async (workspace) => {
      const { page, exportBar, result } = workspace;
      await workspace.add([await examplePhoto('picos-de-europa')]);
      await exportBar.getByRole('checkbox', { name: 'Fewest files: 2 files instead of 4' }).check();
      await exportBar.getByRole('button', { name: 'Export 2 files' }).waitFor();
      const { files, receipt } = await workspace.exportWithReceipt();
      expect(files).toHaveLength(2);
      expect(receipt?.files.map((file) => file.specIds)).toEqual([specIds.slice(0, 3), specIds.slice(3)]);
      const states = receipt?.files[0]?.verdicts.map(({ specId, state }) => [specId, state]);
      expect(states).toContainEqual(['bluesky-card', 'red']);
      expect(states?.filter(([, state]) => state === 'red')).toHaveLength(1);
      await result.getByText(/^2 files for 4 uses, .* 1 breaks a rule/).waitFor();
      await result.getByText(/ at Bluesky .+ more than the 1.000.000 allowed\. Choose JPEG\./).waitFor();
      await page.getByRole('button', { name: /^1 rule broken: rules of Bluesky, / }).click();
      await page.getByText(/^The same file is for .* and Facebook /).waitFor();
      await page.keyboard.press('Escape');
      await result.getByRole('button', { name: 'Receipt' }).click();
      const groups = page.getByRole('dialog', { name: 'Receipt' }).getByRole('heading', { level: 3 });
      expect(await groups.first().textContent()).toBe('A rule is broken: 1 file');
    },
  );
});
