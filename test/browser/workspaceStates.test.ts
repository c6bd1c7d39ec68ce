import { describe, expect, test } from 'vitest';
import { examplePhoto } from '../photos/photos.ts';
import { axeViolations, overflowing } from './audit.ts';
import { openStage } from './stage.ts';
import { centred, inWorkspace } from './workspacePage.ts';

const stage = openStage();

describe.each([
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
  ['dark', 390],
  ['light', 320],
] as const)('in %s at %i px', (colorScheme, width) => {
  test('axe finds nothing in any state, and nothing sticks out', async () => {
    const context = { colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' } as const;
    await inWorkspace(stage, { context }, async (workspace) => {
      const { page } = workspace;
      const audit = async (state: string) => {
        expect(await axeViolations(page), state).toEqual([]);
        expect(await overflowing(page), state).toEqual([]);
      };
      await workspace.choose([
        await examplePhoto('fig-in-a-red-bowl'),
        await examplePhoto('two-dogs-at-a-window'),
        { name: 'empty.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) },
      ]);
      await workspace.photosAreReady(2);
      await audit('two photos, one file refused');

      await page.getByRole('button', { name: 'Choose specs' }).click();
      await page.getByRole('searchbox').fill('35x45mm');
      await audit('a size to be added');
      await page.getByRole('button', { name: /as a custom size$/ }).click();
      await page.getByRole('button', { name: 'Edit 35 × 45 mm' }).waitFor();
      await audit('the specs');
      await page.getByRole('button', { name: 'New custom size' }).click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await audit('the form of a custom size with something to mend');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'Delete 35 × 45 mm' }).click();
      await page.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('button', { name: 'Bring back' }).waitFor();
      await audit('a custom size that is gone');

      const presets = page.getByRole('button', { name: 'Preset', exact: true });
      await presets.click();
      await page
        .getByLabel('Save this wall as a new preset')
        .fill('A shop with a name that is not short at all');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('button', { name: 'Bring back' }).click();
      await page.locator('#quality').evaluate((slider: HTMLInputElement) => {
        slider.value = '71';
        slider.dispatchEvent(new Event('input', { bubbles: true }));
      });
      await presets.click();
      await page.getByRole('button', { name: /^Update/ }).waitFor();
      await audit('the presets, one of them open and different');
      await page.keyboard.press('Escape');

      const options = page.getByRole('button', { name: /^Options for/ }).first();
      await options.click();
      await page.getByRole('checkbox', { name: /^Own crop/ }).check();
      await audit('the options of a pinned tile');
      await page.keyboard.press('Escape');

      await workspace.export();
      await workspace.result.waitFor();
      await audit('exported');
    });
  }, 90_000);
});

test('another photo is shown in the very next frame, never a clear wall or the photo before it', async () => {
  await inWorkspace(stage, { kept: centred }, async (workspace) => {
    const { page } = workspace;
    await workspace.add([
      await examplePhoto('dandelion-at-dusk'),
      await examplePhoto('two-dogs-at-a-window'),
      await examplePhoto('fig-in-a-red-bowl'),
    ]);
    await workspace.tilesArePainted();
    for (const [number, name] of [
      [2, 'two-dogs-at-a-window'],
      [3, 'fig-in-a-red-bowl'],
    ] as const) {
      const thumb = page.getByRole('button', { name: new RegExp(`^Photo ${number} of 3: ${name}`) });
      const frames = await thumb.evaluate(clickAndLook);
      expect(frames.length).toBeGreaterThan(10);
      for (const { clearTiles, isShapeRight } of frames) {
        expect({ clearTiles, isShapeRight }).toEqual({ clearTiles: 0, isShapeRight: true });
      }
    }
  });
});

/** Runs in the page: clicks, then looks after each of some frames at what the wall and the large photo show. */
async function clickAndLook(thumb: HTMLElement): Promise<{ clearTiles: number; isShapeRight: boolean }[]> {
  const probe = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const [large] = [...document.querySelectorAll('canvas')].filter((canvas) => !canvas.closest('li'));
  const tiles = [...document.querySelectorAll<HTMLCanvasElement>('li [role=group] canvas')];
  if (!probe || !large || tiles.length === 0) throw new Error('There is nothing to look at');
  const isClear = (canvas: HTMLCanvasElement): boolean => {
    probe.clearRect(0, 0, 1, 1);
    probe.drawImage(canvas, canvas.width / 2, canvas.height / 2, 1, 1, 0, 0, 1, 1);
    return probe.getImageData(0, 0, 1, 1).data[3] === 0;
  };
  const frames = [];
  thumb.click();
  for (let frame = 0; frame < 15; frame++) {
    await new Promise(requestAnimationFrame);
    await new Promise((done) => setTimeout(done)); // after everything that this frame paints
    const { width, height } = large.getBoundingClientRect();
    frames.push({
      clearTiles: tiles.filter(isClear).length,
      isShapeRight: Math.abs(large.width / large.height - width / height) < 0.02,
    });
  }
  return frames;
}
