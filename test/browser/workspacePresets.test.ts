/** The wall saved as a preset in this browser, opened again and changed. */
import { describe, expect, test } from 'vitest';
import { createCatalogue } from '../../server/specs/catalogue.shared.ts';
import { builtIn } from '../../server/specs/catalogue.ts';
import { axeViolations } from './audit.ts';
import { addPhoto, arrange, openMenu, openPreset, saveWall, wallOf } from './presetMenu.ts';
import { openStage } from './stage.ts';
import { inWorkspace, type Workspace } from './workspacePage.ts';

/** The built-in catalogue in which link images may have 2 MB now, and could have 5 MB once. */
const stage = openStage(
  createCatalogue(
    builtIn.specs.map((spec) =>
      spec.id === 'og-image'
        ? {
            ...spec,
            version: 7,
            maxBytes: 2_000_000,
            earlier: [{ version: 6, until: '2026-11-01', rules: { maxBytes: 5_000_000 } }],
          }
        : spec,
    ),
    builtIn.popularIds,
  ),
);

const presetsKey = 'allimgfit.presets';
const kept = {
  specIds: ['instagram-square', 'og-image', 'x-post'],
  settings: { detection: 'centre' as const, format: 'webp' as const, quality: 61 },
};

async function emptyWall({ page }: Workspace): Promise<void> {
  const options = page.getByRole('button', { name: /^Options for/ });
  for (let left = (await options.count()) - 1; left > 0; left -= 1) {
    await options.first().click();
    await page.getByRole('button', { name: 'Remove from wall' }).click();
    await expect.poll(() => options.count()).toBe(left);
  }
}

describe('a wall that was saved', () => {
  test('is there again after a reload, with its fits, custom sizes and export settings; undo brings the other back', async () => {
    await inWorkspace(stage, { kept }, async (workspace) => {
      const { page } = workspace;
      await addPhoto(workspace);
      await arrange(workspace);
      const saved = await wallOf(workspace);
      expect(saved.join()).toContain('own fit');
      await saveWall(page, 'Shop');
      await page.getByRole('heading', { name: /^Shop 4 specs$/ }).waitFor();

      page.on('dialog', (dialog) => void dialog.accept());
      await page.reload();
      await page.getByRole('heading', { name: /^Shop 4 specs$/ }).waitFor();
      await addPhoto(workspace);
      await expect.poll(() => wallOf(workspace)).toEqual(saved);
      await emptyWall(workspace);
      await page.getByLabel('Format').selectOption('png');
      const other = await wallOf(workspace);
      expect(other).toHaveLength(1);

      await openPreset(page, 'Shop');
      const words = 'Shop opened: 4 specs. Format WEBP, quality 61. Undo brings back the wall before.';
      await page.getByRole('status').getByText(words).waitFor({ state: 'attached' });
      await expect.poll(() => wallOf(workspace)).toEqual(saved);
      expect(await page.getByLabel('Format').inputValue()).toBe('webp');
      expect(await page.getByRole('slider', { name: 'Quality' }).inputValue()).toBe('61');
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => wallOf(workspace)).toEqual(other);
      expect(await page.getByLabel('Format').inputValue()).toBe('png');
      // The wall was of the preset before too, with changes.
      await page.getByRole('heading', { name: /^Shop 1 spec changed$/ }).waitFor();
    });
  });

  test('says when it differs from what is saved, and is updated or taken back', async () => {
    await inWorkspace(stage, { kept }, async (workspace) => {
      const { page } = workspace;
      await addPhoto(workspace);
      await saveWall(page, 'Shop');
      const title = page.getByRole('region', { name: /^Shop/ }).getByRole('heading', { name: /^Shop/ });
      await page.getByLabel('Format').selectOption('jpeg');
      await expect.poll(() => title.textContent()).toContain('changed');
      await openMenu(page);
      await page.getByRole('button', { name: 'Update “Shop”' }).click();
      await page.getByRole('heading', { name: /^Shop 3 specs$/ }).waitFor();

      await emptyWall(workspace);
      await openMenu(page);
      await page.getByRole('button', { name: 'Back to what is saved' }).click();
      await expect.poll(() => workspace.tiles.count()).toBe(3);
      expect(await page.getByLabel('Format').inputValue()).toBe('jpeg');
    });
  });

  test('is not overwritten by a second one of its name, unless the person says so', async () => {
    await inWorkspace(stage, { kept }, async (workspace) => {
      const { page } = workspace;
      await addPhoto(workspace);
      await saveWall(page, 'Shop');
      await emptyWall(workspace);
      await saveWall(page, ' sHOP ');
      const clash = page.getByRole('group', { name: 'You have a preset “Shop” already: 3 specs.' });
      await clash.getByRole('button', { name: 'Open the other' }).click();
      await expect.poll(() => workspace.tiles.count()).toBe(3);
      await emptyWall(workspace);
      await saveWall(page, 'Shop');
      await clash.getByRole('button', { name: 'Save this wall over it' }).click();
      await page.getByRole('heading', { name: /^Shop 1 spec$/ }).waitFor();
      expect(
        await page.evaluate(
          (key) => JSON.parse(localStorage.getItem(key) ?? '{}').presets.length,
          presetsKey,
        ),
      ).toBe(1);
    });
  });

  test('says what is wrong with its name, and keeps what was typed', async () => {
    await inWorkspace(stage, { kept }, async (workspace) => {
      const { page } = workspace;
      await saveWall(page, '');
      const name = page.getByLabel('Save this wall as a new preset');
      await page.getByText('The name is missing.').waitFor();
      expect(await name.getAttribute('aria-invalid')).toBe('true');
      await name.fill('x'.repeat(61));
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText(/at most 60 characters/).waitFor();
      expect(await name.inputValue()).toBe('x'.repeat(61));
    });
  });
});

test('a second tab that saves an old version is told, and both choices are there', async () => {
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page } = workspace;
    await addPhoto(workspace);
    await saveWall(page, 'Shop');
    const other = await page.context().newPage();
    await other.goto(page.url());
    await openPreset(other, 'Shop');
    await other.getByLabel('Format').selectOption('png');
    await openMenu(other);
    await other.getByRole('button', { name: 'Update “Shop”' }).click();
    await other.getByRole('heading', { name: /^Shop 3 specs$/ }).waitFor();

    await emptyWall(workspace);
    await openMenu(page);
    await page.getByRole('button', { name: 'Update “Shop”' }).click();
    const clash = page.getByRole('group', {
      name: /was changed in another tab .* Nothing was overwritten\.$/,
    });
    await clash.getByRole('button', { name: 'Open the other' }).click();
    await expect.poll(() => workspace.tiles.count()).toBe(3);
    expect(await page.getByLabel('Format').inputValue()).toBe('png');
    await other.close();
  });
});

describe('a spec that changed since', () => {
  /** What a browser holds whose preset was saved before. */
  const old = {
    version: 1,
    presets: [
      {
        id: '11111111-1111-4111-8111-111111111111',
        version: 1,
        name: 'Old',
        items: [
          { specId: 'x-post', version: builtIn.find('x-post')?.version, fit: null },
          { specId: 'og-image', version: 6, fit: null },
        ],
        fit: { mode: 'cover', enlarge: false, background: { kind: 'colour', colour: '#ffffff' } },
        settings: { format: 'auto', quality: 90, template: '{photo}-{spec}' },
        madeBy: '22222222-2222-4222-8222-222222222222',
        deletedAt: null,
      },
    ],
    customSizes: [],
  };

  async function keepOld({ page }: Workspace): Promise<void> {
    await page.evaluate(([key, text]) => localStorage.setItem(key, text), [
      presetsKey,
      JSON.stringify(old),
    ] as const);
    await page.goto(`${stage.app.url}/generate?preset=${old.presets[0]?.id}`);
    await page.getByRole('heading', { name: /^Old 2 specs$/ }).waitFor();
  }

  test('is said above the wall and on its tile, with both values, until it is accepted and saved', async () => {
    await inWorkspace(stage, { kept }, async (workspace) => {
      const { page } = workspace;
      await keepOld(workspace);
      await addPhoto(workspace);
      const note = page.getByRole('group', { name: /^1 spec of this wall changed/ });
      expect(await axeViolations(page)).toEqual([]);
      await note.getByText(/changed: max 2\u00a0MB, was 5\u00a0MB/).waitFor();
      const tile = page.locator('[data-spec=og-image]').getByRole('group');
      await expect
        .poll(() => tile.getAttribute('aria-label'))
        .toMatch(/changed: max 2\u00a0MB, was 5\u00a0MB/);
      await note.getByRole('button', { name: /^Accept/ }).click();
      await note.waitFor({ state: 'hidden' });
      await expect.poll(() => tile.getAttribute('aria-label')).not.toContain('was 5');
      await page.getByRole('heading', { name: /^Old 2 specs changed$/ }).waitFor();
      await openMenu(page);
      await page.getByRole('button', { name: 'Update “Old”' }).click();
      await page.getByRole('heading', { name: /^Old 2 specs$/ }).waitFor();
      const versions = await page.evaluate((key) => {
        const { items } = JSON.parse(localStorage.getItem(key) ?? '{}').presets[0];
        return items.map(({ version }: { version: number }) => version);
      }, presetsKey);
      expect(versions).toEqual([builtIn.find('x-post')?.version, 7]);
    });
  });

  test('is accepted in the panel of its tile too, and undo takes that back', async () => {
    await inWorkspace(stage, { kept }, async (workspace) => {
      const { page } = workspace;
      await keepOld(workspace);
      await addPhoto(workspace);
      await page
        .locator('[data-spec=og-image]')
        .getByRole('button', { name: /^Options for/ })
        .click();
      await page
        .getByRole('dialog')
        .getByText(/^The spec has changed: max/)
        .waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Accept' }).click();
      await page.keyboard.press('Escape');
      const note = page.getByRole('group', { name: /^1 spec of this wall changed/ });
      await note.waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'Undo' }).click();
      await note.waitFor();
    });
  });
});

test('specs of a preset that are not there keep their places until they are removed, and no preference changes', async () => {
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page } = workspace;
    await addPhoto(workspace);
    await saveWall(page, 'Shop');
    await page.evaluate((key) => {
      const read = JSON.parse(localStorage.getItem(key) ?? '{}');
      const [preset] = read.presets;
      preset.settings.format = 'png';
      preset.items.splice(1, 0, { specId: 'no-such-spec', version: 7, fit: null });
      localStorage.setItem(key, JSON.stringify(read));
    }, presetsKey);
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await addPhoto(workspace);
    await openPreset(page, 'Shop');
    const note = page.getByRole('group', { name: /^1 spec of this wall is not there/ });
    await note.waitFor();
    expect(await page.getByLabel('Format').inputValue()).toBe('png');
    await page.getByRole('heading', { name: /^Shop 3 specs$/ }).waitFor();
    const settings = () =>
      page.evaluate(() => JSON.parse(localStorage.getItem('allimgfit.settings') ?? '{}'));
    await expect.poll(async () => (await settings()).preset?.settings.format).toBe('png');
    expect((await settings()).settings.format).toBe('webp');
    expect((await settings()).specIds[1]).toBe('no-such-spec');
    expect(await page.getByRole('button', { name: 'Bring back' }).count()).toBe(0);
    await note.getByRole('button', { name: 'Remove' }).click();
    await expect.poll(() => note.count()).toBe(0);
    await page.getByRole('heading', { name: /^Shop 3 specs changed$/ }).waitFor();
  });
});
