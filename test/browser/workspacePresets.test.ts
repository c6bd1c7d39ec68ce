/** The wall saved as a preset in this browser, opened again, changed, and shared by a link. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { createCatalogue } from '../../server/specs/catalogue.shared.ts';
import { builtIn } from '../../server/specs/catalogue.ts';
import { examplePhoto } from '../photos/photos.ts';
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

async function openMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Preset', exact: true }).click();
}

async function saveWall(page: Page, name: string): Promise<void> {
  await openMenu(page);
  const menu = page.getByRole('dialog', { name: 'Presets' });
  await menu.getByLabel('Save this wall as a new preset').fill(name);
  await menu.getByRole('button', { name: 'Save', exact: true }).click();
}

async function openPreset(page: Page, name: string): Promise<void> {
  await openMenu(page);
  await page
    .getByRole('dialog', { name: 'Presets' })
    .getByRole('button', { name: new RegExp(`^${name} `) })
    .click();
}

/** What every tile says of itself, in the order of the wall. */
async function wallOf({ page, tiles }: Workspace): Promise<string[]> {
  await tiles.first().waitFor();
  const labels = await page
    .locator('li [role=group]')
    .evaluateAll((frames) => frames.map((frame) => frame.ariaLabel));
  return labels.map((label) => label ?? '');
}

async function addPhoto(workspace: Workspace): Promise<void> {
  await workspace.choose([await examplePhoto('dandelion-at-dusk')]);
  await workspace.photosAreReady(1);
}

/** Gives one tile a fit of its own and puts a custom size on the wall. */
async function arrange({ page }: Workspace): Promise<void> {
  await page.getByRole('button', { name: /^Options for Instagram/ }).click();
  await page.getByRole('dialog').getByText('Stretch').click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Choose specs' }).click();
  await page.getByRole('searchbox').fill('35x45mm');
  await page.getByRole('button', { name: /as a custom size$/ }).click();
  await page.getByRole('checkbox', { name: /^35 × 45 mm/ }).waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
}

async function emptyWall({ page }: Workspace): Promise<void> {
  while ((await page.getByRole('button', { name: /^Options for/ }).count()) > 1) {
    await page
      .getByRole('button', { name: /^Options for/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Remove from wall' }).click();
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
      await addPhoto(workspace);
      await emptyWall(workspace);
      await page.getByLabel('Format').selectOption('png');
      const other = await wallOf(workspace);
      expect(other).toHaveLength(1);

      await openPreset(page, 'Shop');
      await expect.poll(() => wallOf(workspace)).toEqual(saved);
      expect(await page.getByLabel('Format').inputValue()).toBe('webp');
      expect(await page.getByRole('slider', { name: 'Quality' }).inputValue()).toBe('61');
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => wallOf(workspace)).toEqual(other);
      expect(await page.getByLabel('Format').inputValue()).toBe('png');
      expect(await page.getByRole('heading', { name: 'Shop' }).count()).toBe(0);
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
      await note.getByText(/changed: max 2\u00a0MB, was 5\u00a0MB/).waitFor();
      const tile = page.locator('[data-spec=og-image]').getByRole('group');
      expect(await tile.getAttribute('aria-label')).toMatch(/changed: max 2\u00a0MB, was 5\u00a0MB/);
      await note.getByRole('button', { name: /^Accept/ }).click();
      await note.waitFor({ state: 'hidden' });
      expect(await tile.getAttribute('aria-label')).not.toContain('was 5');
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

describe('the address', () => {
  test('of a preset that is not among one’s own says so, and leaves the wall', async () => {
    await inWorkspace(stage, { kept }, async (workspace) => {
      const { page } = workspace;
      await page.goto(`${stage.app.url}/generate?preset=33333333-3333-4333-8333-333333333333`);
      await page.getByText('The preset in this address is not among yours.').waitFor();
      await page.getByRole('button', { name: 'Close' }).click();
      expect(new URL(page.url()).search).toBe('');
      expect(await wallOf(workspace)).toHaveLength(3);
    });
  });

  test('with a broken link says so', async () => {
    await inWorkspace(stage, { kept }, async ({ page }) => {
      await page.goto(`${stage.app.url}/generate#preset=nonsense`);
      await page.getByText('The preset in this link can’t be read.').waitFor();
      await page.getByRole('button', { name: 'Close' }).click();
      expect(new URL(page.url()).hash).toBe('');
    });
  });
});

describe('a link to the wall', () => {
  /** Makes a wall, and gives its link and what its tiles say. */
  async function shareOne(): Promise<{ link: string; wall: string[] }> {
    let shared: { link: string; wall: string[] } | undefined;
    const context = { permissions: ['clipboard-read', 'clipboard-write'] };
    await inWorkspace(stage, { kept, context }, async (workspace) => {
      const { page } = workspace;
      await addPhoto(workspace);
      await arrange(workspace);
      await saveWall(page, 'Shop');
      await openMenu(page);
      await page.getByRole('button', { name: 'Copy link to this wall' }).click();
      await page
        .getByText(/^Link copied/)
        .first()
        .waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      await page.keyboard.press('Escape');
      shared = { link, wall: await wallOf(workspace) };
    });
    if (!shared) throw new Error('Nothing was shared');
    return shared;
  }

  test('gives somebody else the same wall, says nothing to the server, and is theirs when they save it', async () => {
    const { link, wall } = await shareOne();
    expect(link).toMatch(/\/generate#preset=/);
    await inWorkspace(stage, {}, async (workspace) => {
      const { page, watch } = workspace;
      await page.goto(link);
      const offer = page.getByRole('group', { name: 'Preset “Shop” from a link: 4 specs.' });
      await offer.getByRole('button', { name: 'Open' }).click();
      await offer.waitFor({ state: 'hidden' });
      await addPhoto(workspace);
      expect(await wallOf(workspace)).toEqual(wall);
      expect(await page.getByLabel('Format').inputValue()).toBe('webp');
      expect(watch.requests.join()).not.toContain('preset=');
      await saveWall(page, 'From Ada');
      await page.getByRole('heading', { name: /^From Ada 4 specs$/ }).waitFor();
      expect(await wallOf(workspace)).toEqual(wall);
      page.on('dialog', (dialog) => void dialog.accept());
      await page.reload();
      await openPreset(page, 'From Ada');
      await addPhoto(workspace);
      expect(await wallOf(workspace)).toEqual(wall);
    });
  });

  test('is saved at once, or left alone', async () => {
    const { link } = await shareOne();
    await inWorkspace(stage, { kept }, async (workspace) => {
      const { page } = workspace;
      await page.goto(link);
      await page.getByRole('button', { name: 'Not now' }).click();
      expect(await wallOf(workspace)).toHaveLength(3);
      for (const name of ['Shop', 'Shop 2']) {
        await page.goto(link);
        await page.getByRole('button', { name: 'Save to mine' }).click();
        await page.getByRole('heading', { name: new RegExp(`^${name} 4 specs$`) }).waitFor();
      }
      await page.getByRole('button', { name: 'Choose specs' }).click();
      expect(await page.getByRole('button', { name: /^Edit/ }).count(), 'one custom size, not two').toBe(1);
    });
  });

  test('is shown to be copied by hand where the clipboard is closed', async () => {
    await inWorkspace(stage, { kept }, async ({ page }) => {
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined });
      });
      await openMenu(page);
      await page.getByRole('button', { name: 'Copy link to this wall' }).click();
      expect(await page.getByLabel('Copy this link').inputValue()).toMatch(/\/generate#preset=/);
    });
  });
});
