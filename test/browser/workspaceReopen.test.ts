/** A zip that comes back: the job is open again, and makes the very same files. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Receipt } from '../../client/engine/receipt/receipt.ts';
import { examplePhoto } from '../photos/photos.ts';
import { axeViolations } from './audit.ts';
import { openStage } from './stage.ts';
import { centred, inWorkspace } from './workspacePage.ts';

const stage = openStage();
const hashesOf = (receipt: Receipt | null) => receipt?.files.map(({ name, sha256 }) => [name, sha256]);

test('dropping the zip opens the job again: specs, names and, with its photo, focus: the same files come out', async () => {
  const photo = await examplePhoto('fig-in-a-red-bowl');
  const specIds = ['instagram-square', 'og-image'];
  let zip = Buffer.alloc(0);
  let first: Receipt | null = null;
  await inWorkspace(stage, { kept: { ...centred, specIds } }, async (workspace) => {
    await workspace.add([photo]);
    await workspace.page.getByLabel('Names').fill('{spec} of {photo}');
    await workspace.moveFocalFromCentre({ x: 0.7, y: 0.4 });
    const { receipt, download } = await workspace.exportWithReceipt();
    zip = await readFile(await download.path());
    first = receipt;
  });
  await inWorkspace(stage, {}, async (workspace) => {
    const { page, refused } = workspace;
    await workspace.choose([
      { name: 'broken.zip', mimeType: 'application/zip', buffer: zip.subarray(0, 2000) },
      { name: 'my-export.zip', mimeType: 'application/zip', buffer: zip },
    ]);
    await page
      .getByText(/^The job of .+ is open again: 2 specs\. Drop fig-in-a-red-bowl\.jpg to go on\.$/)
      .first()
      .waitFor();
    await refused.getByText('broken.zip is no zip, or its end is missing.').waitFor();
    expect(await workspace.tiles.count()).toBe(2);
    expect(await axeViolations(page)).toEqual([]);
    await workspace.add([{ ...photo, name: 'renamed.jpg' }]);
    await page
      .getByText(/Its photos are here, with their focus and crops\.$/)
      .first()
      .waitFor();
    expect(await workspace.focal()).toEqual({ x: 0.7, y: 0.4 });
    const { receipt } = await workspace.exportWithReceipt();
    const renamed = hashesOf(receipt)?.map(([name = '', sum]) => [
      name.replace('renamed', 'fig-in-a-red-bowl'),
      sum,
    ]);
    expect(renamed).toEqual(hashesOf(first));
  });
});
